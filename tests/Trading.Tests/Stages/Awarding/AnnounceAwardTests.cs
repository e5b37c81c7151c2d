using Trading.Events;
using Trading.Kernel;
using Trading.Stages.Awarding;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Stages.Awarding;

public sealed class AnnounceAwardTests
{
    private static readonly object[] ShownTender = [Registered(), Announced(L1, L2, L3), Opened(L1, L2), Shown(L1, L2)];
    private static readonly AwardAnnounced ToFirst = Decided(To(First, L1));

    [Fact]
    public void awards_some_lots_and_lets_another_fail() =>
        Given<AwardState>(ShownTender).When(Announce(Decided(To(First, L1), To(First, L2), None(L3))))
            .Then(Decided(To(First, L1), To(First, L2), None(L3))).ThenWarned()
            .Keeping("procedure.objection-open", "award.decided-in-future", "award.not-a-candidate");

    [Fact]
    public void a_lot_may_fail_while_the_publicity_runs() =>
        Given<AwardState>(ShownTender).When(Announce(Decided(None(L1)) with { DecidedAt = ShownAt })).Then(Decided(None(L1)) with { DecidedAt = ShownAt });

    [Fact]
    public void refuses_a_decision_in_the_future() =>
        Given<AwardState>(ShownTender).When(Announce(ToFirst, DecidedAt.AddSeconds(-1))).ThenRefused("award.decided-in-future");

    [Fact]
    public void refuses_whoever_is_no_candidate() =>
        Given<AwardState>(ShownTender).When(Announce(Decided(To(Stranger, L1)))).ThenRefused("award.not-a-candidate");

    [Fact]
    public void warns_when_the_first_candidate_is_passed_over_without_a_reason() =>
        Given<AwardState>(ShownTender).When(Announce(Decided(To(Second, L1)))).Then(Decided(To(Second, L1))).ThenWarned("award.not-first-candidate");

    [Fact]
    public void passes_over_the_first_candidate_with_a_reason()
    {
        var fact = Decided(new LotResult.Awarded(L1, Second, Yuan("1"), "第一候选人放弃中标"));

        Given<AwardState>(ShownTender).When(Announce(fact)).Then(fact).ThenWarned();
    }

    [Fact]
    public void where_the_law_does_not_demand_a_tender_any_candidate_may_win() =>
        Given<AwardState>(Registered(statutory: false), Announced(L1), Opened(L1), Shown(L1)).When(Announce(Decided(To(Third, L1)))).ThenWarned();

    [Fact]
    public void refuses_a_statutory_tender_without_candidates() =>
        Given<AwardState>(Registered(), Announced(L1), Opened(L1)).When(Announce(ToFirst)).ThenRefused("award.lot-not-ready");

    [Fact]
    public void other_tenders_are_awarded_from_the_opening_to_one_of_the_bidders()
    {
        object[] facts = [Registered(TradeCategory.Procurement), Announced(L1), Opened(L1)];

        Given<AwardState>(facts).When(Announce(ToFirst)).Then(ToFirst).Keeping("award.did-not-bid");
        Given<AwardState>(facts).When(Announce(Decided(To(Stranger, L1)))).ThenRefused("award.did-not-bid");
    }

    [Fact]
    public void withdrawn_candidates_bind_nobody()
    {
        object[] facts = [Registered(TradeCategory.Procurement), Announced(L1), Opened(L1), Shown() with { Lots = [Ranked(L1, Third)] }, Withdrawn(Shown())];

        Given<AwardState>(facts).When(Announce(ToFirst with { DecidedAt = ShownAt })).Then(ToFirst with { DecidedAt = ShownAt });
    }

    [Fact]
    public void the_candidates_shown_last_are_the_ones_that_count()
    {
        object[] facts = [.. ShownTender, Withdrawn(Shown()), Shown(50) with { Lots = [Ranked(L1, Stranger)] }];

        Given<AwardState>(facts).When(Announce(Decided(To(Stranger, L1)))).Then(Decided(To(Stranger, L1)));
        Given<AwardState>(facts).When(Announce(ToFirst)).ThenRefused("award.not-a-candidate");
    }

    [Fact]
    public void the_candidates_of_a_former_round_count_no_more()
    {
        object[] facts =
        [
            Registered(TradeCategory.Procurement), Announced(L1), Opened(L1), Shown() with { Lots = [Ranked(L1, Third)] }, Decided(None(L1)),
            Announced() with { Notice = Announced().Another(50), Lots = [new AnnouncedLot(L1, 2)] }, Opened(L1) with { Notice = Opened().Another(51) },
        ];

        Given<AwardState>(facts).When(Announce(ToFirst)).Then(ToFirst).ThenWarned();
    }

    [Fact]
    public void after_a_cancellation_the_lot_is_awarded_to_the_next() =>
        Given<AwardState>([.. ShownTender, ToFirst, Cancelled(L1)]).When(Announce(Decided(To(Second, L1)))).ThenWarned("award.not-first-candidate");

    [Fact]
    public void after_a_cancellation_the_lot_may_fail() =>
        Given<AwardState>([.. ShownTender, ToFirst, Cancelled(L1)]).When(Announce(Decided(None(L1)))).Then(Decided(None(L1)));

    [Fact]
    public void refuses_to_award_twice() =>
        Given<AwardState>([.. ShownTender, ToFirst]).When(Announce(ToFirst)).ThenRefused("award.lot-not-ready");

    [Fact]
    public void refuses_to_let_an_awarded_lot_fail() =>
        Given<AwardState>([.. ShownTender, ToFirst]).When(Announce(Decided(None(L1)))).ThenRefused("award.lot-not-open");

    [Fact]
    public void refuses_to_let_a_lot_fail_that_was_never_out() =>
        Given<AwardState>(Registered()).When(Announce(Decided(None(L1)))).ThenRefused("award.lot-not-open");

    [Fact]
    public void refuses_an_unknown_lot() =>
        Given<AwardState>(ShownTender).When(Announce(Decided(To(First, NoLot)))).ThenRefused("lot.unknown");

    [Fact]
    public void refuses_a_lot_that_is_awarded_and_fails() =>
        Given<AwardState>(ShownTender).When(Announce(Decided(To(First, L1), None(L1)))).ThenRefused("lot.twice");

    [Fact]
    public void refuses_a_decision_on_nothing() =>
        Given<AwardState>(ShownTender).When(Announce(Decided())).ThenRefused("lot.missing");

    [Fact]
    public void a_tender_waits_for_the_answer_to_an_objection() =>
        Given<AwardState>([.. ShownTender, Objected()]).When(Announce(ToFirst)).ThenRefused("procedure.objection-open");

    [Fact]
    public void a_lot_may_fail_while_an_objection_waits() =>
        Given<AwardState>([.. ShownTender, Objected()]).When(Announce(Decided(None(L1)))).Then(Decided(None(L1)));

    [Fact]
    public void procurement_does_not_wait_but_is_warned() =>
        Given<AwardState>(Registered(TradeCategory.Procurement), Announced(L1), Opened(L1), Objected()).When(Announce(ToFirst))
            .ThenWarned("procedure.challenge-open");

    [Fact]
    public void refuses_while_suspended() =>
        Given<AwardState>([.. ShownTender, Suspended()]).When(Announce(ToFirst)).ThenRefused("procedure.suspended");

    [Fact]
    public void the_proposed_supplier_is_awarded_when_the_publicity_has_ended()
    {
        object[] facts = [Registered(TradeCategory.Procurement, ProcedureMethod.SoleSource), Proposed(L1)];

        Given<AwardState>(facts).When(Announce(ToFirst)).Then(ToFirst).Keeping("award.not-the-proposed");
        Given<AwardState>(facts).When(Announce(Decided(To(Second, L1)))).ThenRefused("award.not-the-proposed");
    }

    [Fact]
    public void the_proposed_supplier_is_the_only_one_after_the_announcement_too()
    {
        object[] facts = [Registered(TradeCategory.Procurement, ProcedureMethod.SoleSource), Proposed(L1), Invited(L1)];

        Given<AwardState>(facts).When(Announce(ToFirst)).Then(ToFirst);
        Given<AwardState>(facts).When(Announce(Decided(To(Second, L1)))).ThenRefused("award.not-the-proposed");
    }

    [Fact]
    public void a_withdrawn_announcement_leaves_the_proposal_standing()
    {
        object[] facts = [Registered(TradeCategory.Procurement, ProcedureMethod.SoleSource), Proposed(L1), Invited(L1), Withdrawn(Invited())];

        Given<AwardState>(facts).When(Announce(ToFirst)).Then(ToFirst);
        Given<AwardState>(facts).When(Announce(Decided(To(Second, L1)))).ThenRefused("award.not-the-proposed");
    }

    [Fact]
    public void refuses_a_negotiation_while_answers_may_still_be_handed_in()
    {
        object[] facts = [Registered(TradeCategory.Procurement, ProcedureMethod.Negotiation), Invited(L1)];

        Given<AwardState>(facts).When(Announce(ToFirst with { DecidedAt = ClosesAt.AddSeconds(-1) })).ThenRefused("award.bidding-running");
        Given<AwardState>(facts).When(Announce(ToFirst with { DecidedAt = ClosesAt })).Then(ToFirst with { DecidedAt = ClosesAt });
    }

    [Theory]
    [InlineData(TradeCategory.Land)]
    [InlineData(TradeCategory.Mineral)]
    public void land_and_mineral_rights_are_awarded_when_the_listing_has_ended(TradeCategory category)
    {
        object[] facts = [Registered(category, ProcedureMethod.Listing), Offered(L1)];

        Given<AwardState>(facts).When(Announce(ToFirst with { DecidedAt = ClosesAt })).Then(ToFirst with { DecidedAt = ClosesAt })
            .Keeping("award.bidding-running", "award.below-start-price");
        Given<AwardState>(facts).When(Announce(ToFirst with { DecidedAt = ClosesAt.AddSeconds(-1) })).ThenRefused("award.bidding-running");
    }

    [Fact]
    public void at_an_auction_the_hammer_falls_once_it_has_begun()
    {
        object[] facts = [Registered(TradeCategory.Land, ProcedureMethod.Auction), Offered(L1)];
        var begins = Offered().Bidding!.From;

        Given<AwardState>(facts).When(Announce(ToFirst with { DecidedAt = begins })).Then(ToFirst with { DecidedAt = begins });
        Given<AwardState>(facts).When(Announce(ToFirst with { DecidedAt = begins.AddSeconds(-1) })).ThenRefused("award.bidding-running");
    }

    [Theory]
    [InlineData(TradeCategory.Property, ProcedureMethod.Listing)]
    [InlineData(TradeCategory.Property, ProcedureMethod.Auction)]
    [InlineData(TradeCategory.Other, ProcedureMethod.Listing)]
    public void what_is_listed_is_awarded_when_its_disclosure_has_ended(TradeCategory category, ProcedureMethod method)
    {
        object[] facts = [Registered(category, method), Listed(L1)];

        Given<AwardState>(facts).When(Announce(ToFirst with { DecidedAt = ClosesAt })).Then(ToFirst with { DecidedAt = ClosesAt });
        Given<AwardState>(facts).When(Announce(ToFirst with { DecidedAt = ClosesAt.AddSeconds(-1) })).ThenRefused("award.bidding-running");
    }

    [Fact]
    public void a_listing_put_off_is_not_awarded_before_its_new_end() =>
        Given<AwardState>(Registered(TradeCategory.Property, ProcedureMethod.Listing), Listed(L1), Extended("2026-04-10T09:00:00", L1))
            .When(Announce(ToFirst)).ThenRefused("award.bidding-running");

    [Fact]
    public void sells_at_the_start_price_and_refuses_less()
    {
        object[] facts = [Registered(TradeCategory.Land, ProcedureMethod.Listing), Offered(L1)];

        Given<AwardState>(facts).When(Announce(Decided(To(First, L1, "1000000")))).Then(Decided(To(First, L1, "1000000")));
        Given<AwardState>(facts).When(Announce(Decided(To(First, L1, "999999.99")))).ThenRefused("award.below-start-price");
    }

    [Fact]
    public void refuses_less_than_the_floor_of_a_listing() =>
        Given<AwardState>(Registered(TradeCategory.Property, ProcedureMethod.Listing), Listed(L1))
            .When(Announce(Decided(To(First, L1, "999999.99")))).ThenRefused("award.below-start-price");

    [Fact]
    public void the_floor_of_a_former_round_counts_no_more()
    {
        var cheaper = Listed(L1) with { Notice = Listed().Another(50), Listing = Listed().Listing! with { FloorPrice = Trading.Kernel.Yuan.Parse("900000") } };
        var fact = Decided(To(First, L1, "900000"));

        Given<AwardState>(Registered(TradeCategory.Property, ProcedureMethod.Listing), Listed(L1), Terminated(TerminationKind.Failed, L1), cheaper)
            .When(Announce(fact)).Then(fact);
    }

    private static Func<AwardState, Decision> Announce(AwardAnnounced fact, DateTimeOffset? now = null) =>
        state => Award.Announce(state, fact, now ?? Later);
}
