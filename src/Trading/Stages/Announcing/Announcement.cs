using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using static Trading.Stages.Announcing.AnnouncementRules;

namespace Trading.Stages.Announcing;

public sealed record AnnouncementState(Standing Standing) : IStage<AnnouncementState>
{
    public static AnnouncementState? Fold(AnnouncementState? state, object fact) =>
        Standing.Fold(state?.Standing, fact) is { } standing ? new AnnouncementState(standing) : null;

    /// <summary>The lots an announcement means, each for its round: those named, or every one that may be announced.</summary>
    public IReadOnlyList<AnnouncedLot> NextRound(IReadOnlyList<LotId>? named) => Rounds(named, lot => lot.MayBeAnnounced);

    /// <summary>The lots meant by what comes before the announcement: those named, or every one that is not out.</summary>
    public IReadOnlyList<AnnouncedLot> FirstCall(IReadOnlyList<LotId>? named) => Rounds(named, lot => lot.IsIdle);

    private IReadOnlyList<AnnouncedLot> Rounds(IReadOnlyList<LotId>? named, Func<LotStanding, bool> fits) =>
        [.. Standing.Choose(named, fits).Select(lot => new AnnouncedLot(lot, Standing.Lot(lot)?.NextRound ?? 1))];
}

/// <summary>公告: lots are put out, for the first time or again after they failed.</summary>
public static class Announcement
{
    public static Decision Publish(AnnouncementState state, AnnouncementPublished fact, DateTimeOffset now)
    {
        return Decision.Of(Findings(), fact);

        IEnumerable<Finding> Findings()
        {
            foreach (var finding in Lots(state, fact.Lots, lot => lot.MayBeAnnounced)) yield return finding;
            if (state.Standing.Course.Opens)
            {
                foreach (var finding in Calls(fact.Submission, fact.Opening, now)) yield return finding;
            }
            else if (state.Standing.Course.ShowsCandidates)
            {
                if (fact.Submission is { } submission) yield return Past(submission, now);
            }
            else
            {
                foreach (var finding in Offers(state.Standing.Heading.Category, fact, now)) yield return finding;
            }
        }
    }

    public static Decision Prequalify(AnnouncementState state, PrequalificationAnnounced fact, DateTimeOffset now)
    {
        return Decision.Of(Findings(), fact);

        IEnumerable<Finding> Findings()
        {
            foreach (var finding in Lots(state, fact.Lots, lot => lot.IsIdle)) yield return finding;
            yield return DeadlineMissing.If(fact.Submission is null);
            yield return Past(fact.Submission!, now);
        }
    }

    public static Decision ProposeSoleSource(AnnouncementState state, SoleSourcePublicised fact, DateTimeOffset now)
    {
        return Decision.Of(Findings(), fact);

        IEnumerable<Finding> Findings()
        {
            yield return NotSoleSource.If(state.Standing.Method is not ProcedureMethod.SoleSource);
            foreach (var finding in Lots(state, fact.Lots, lot => lot.IsIdle)) yield return finding;
            yield return PublicityPast.If(fact.Publicity.Until <= now, new Fact("until", TimeConverter.Write(fact.Publicity.Until)));
        }
    }

    private static IEnumerable<Finding> Lots(AnnouncementState state, IReadOnlyList<AnnouncedLot> lots, Func<LotStanding, bool> stands) =>
        Admission.Going(state.Standing).Concat(Admission.Lots(
            state.Standing, [.. lots.Select(lot => lot.LotId)], stands, LotAlreadyOut));

    /// <summary>Bids are called for: the deadline and the opening are stated and lie ahead.</summary>
    private static IEnumerable<Finding> Calls(Submission? submission, OpeningPlan? opening, DateTimeOffset now)
    {
        yield return DeadlineMissing.If(submission is null);
        yield return OpeningMissing.If(opening is null);
        yield return Past(submission!, now);
        yield return OpeningBeforeDeadline.If(
            opening!.At < submission!.Deadline,
            new Fact("deadline", TimeConverter.Write(submission.Deadline)), new Fact("opening", TimeConverter.Write(opening.At)));
    }

    /// <summary>Something is offered for sale or use: what it is, from when to when and from which price on.</summary>
    private static IEnumerable<Finding> Offers(TradeCategory category, AnnouncementPublished fact, DateTimeOffset now)
    {
        if (category is TradeCategory.Land or TradeCategory.Mineral)
        {
            yield return BiddingMissing.If(fact.Bidding is null);
        }
        else
        {
            yield return ListingMissing.If(fact.Listing is null && fact.Bidding is null);
        }

        var until = fact.Bidding?.Until ?? fact.Listing!.Until;
        yield return OfferingPast.If(until <= now, new Fact("until", TimeConverter.Write(until)));
    }

    private static Finding Past(Submission submission, DateTimeOffset now) => DeadlinePast.If(
        submission.Deadline <= now, new("deadline", TimeConverter.Write(submission.Deadline)), new("now", TimeConverter.Write(now)));
}
