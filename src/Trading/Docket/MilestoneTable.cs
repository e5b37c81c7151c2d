using System.Collections.Frozen;
using Trading.Events;
using Trading.Kernel;
using Trading.Law.Counting;

namespace Trading.Docket;

/// <summary>Which fact fixes which moments of time law. The names are the anchors of the rule packs.</summary>
public static class MilestoneTable
{
    public const string AwardPublished = "award-published-at";

    private static readonly FrozenDictionary<Type, IReadOnlyList<Row>> rows = ((Row[])
    [
        Fixes<ProcurementIntentionPublished>("intention-published-at", Published),
        Fixes<PrequalificationAnnounced>("prequalification-announced-at", Published),
        Fixes<PrequalificationAnnounced>("application-documents-until", e => At(e.Documents?.AvailableUntil)),
        Fixes<PrequalificationAnnounced>("application-deadline", e => At(e.Submission?.Deadline)),
        Fixes<PrequalificationAnnounced>("notice-period-from", e => At(e.NoticePeriod?.From)),
        Fixes<PrequalificationAnnounced>("notice-period-until", e => At(e.NoticePeriod?.Until)),
        Fixes<AnnouncementPublished>("announced-at", Published),
        Fixes<AnnouncementPublished>("notice-period-from", e => At(e.NoticePeriod?.From)),
        Fixes<AnnouncementPublished>("notice-period-until", e => At(e.NoticePeriod?.Until)),
        Fixes<AnnouncementPublished>("display-from", e => At(e.Display?.From)),
        Fixes<AnnouncementPublished>("display-until", e => At(e.Display?.Until)),
        Fixes<AnnouncementPublished>("documents-from", e => At(e.Documents?.AvailableFrom)),
        Fixes<AnnouncementPublished>("documents-until", e => At(e.Documents?.AvailableUntil)),
        Fixes<AnnouncementPublished>("submission-deadline", e => At(e.Submission?.Deadline)),
        Fixes<AnnouncementPublished>("bidding-from", e => At(e.Bidding?.From)),
        Fixes<AnnouncementPublished>("bidding-until", e => At(e.Bidding?.Until)),
        Fixes<AnnouncementPublished>("listing-from", e => At(e.Listing?.From)),
        Fixes<AnnouncementPublished>("listing-until", e => At(e.Listing?.Until)),
        Fixes<SoleSourcePublicised>("sole-source-publicity-from", e => At(e.Publicity.From)),
        Fixes<SoleSourcePublicised>("sole-source-publicity-until", e => At(e.Publicity.Until)),
        Fixes<DocumentsClarified>("application-documents-changed-at", e => e.AffectsBidPreparation ? Published(e) : null, applying: true),
        Fixes<DocumentsClarified>("documents-changed-at", e => e.AffectsBidPreparation ? Published(e) : null, applying: false),
        .. Deadline<DocumentsClarified>(e => e.Submission),
        .. Deadline<AnnouncementCorrected>(e => e.Submission),
        .. Deadline<DeadlineExtended>(e => e.Submission),
        Fixes<ProcedureSuspended>("suspended-at", Published),
        Fixes<ProcedureResumed>("resumed-at", Published),
        Fixes<CandidatesPublicised>("evaluation-report-received-at", e => At(e.EvaluationReportReceivedAt)),
        Fixes<CandidatesPublicised>("publicity-from", e => At(e.Publicity.From)),
        Fixes<CandidatesPublicised>("publicity-until", e => At(e.Publicity.Until)),
        Fixes<AwardAnnounced>("decided-at", e => At(e.DecidedAt)),
        Fixes<AwardAnnounced>(AwardPublished, Published),
        Fixes<AwardAnnounced>("award-notice-period-from", e => At(e.NoticePeriod?.From)),
        Fixes<AwardAnnounced>("award-notice-period-until", e => At(e.NoticePeriod?.Until)),
        Fixes<ContractPublished>("contract-signed-on", e => Moment.On(e.SignedOn)),
        Fixes<ContractPublished>("contract-published-at", Published),
        Fixes<ProcedureTerminated>("termination-decided-at", e => At(e.DecidedAt)),
        Fixes<ProcedureTerminated>("termination-published-at", Published),
        Fixes<ObjectionRaised>("objection-received-at", e => At(e.ReceivedAt)),
        Fixes<ObjectionRaised>("application-documents-objected-at", e => e.Against is ObjectionTarget.Documents ? At(e.ReceivedAt) : null, applying: true),
        Fixes<ObjectionRaised>("documents-objected-at", e => e.Against is ObjectionTarget.Documents ? At(e.ReceivedAt) : null, applying: false),
        Fixes<ObjectionRaised>("evaluation-objected-at", e => e.Against is ObjectionTarget.Evaluation ? At(e.ReceivedAt) : null),
        new(typeof(ObjectionAnswered), "objection-received-at", (fact, before) =>
            before.Milestones.Objections.TryGetValue(((ObjectionAnswered)fact).ObjectionId, out var received) ? received : null),
        Fixes<ObjectionAnswered>("objection-answered-at", e => At(e.AnsweredAt)),
    ]).GroupBy(row => row.Fact).ToFrozenDictionary(facts => facts.Key, facts => (IReadOnlyList<Row>)[.. facts]);

    /// <summary>Every moment that a fact can fix, by kind of fact.</summary>
    public static IEnumerable<(Type Fact, string Name)> All => rows.Values.SelectMany(ofFact => ofFact.Select(row => (row.Fact, row.Name)));

    /// <summary>The lots a fact speaks of; null when it speaks of the whole procedure.</summary>
    public static IEnumerable<LotId>? LotsOf(INoticed fact) => fact switch
    {
        PrequalificationAnnounced e => e.Lots.Select(lot => lot.LotId),
        AnnouncementPublished e => e.Lots.Select(lot => lot.LotId),
        SoleSourcePublicised e => e.Lots.Select(lot => lot.LotId),
        DocumentsClarified e => e.Lots,
        AnnouncementCorrected e => e.Lots,
        DeadlineExtended e => e.Lots,
        CandidatesPublicised e => e.Lots.Select(lot => lot.LotId),
        AwardAnnounced e => e.Results.OfType<LotResult.Awarded>().Select(result => result.LotId),
        ContractPublished e => e.Lots,
        _ => null,
    };

    /// <summary>The moments a fact fixes, for one of its lots or for the procedure.</summary>
    public static IEnumerable<KeyValuePair<string, Moment>> Of(INoticed fact, Standing before, LotId? lot = null)
    {
        if (!rows.TryGetValue(fact.GetType(), out var ofFact)) yield break;
        var applying = Applying(before, lot);
        foreach (var row in ofFact)
            if ((row.Applying ?? applying) == applying && row.At(fact, before) is { } at) yield return KeyValuePair.Create(row.Name, at);
    }

    /// <summary>The moments a notice of a former system tells.</summary>
    public static IReadOnlyDictionary<string, Moment> Of(LegacyNoticeImported fact) => fact.Publicity is { } publicity
        ? new Dictionary<string, Moment> { ["publicity-from"] = Moment.At(publicity.From), ["publicity-until"] = Moment.At(publicity.Until) }
        : [];

    /// <summary>Whether applications are handed in for the lot, and not bids.</summary>
    private static bool Applying(Standing before, LotId? lot) => lot is null
        ? before.Lots.Values.Any(each => each.Progress is LotProgress.Prequalifying) && before.Lots.Values.All(each => each.Progress is not LotProgress.Announced)
        : before.Lot(lot)?.Progress is LotProgress.Prequalifying;

    private static Row Fixes<TFact>(string name, Func<TFact, Moment?> at, bool? applying = null) where TFact : INoticed =>
        new(typeof(TFact), name, (fact, _) => at((TFact)fact), applying);

    private static Row[] Deadline<TFact>(Func<TFact, Submission?> submission) where TFact : INoticed =>
    [
        Fixes<TFact>("application-deadline", e => At(submission(e)?.Deadline), applying: true),
        Fixes<TFact>("submission-deadline", e => At(submission(e)?.Deadline), applying: false),
    ];

    private static Moment? Published(INoticed fact) => Moment.At(fact.Notice.PublishedAt);

    private static Moment? At(DateTimeOffset? instant) => instant is { } at ? Moment.At(at) : null;

    /// <param name="At">Null where the fact leaves it open.</param>
    /// <param name="Applying">While applications are handed in alone, or while they are not; null for both.</param>
    private sealed record Row(Type Fact, string Name, Func<INoticed, Standing, Moment?> At, bool? Applying = null);
}
