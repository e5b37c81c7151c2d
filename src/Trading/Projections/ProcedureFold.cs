using JasperFx.Events;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Projections;

/// <summary>
/// How each event changes the page. Of an event that is not public the page shows that something happened (version, stage, status)
/// and nothing of what.
/// </summary>
public static class ProcedureFold
{
    /// <summary>The only one of what was taken over from a former system.</summary>
    internal static readonly LotId LegacyLot = LotId.Parse("1");

    private const string Surface = "procedure-page";

    /// <summary>The page after an event that was recorded before; an event that cannot be shown changes nothing on it but its version.</summary>
    /// <inheritdoc cref="Apply"/>
    public static ProcedurePage? Show(ProcedurePage? page, IEvent e, bool whole = false)
    {
        if (e.Data is not (INoticed or Unreadable) || (page is null && e.Data is not (ProcedureRegistered or LegacyNoticeImported))) return page;
        try
        {
            if (e.Data is INoticed) return Apply(page, e.StreamId, e, whole);
        }
        catch (Exception wrong) when (Defects.Report(e.Id, Surface, wrong))
        {
            // left out
        }

        return page is null ? null : At(page, e);
    }

    /// <param name="whole">Tells also what is not public: a page for supervisors alone.</param>
    public static ProcedurePage? Apply(ProcedurePage? page, Guid id, IEvent e, bool whole = false)
    {
        if (e.Data is not INoticed fact) return page;
        var changed = fact switch
        {
            ProcedureRegistered f => Registered(id, f),
            LegacyNoticeImported f => Imported(id, f),
            _ when page is null => throw new InvalidOperationException($"Stream {id} does not begin with a registration."),
            _ => whole || fact.Notice.Disclosure.IsPublic ? Told(Moved(page, fact), fact) : Moved(page, fact),
        };

        return At(Listed(changed, fact, (int)e.Version).Settled(), e);
    }

    private static ProcedurePage At(ProcedurePage page, IEvent e) => page with { Version = (int)e.Version, ChangedAt = LegalTime.Here(StoredTime.Whole(e.Timestamp)) };

    /// <summary>The page after all events of a procedure; none where no event makes one.</summary>
    public static IEnumerable<ProcedurePage> Pages(IEnumerable<IEvent> events) =>
        events.Aggregate((ProcedurePage?)null, (page, e) => Show(page, e)) is { } page ? [page] : [];

    private static ProcedurePage Registered(Guid id, ProcedureRegistered f) => Empty(id, f.Notice) with
    {
        Code = f.Code,
        Description = f.Description,
        TradingPlaceCode = f.TradingPlaceCode,
        Method = f.Method,
        Statutory = f.Statutory,
        Initiator = PublicParty.Of(f.Initiator),
        Agency = f.Agency is { } agency ? PublicParty.Of(agency) : null,
        FundSource = f.FundSource,
        InvestmentProjectCode = f.InvestmentProjectCode,
        Lots = [.. f.Lots.Select(lot => new LotView(
            lot.LotId, lot.Title, LotStatus.Planned, 0, lot.DealCode, lot.Code, lot.Description, lot.Estimate, lot.DurationDays,
            new DeadlineView(), [], [], [], null, [], []))],
    };

    private static ProcedurePage Imported(Guid id, LegacyNoticeImported f)
    {
        var published = LegalTime.StartOf(f.PublishedOn);
        return Empty(id, f.Notice) with
        {
            Legacy = true,
            RegisteredAt = published,
            Lots =
            [
                new LotView(
                    LegacyLot, f.ProjectName, LotStatus.Evaluated, 1, null, null, null, null, null,
                    new DeadlineView(PublicityUntil: f.Publicity?.Until), [], [new LotStep(LotStatus.Evaluated, f.Notice.NoticeId, published, 1)],
                    Shown(f.Candidates), null, [], []),
            ],
        };
    }

    private static ProcedurePage Empty(Guid id, Notice notice)
    {
        var heading = notice.Heading;
        return new ProcedurePage(
            id, heading.Ocid, null, heading.Category, heading.ClassCode, heading.ProcedureTitle, null, heading.Region,
            heading.Region.FullName, null, null, null, ProcedureStage.Planning, ProcedureStatus.Active, heading.Centre,
            null, null, null, null, [], new DeadlineView(), [], 0,
            notice.PublishedAt, notice.PublishedAt);
    }

    /// <summary>Where the lots stand, whether the event is public or not.</summary>
    private static ProcedurePage Moved(ProcedurePage page, INoticed fact) => fact switch
    {
        PrequalificationAnnounced f => page.PutOut(f.Lots, LotStatus.Prequalifying, f.Notice),
        AnnouncementPublished f => page.PutOut(f.Lots, LotStatus.Announced, f.Notice),
        SoleSourcePublicised f => page.PutOut(f.Lots, LotStatus.Announced, f.Notice),
        QualificationDecided f => page.Each(f.Results.Select(r => r.LotId), lot =>
            lot.Status is LotStatus.Prequalifying or LotStatus.Announced ? lot.Step(LotStatus.Qualified, f.Notice) : lot),
        BidsOpened f => page.Each(f.Bids.Select(b => b.LotId), lot => lot.Step(LotStatus.Opened, f.Notice)),
        CandidatesPublicised f => page.Each(f.Lots.Select(l => l.LotId), lot => lot.Step(LotStatus.Evaluated, f.Notice)),
        AwardAnnounced f => f.Results.Aggregate(page, (p, result) => p.Each(
            [result.LotId], lot => lot.Step(result is LotResult.Awarded ? LotStatus.Awarded : LotStatus.Failed, f.Notice))),
        AwardCancelled f => page.Each([f.LotId], lot => lot.Back() with { Award = null }),
        ContractPublished f => page.Each(f.Lots, lot => lot.Step(LotStatus.Contracted, f.Notice) with
        {
            ContractIds = [.. lot.ContractIds, f.ContractId],
        }),
        PerformanceReported f => page.Under(f.ContractId, lot =>
            lot.Status is LotStatus.Contracted ? lot.Step(LotStatus.Performing, f.Notice) : lot),
        AcceptancePublished { Result: AcceptanceResult.Accepted } f => page.Under(f.ContractId, lot => lot.Step(LotStatus.Accepted, f.Notice)),
        ProcedureTerminated f => page.Each(f.Lots, lot => lot.Step(Ended(f.Kind), f.Notice)),
        NoticeWithdrawn f => page with
        {
            Lots = [.. page.Lots.Select(lot => lot.Without(f.Withdraws))],
            Notices =
            [
                .. page.Notices.Select(line =>
                    line.NoticeId == f.Withdraws ? line with { Current = false, WithdrawnBy = f.Notice.NoticeId } : line),
            ],
        },
        ProcedureSuspended => page with { Status = ProcedureStatus.Suspended },
        ProcedureResumed => page with { Status = ProcedureStatus.Active },
        ProcedureClosed => page with { Status = ProcedureStatus.Complete },
        ObjectionRaised => page with { OpenObjections = page.OpenObjections + 1 },
        ObjectionAnswered => page with { OpenObjections = page.OpenObjections - 1 },
        _ => page,
    };

    /// <summary>What a public event says of the lots it moved.</summary>
    internal static ProcedurePage Told(ProcedurePage page, INoticed fact) => fact switch
    {
        PrequalificationAnnounced f => page.Timed(
            Of(f.Lots), f.Notice, new DeadlineView(f.Documents?.AvailableUntil, f.Submission?.Deadline, f.Opening?.At), afresh: true),
        AnnouncementPublished f => page.Timed(
            Of(f.Lots), f.Notice,
            new DeadlineView(
                f.Documents?.AvailableUntil, f.Submission?.Deadline, f.Opening?.At, f.Bidding?.From ?? f.Listing?.From,
                f.Bidding?.Until ?? f.Listing?.Until),
            afresh: true),
        SoleSourcePublicised f => page.Timed(Of(f.Lots), f.Notice, new DeadlineView(PublicityUntil: f.Publicity.Until), afresh: true),
        DocumentsClarified f => page.Timed(f.Lots, f.Notice, Changed(f.Submission, f.Opening)),
        AnnouncementCorrected f => page.Timed(f.Lots, f.Notice, Changed(f.Submission, f.Opening)),
        DeadlineExtended f => page.Timed(f.Lots, f.Notice, Changed(f.Submission, f.Opening)),
        CandidatesPublicised f => f.Lots
            .Aggregate(page, (p, shown) => p.Each([shown.LotId], lot => lot with { Candidates = Shown(shown.Candidates) }))
            .Timed(f.Lots.Select(lot => lot.LotId), f.Notice, new DeadlineView(PublicityUntil: f.Publicity.Until)),
        AwardAnnounced f => f.Results.Aggregate(page, (p, result) => p.Each([result.LotId], lot => lot with { Award = Decided(result, f) })),
        ContractPublished f => page.Each(f.Lots, lot => lot with
        {
            Contracts =
            [
                .. lot.Contracts,
                new ContractView(f.ContractId, f.Number, PublicParty.Of(f.Supplier), f.Value, f.SignedOn, f.Period, f.Subject),
            ],
        }),
        ContractAmended f => page.Contract(f.ContractId, c => c with { Amendments = c.Amendments + 1 }),
        ContractTerminated f => page.Contract(f.ContractId, c => c with { Status = ContractStatus.Terminated }),
        AcceptancePublished { Result: AcceptanceResult.Accepted } f =>
            page.Contract(f.ContractId, c => c with { Status = ContractStatus.Accepted }),
        _ => page,
    };

    private static ProcedurePage Listed(ProcedurePage page, INoticed fact, int version)
    {
        if (!fact.Notice.Disclosure.IsPublic) return page;
        var kind = Catalogue.Of(fact);
        var earlier = page.Notices.Select(line => fact switch
        {
            AnnouncementCorrected f when f.Corrects == line.NoticeId => line with { CorrectedBy = [.. line.CorrectedBy ?? [], f.Notice.NoticeId] },
            PersonalDataErased f when f.ErasedFrom == line.NoticeId => line with { ErasedBy = [.. line.ErasedBy ?? [], f.Notice.NoticeId] },
            DefectDisclosed f when f.DefectOf == line.NoticeId => line with { DefectBy = f.Notice.NoticeId },
            _ => line,
        });
        var published = fact is LegacyNoticeImported legacy ? LegalTime.StartOf(legacy.PublishedOn) : fact.Notice.PublishedAt;
        var line = new NoticeLine(fact.Notice.NoticeId, kind.WireName, kind.Titles(page.Category), fact.Notice.Title, published, version);
        return page with { Notices = [.. earlier, .. Disclosed(page, fact, line), line] };
    }

    /// <summary>The line of a notice that is public from now on. What it states is read there; the page goes on from what it had.</summary>
    private static IEnumerable<NoticeLine> Disclosed(ProcedurePage page, INoticed fact, NoticeLine by)
    {
        if (fact is not NoticeDisclosed disclosing) return [];
        var (disclosed, version) = disclosing.Disclosed();
        var kind = Catalogue.Of(disclosed);
        return
        [
            by with
            {
                NoticeId = disclosing.Discloses, Type = kind.WireName, Kind = kind.Titles(page.Category), Title = disclosed.Notice.Title, Version = version,
                DisclosedBy = by.NoticeId,
            },
        ];
    }

    private static IEnumerable<LotId> Of(IReadOnlyList<AnnouncedLot> lots) => lots.Select(lot => lot.LotId);

    private static DeadlineView Changed(Submission? submission, OpeningPlan? opening) =>
        new(Submission: submission?.Deadline, Opening: opening?.At);

    private static IReadOnlyList<CandidateView> Shown(IReadOnlyList<Candidate> candidates) =>
        [.. candidates.Select(c => new CandidateView(c.Rank, PublicParty.Of(c.Bidder), c.Price))];

    private static AwardView Decided(LotResult result, AwardAnnounced award) => result switch
    {
        LotResult.Awarded awarded => new AwardView(
            AwardOutcome.Awarded, award.Notice.NoticeId, award.DecidedAt, PublicParty.Of(awarded.Supplier), awarded.Price, awarded.Reason),
        LotResult.Failed failed => new AwardView(AwardOutcome.Failed, award.Notice.NoticeId, award.DecidedAt, Reason: failed.Reason),
        _ => throw new InvalidOperationException("LotResult is closed; a new case needs a branch here."),
    };

    private static LotStatus Ended(TerminationKind kind) => kind switch
    {
        TerminationKind.Failed => LotStatus.Failed,
        TerminationKind.Withdrawn => LotStatus.Withdrawn,
        _ => LotStatus.Terminated,
    };
}
