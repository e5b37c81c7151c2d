using Trading.Events;
using Trading.Kernel;
using Trading.Stages.Opening;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Stages.Opening;

public sealed class RecordOpeningTests
{
    private static readonly object[] Out = [Registered(), Announced(L1, L2, L3)];

    [Fact]
    public void opens_exactly_three_bids_exactly_at_the_deadline() =>
        Given<BidOpeningState>(Out).When(Open(Opened(L1))).Then(Opened(L1)).ThenWarned()
            .Keeping("opening.before-deadline", "opening.in-future", "opening.bidder-twice", "opening.too-few-bidders", "opening.late-bid");

    [Fact]
    public void opens_several_lots_at_once() =>
        Given<BidOpeningState>(Out).When(Open(Opened(L1, L2, L3))).Then(Opened(L1, L2, L3));

    [Fact]
    public void refuses_two_bids() =>
        Given<BidOpeningState>(Out).When(Open(Opened() with { Bids = [Bid(L1, First), Bid(L1, Second)] })).ThenRefused("opening.too-few-bidders");

    [Fact]
    public void refuses_two_bids_in_one_of_the_lots() =>
        Given<BidOpeningState>(Out).When(Open(Opened() with { Bids = [.. Opened(L1).Bids, Bid(L2, First), Bid(L2, Second)] }))
            .ThenRefused("opening.too-few-bidders");

    [Fact]
    public void refuses_three_bids_of_two_bidders() =>
        Given<BidOpeningState>(Out).When(Open(Opened() with { Bids = [Bid(L1, First), Bid(L1, Second), Bid(L1, Second)] }))
            .ThenRefused("opening.bidder-twice");

    [Fact]
    public void the_same_bidder_may_bid_in_every_lot() =>
        Given<BidOpeningState>(Out).When(Open(Opened(L1, L2))).Keeping("opening.bidder-twice");

    [Fact]
    public void refuses_an_opening_before_the_deadline() =>
        Given<BidOpeningState>(Out).When(Open(Opened(L1) with { OpenedAt = ClosesAt.AddSeconds(-1) })).ThenRefused("opening.before-deadline");

    [Fact]
    public void a_deadline_put_off_is_the_one_that_counts() =>
        Given<BidOpeningState>([.. Out, Extended("2026-03-30T09:00:00", L1)]).When(Open(Opened(L1))).ThenRefused("opening.before-deadline");

    [Fact]
    public void the_deadline_of_a_withdrawn_clarification_counts_no_more() =>
        Given<BidOpeningState>([.. Out, Clarified(L1) with { Submission = new Submission(ClosesAt.AddDays(7)) }, Withdrawn(Clarified())])
            .When(Open(Opened(L1))).Then(Opened(L1));

    [Fact]
    public void accepts_a_bid_handed_in_at_the_deadline_and_none_later()
    {
        var inTime = Opened() with { Bids = [Bid(L1, First, "2026-03-23T09:00:00"), Bid(L1, Second), Bid(L1, Third)] };

        Given<BidOpeningState>(Out).When(Open(inTime)).Then(inTime);
        Given<BidOpeningState>(Out).When(Open(inTime with { Bids = [.. inTime.Bids.Take(2), Bid(L1, Third, "2026-03-23T09:00:01")] }))
            .ThenRefused("opening.late-bid");
    }

    [Fact]
    public void refuses_an_opening_in_the_future() =>
        Given<BidOpeningState>(Out).When(Open(Opened(L1), OpenedAt.AddSeconds(-1))).ThenRefused("opening.in-future");

    [Fact]
    public void refuses_a_lot_that_is_not_announced() =>
        Given<BidOpeningState>(Registered(), Prequalified(L1)).When(Open(Opened(L1))).ThenRefused("opening.lot-not-announced");

    [Fact]
    public void refuses_to_open_twice() =>
        Given<BidOpeningState>([.. Out, Opened(L1)]).When(Open(Opened(L1))).ThenRefused("opening.lot-not-announced");

    [Fact]
    public void a_lot_announced_again_is_opened_by_its_own_deadline()
    {
        var again = Announced(L1) with { Notice = Announced().Another(50), Submission = new Submission(At("2026-05-01T09:00:00")) };
        object[] facts = [.. Out, Terminated(TerminationKind.Failed, L1), again];

        Given<BidOpeningState>(facts).When(Open(Opened(L1))).ThenRefused("opening.before-deadline");
        Given<BidOpeningState>(facts).When(Open(Opened(L1) with { OpenedAt = At("2026-05-01T09:00:00") }))
            .Then(Opened(L1) with { OpenedAt = At("2026-05-01T09:00:00") });
    }

    [Fact]
    public void refuses_an_unknown_lot() =>
        Given<BidOpeningState>(Out).When(Open(Opened(NoLot))).ThenRefused("lot.unknown");

    [Fact]
    public void refuses_an_opening_of_nothing() =>
        Given<BidOpeningState>(Out).When(Open(Opened())).ThenRefused("lot.missing");

    [Fact]
    public void refuses_where_things_are_sold_by_listing() =>
        Given<BidOpeningState>(Registered(TradeCategory.Land, ProcedureMethod.Listing), Offered(L1)).When(Open(Opened(L1)))
            .ThenRefused("opening.not-in-course");

    [Fact]
    public void a_negotiation_may_record_the_answers_of_two() =>
        Given<BidOpeningState>(Registered(TradeCategory.Procurement, ProcedureMethod.Consultation), Invited(L1))
            .When(Open(Opened() with { Bids = [Bid(L1, First), Bid(L1, Second)] })).Then(Opened() with { Bids = [Bid(L1, First), Bid(L1, Second)] });

    [Fact]
    public void a_tender_waits_for_the_answer_to_an_objection() =>
        Given<BidOpeningState>([.. Out, Objected()]).When(Open(Opened(L1))).ThenRefused("procedure.objection-open");

    [Fact]
    public void procurement_does_not_wait_but_is_warned() =>
        Given<BidOpeningState>(Registered(TradeCategory.Procurement), Announced(L1), Objected()).When(Open(Opened(L1))).Then(Opened(L1))
            .ThenWarned("procedure.challenge-open");

    [Fact]
    public void goes_on_after_the_answer() =>
        Given<BidOpeningState>([.. Out, Objected(), Answered()]).When(Open(Opened(L1))).Then(Opened(L1)).Keeping("procedure.objection-open");

    [Fact]
    public void refuses_while_suspended() =>
        Given<BidOpeningState>([.. Out, Suspended()]).When(Open(Opened(L1))).ThenRefused("procedure.suspended");

    [Fact]
    public void goes_on_after_the_resumption() =>
        Given<BidOpeningState>([.. Out, Suspended(), Resumed()]).When(Open(Opened(L1))).Then(Opened(L1));

    private static Func<BidOpeningState, Decision> Open(BidsOpened fact, DateTimeOffset? now = null) =>
        state => BidOpening.Record(state, fact, now ?? Later);
}
