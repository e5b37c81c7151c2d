using Trading.Events;
using Trading.Kernel;

namespace Trading.Projections;

/// <summary>The small changes the page is made of.</summary>
internal static class PageChanges
{
    public static ProcedurePage Each(this ProcedurePage page, IEnumerable<LotId> lots, Func<LotView, LotView> change)
    {
        var named = lots.ToHashSet();
        return page with { Lots = [.. page.Lots.Select(lot => named.Contains(lot.LotId) ? change(lot) : lot)] };
    }

    /// <summary>A lot is put out: what an earlier round had brought is gone from the page, though not from the history.</summary>
    public static ProcedurePage PutOut(this ProcedurePage page, IReadOnlyList<AnnouncedLot> lots, LotStatus status, Notice notice) =>
        lots.Aggregate(page, (p, announced) => p.Each([announced.LotId], lot => (lot with { Round = announced.Round }).Step(status, notice) with
        {
            Candidates = [],
            Award = null,
        }));

    /// <summary>A notice says something of the deadlines of these lots.</summary>
    public static ProcedurePage Timed(
        this ProcedurePage page, IEnumerable<LotId> lots, Notice notice, DeadlineView says, bool afresh = false) =>
        says == new DeadlineView() && !afresh
            ? page
            : page.Each(lots, lot => lot.Timed([.. lot.DeadlineSteps, new DeadlineStep(notice.NoticeId, afresh, says)]));

    public static ProcedurePage Contract(this ProcedurePage page, Guid contract, Func<ContractView, ContractView> change) => page with
    {
        Lots = [.. page.Lots.Select(lot => lot with { Contracts = [.. lot.Contracts.Select(c => c.ContractId == contract ? change(c) : c)] })],
    };

    /// <summary>Changes the lots a contract is about.</summary>
    public static ProcedurePage Under(this ProcedurePage page, Guid contract, Func<LotView, LotView> change) => page with
    {
        Lots = [.. page.Lots.Select(lot => lot.ContractIds.Contains(contract) ? change(lot) : lot)],
    };

    public static LotView Step(this LotView lot, LotStatus status, Notice notice) =>
        lot with { Status = status, Steps = [.. lot.Steps, new LotStep(status, notice.NoticeId, notice.PublishedAt, lot.Round)] };

    /// <summary>The lot as it was before its latest step.</summary>
    public static LotView Back(this LotView lot) => lot.After([.. lot.Steps.SkipLast(1)]);

    /// <summary>The lot without what a withdrawn notice said of it; what followed an announcement goes with it.</summary>
    public static LotView Without(this LotView lot, Guid notice)
    {
        var steps = lot.Steps.ToList();
        var by = steps.FindIndex(step => step.NoticeId == notice);
        if (by >= 0 && steps[by].Status is LotStatus.Prequalifying or LotStatus.Announced) steps.RemoveRange(by, steps.Count - by);
        else if (by >= 0) steps.RemoveAt(by);

        var said = lot.DeadlineSteps.ToList();
        var at = said.FindIndex(step => step.NoticeId == notice);
        if (at >= 0 && said[at].Afresh) said.RemoveRange(at, said.Count - at);
        else if (at >= 0) said.RemoveAt(at);
        return lot.After(steps).Timed(said);
    }

    private static LotView After(this LotView lot, IReadOnlyList<LotStep> steps) => lot with
    {
        Steps = steps,
        Status = steps is [.., { Status: var status }] ? status : LotStatus.Planned,
        Round = steps is [.., { Round: var round }] ? round : 0,
        Candidates = lot.Steps.Except(steps).Any(step => step.Status is LotStatus.Evaluated) ? [] : lot.Candidates,
    };

    private static LotView Timed(this LotView lot, IReadOnlyList<DeadlineStep> said) => lot with
    {
        DeadlineSteps = said,
        Deadlines = said.Aggregate(new DeadlineView(), (before, step) => After(step.Afresh ? new DeadlineView() : before, step.Says)),
    };

    // An opening that is not put off expressly goes with the deadline (招标投标法 第三十四条).
    private static DeadlineView After(DeadlineView before, DeadlineView says)
    {
        var submission = says.Submission ?? before.Submission;
        return new DeadlineView(
            says.DocumentsUntil ?? before.DocumentsUntil, submission,
            says.Opening ?? (before.Opening < submission ? submission : before.Opening),
            says.OfferingFrom ?? before.OfferingFrom, says.OfferingUntil ?? before.OfferingUntil, says.PublicityUntil ?? before.PublicityUntil);
    }

    /// <summary>Stage, status and deadlines of the whole from those of its lots.</summary>
    public static ProcedurePage Settled(this ProcedurePage page)
    {
        var going = page.Lots.Where(lot => !HasEnded(lot.Status)).ToList();
        var status = page.Status is ProcedureStatus.Suspended or ProcedureStatus.Complete ? page.Status : StatusOf(page.Lots, going.Count);
        return page with
        {
            Status = status,
            Stage = status is ProcedureStatus.Complete || going.Count is 0 ? ProcedureStage.Ended : going.Max(lot => StageOf(lot.Status)),
            Deadlines = new DeadlineView(
                Next(going, d => d.DocumentsUntil), Next(going, d => d.Submission), Next(going, d => d.Opening),
                Next(going, d => d.OfferingFrom), Next(going, d => d.OfferingUntil), Next(going, d => d.PublicityUntil)),
        };
    }

    private static ProcedureStatus StatusOf(IReadOnlyList<LotView> lots, int going) =>
        going > 0 ? ProcedureStatus.Active
        : lots.Any(lot => lot.Status is LotStatus.Failed) ? ProcedureStatus.Failed
        : lots.All(lot => lot.Status is LotStatus.Withdrawn) ? ProcedureStatus.Withdrawn
        : ProcedureStatus.Terminated;

    private static DateTimeOffset? Next(IEnumerable<LotView> lots, Func<DeadlineView, DateTimeOffset?> of) => lots.Min(lot => of(lot.Deadlines));

    private static bool HasEnded(LotStatus status) => status is LotStatus.Failed or LotStatus.Terminated or LotStatus.Withdrawn;

    private static ProcedureStage StageOf(LotStatus status) => status switch
    {
        LotStatus.Planned => ProcedureStage.Planning,
        LotStatus.Prequalifying or LotStatus.Announced => ProcedureStage.Announcing,
        LotStatus.Qualified => ProcedureStage.Qualifying,
        LotStatus.Opened => ProcedureStage.Opening,
        LotStatus.Evaluated => ProcedureStage.Evaluating,
        LotStatus.Awarded => ProcedureStage.Awarding,
        LotStatus.Contracted => ProcedureStage.Contracting,
        LotStatus.Performing or LotStatus.Accepted => ProcedureStage.Performing,
        _ => ProcedureStage.Ended,
    };
}
