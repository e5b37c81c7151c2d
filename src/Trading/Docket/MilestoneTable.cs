using Trading.Events;
using Trading.Kernel;
using Trading.Law.Counting;

namespace Trading.Docket;

/// <summary>Which fact fixes which moments of time law. The names are the anchors of the rule packs.</summary>
public static class MilestoneTable
{
    public const string AwardPublished = "award-published-at";

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
    public static IEnumerable<KeyValuePair<string, Moment>> Of(INoticed fact, Standing before, LotId? lot = null) =>
        Named(fact, before, Applying(before, lot)).SelectMany(named =>
            named.At is { } at ? (KeyValuePair<string, Moment>[])[KeyValuePair.Create(named.Name, at)] : []);

    /// <summary>The moments a notice of a former system tells.</summary>
    public static IReadOnlyDictionary<string, Moment> Of(LegacyNoticeImported fact) => fact.Publicity is { } publicity
        ? new Dictionary<string, Moment> { ["publicity-from"] = Moment.At(publicity.From), ["publicity-until"] = Moment.At(publicity.Until) }
        : [];

    /// <summary>Whether applications are handed in for the lot, and not bids.</summary>
    private static bool Applying(Standing before, LotId? lot) => lot is null
        ? before.Lots.Values.Any(each => each.Progress is LotProgress.Prequalifying) && before.Lots.Values.All(each => each.Progress is not LotProgress.Announced)
        : before.Lot(lot)?.Progress is LotProgress.Prequalifying;

    private static IEnumerable<(string Name, Moment? At)> Named(INoticed fact, Standing before, bool applying) => fact switch
    {
        ProcurementIntentionPublished => [("intention-published-at", Published(fact))],
        PrequalificationAnnounced e =>
        [
            ("prequalification-announced-at", Published(e)), ("application-documents-until", At(e.Documents?.AvailableUntil)),
            ("application-deadline", At(e.Submission?.Deadline)),
        ],
        AnnouncementPublished e =>
        [
            ("announced-at", Published(e)), ("documents-from", At(e.Documents?.AvailableFrom)), ("documents-until", At(e.Documents?.AvailableUntil)),
            ("submission-deadline", At(e.Submission?.Deadline)), ("bidding-from", At(e.Bidding?.From)), ("bidding-until", At(e.Bidding?.Until)),
            ("listing-from", At(e.Listing?.From)), ("listing-until", At(e.Listing?.Until)),
        ],
        SoleSourcePublicised e => [("sole-source-publicity-from", At(e.Publicity.From)), ("sole-source-publicity-until", At(e.Publicity.Until))],
        DocumentsClarified e =>
        [
            (applying ? "application-documents-changed-at" : "documents-changed-at", e.AffectsBidPreparation ? Published(e) : null),
            Deadline(e.Submission, applying),
        ],
        AnnouncementCorrected e => [Deadline(e.Submission, applying)],
        DeadlineExtended e => [Deadline(e.Submission, applying)],
        ProcedureSuspended => [("suspended-at", Published(fact))],
        ProcedureResumed => [("resumed-at", Published(fact))],
        CandidatesPublicised e =>
        [
            ("evaluation-report-received-at", At(e.EvaluationReportReceivedAt)), ("publicity-from", At(e.Publicity.From)),
            ("publicity-until", At(e.Publicity.Until)),
        ],
        AwardAnnounced e => [("decided-at", At(e.DecidedAt)), (AwardPublished, Published(e))],
        ContractPublished e => [("contract-signed-on", Moment.On(e.SignedOn)), ("contract-published-at", Published(e))],
        ProcedureTerminated e => [("termination-decided-at", At(e.DecidedAt)), ("termination-published-at", Published(e))],
        ObjectionRaised e => [("objection-received-at", At(e.ReceivedAt)), .. Objected(e, applying)],
        ObjectionAnswered e =>
        [
            ("objection-received-at", before.Milestones.Objections.TryGetValue(e.ObjectionId, out var received) ? received : null),
            ("objection-answered-at", At(e.AnsweredAt)),
        ],
        _ => [],
    };

    private static (string, Moment?) Deadline(Submission? submission, bool applying) =>
        (applying ? "application-deadline" : "submission-deadline", At(submission?.Deadline));

    private static IEnumerable<(string, Moment?)> Objected(ObjectionRaised fact, bool applying) => fact.Against switch
    {
        ObjectionTarget.Documents => [(applying ? "application-documents-objected-at" : "documents-objected-at", At(fact.ReceivedAt))],
        ObjectionTarget.Evaluation => [("evaluation-objected-at", At(fact.ReceivedAt))],
        _ => [],
    };

    private static Moment Published(INoticed fact) => Moment.At(fact.Notice.PublishedAt);

    private static Moment? At(DateTimeOffset? instant) => instant is { } at ? Moment.At(at) : null;
}
