using System.Globalization;
using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using static Trading.Stages.Opening.BidOpeningRules;

namespace Trading.Stages.Opening;

public sealed record BidOpeningState(Standing Standing, Deadlines Deadlines) : IStage<BidOpeningState>
{
    public static BidOpeningState? Fold(BidOpeningState? state, object fact) => Standing.Fold(state?.Standing, fact) is { } standing
        ? new BidOpeningState(standing, Deadlines.Fold(state?.Deadlines, fact))
        : null;
}

/// <summary>开标: the bids are opened in public at the deadline.</summary>
public static class BidOpening
{
    public static Decision Record(BidOpeningState state, BidsOpened fact, DateTimeOffset now)
    {
        return Decision.Of(Findings(), fact);

        IEnumerable<Finding> Findings()
        {
            var course = state.Standing.Course;
            foreach (var finding in Admission.Going(state.Standing)) yield return finding;
            yield return NotInCourse.If(!course.Opens && !course.ShowsCandidates);
            foreach (var finding in Admission.Lots(
                state.Standing, [.. fact.Bids.Select(b => b.LotId).Distinct()], lot => lot.Progress is LotProgress.Announced, LotNotAnnounced))
                yield return finding;
            yield return Admission.Unopposed(state.Standing);
            yield return InFuture.If(fact.OpenedAt > now, Time("openedAt", fact.OpenedAt), Time("now", now));

            foreach (var lot in fact.Bids.GroupBy(bid => bid.LotId))
            {
                var name = new Fact("lot", lot.Key.ToString());
                if (state.Deadlines.Of(lot.Key).Submission is { } deadline)
                {
                    yield return BeforeDeadline.If(fact.OpenedAt < deadline, name, Time("openedAt", fact.OpenedAt), Time("deadline", deadline));
                    foreach (var bid in lot)
                        yield return LateBid.If(bid.SubmittedAt > deadline, name, new Fact("bidder", bid.Bidder.Name));
                }

                yield return BidderTwice.If(Parties.AnyTwice(lot.Select(bid => bid.Bidder.Named)), name);
                if (course.FewestBidders > 0)
                    yield return TooFewBidders.If(
                        lot.Count() < course.FewestBidders, name, new Fact("bidders", lot.Count().ToString(CultureInfo.InvariantCulture)));
            }
        }
    }

    private static Fact Time(string name, DateTimeOffset time) => new(name, TimeConverter.Write(time));
}
