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
        lots.Aggregate(page, (p, announced) => p.Each([announced.LotId], lot => lot.Step(status, notice) with
        {
            Round = announced.Round,
            Deadlines = new DeadlineView(),
            Candidates = [],
            Award = null,
        }));

    public static ProcedurePage PutOff(this ProcedurePage page, IReadOnlyList<LotId> lots, Submission? submission, OpeningPlan? opening) =>
        page.Each(lots, lot => lot with
        {
            Deadlines = lot.Deadlines with
            {
                Submission = submission?.Deadline ?? lot.Deadlines.Submission,
                Opening = opening?.At ?? lot.Deadlines.Opening,
            },
        });

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
        lot with { Status = status, Steps = [.. lot.Steps, new LotStep(status, notice.NoticeId, notice.PublishedAt)] };

    /// <summary>The lot as it was before its latest step.</summary>
    public static LotView Back(this LotView lot)
    {
        var steps = lot.Steps.SkipLast(1).ToList();
        var back = lot with { Steps = steps, Status = steps.Count is 0 ? LotStatus.Planned : steps[^1].Status };
        return lot.Status switch
        {
            LotStatus.Prequalifying or LotStatus.Announced => back with
            {
                Round = steps.Count(step => step.Status is LotStatus.Announced),
                Deadlines = new DeadlineView(),
            },
            LotStatus.Evaluated => back with { Candidates = [], Deadlines = lot.Deadlines with { PublicityUntil = null } },
            _ => back,
        };
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
