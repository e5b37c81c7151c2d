using Trading.Events;
using Trading.Kernel;
using Trading.Stages.Announcing;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Stages.Announcing;

public sealed class PublishAnnouncementTests
{
    private static readonly AnnouncementPublished Fact = Announced(L1, L2, L3);

    [Fact]
    public void puts_all_lots_out_in_their_first_round() =>
        Given<AnnouncementState>(Registered()).When(Publish(Fact)).Then(Fact).ThenWarned()
            .Keeping(
                "announcement.deadline-missing", "announcement.opening-missing", "announcement.deadline-past",
                "announcement.opening-before-deadline", "lot.unknown", "lot.twice");

    [Fact]
    public void means_every_lot_that_may_be_announced_when_none_is_named()
    {
        var state = Folded<AnnouncementState>(Registered(), Announced(L1), Prequalified(L2));

        Assert.Equal([new(L2, 1), new(L3, 1)], state.NextRound(null));
    }

    [Fact]
    public void means_the_lots_that_are_named_and_leaves_unknown_ones_to_the_decision()
    {
        var state = Folded<AnnouncementState>(Registered());

        Assert.Equal([new(L3, 1), new(NoLot, 1)], state.NextRound([L3, NoLot]));
    }

    [Fact]
    public void a_failed_lot_is_put_out_again_in_its_second_round()
    {
        object[] failed = [Registered(), Announced(L1, L2), Terminated(TerminationKind.Failed, L2)];
        var again = Announced() with { Lots = Folded<AnnouncementState>(failed).NextRound([L2]) };

        Assert.Equal([new(L2, 2)], again.Lots);
        Given<AnnouncementState>(failed).When(Publish(again)).Then(again);
    }

    [Fact]
    public void a_lot_that_failed_in_its_prequalification_begins_its_second_round()
    {
        var state = Folded<AnnouncementState>(Registered(), Prequalified(L1), Decided(None(L1)));

        Assert.Equal([new(L1, 2)], state.NextRound([L1]));
    }

    [Fact]
    public void the_announcement_after_a_prequalification_or_a_proposed_supplier_is_of_the_same_round()
    {
        var state = Folded<AnnouncementState>(Registered(TradeCategory.Procurement, ProcedureMethod.SoleSource), Prequalified(L1), Proposed(L2));

        Assert.Equal([new(L1, 1), new(L2, 1)], state.NextRound([L1, L2]));
    }

    [Fact]
    public void after_a_prequalification_the_announcement_follows() =>
        Given<AnnouncementState>(Registered(), Prequalified(L1, L2, L3)).When(Publish(Fact)).Then(Fact);

    [Fact]
    public void after_a_withdrawal_the_lots_are_put_out_anew() =>
        Given<AnnouncementState>(Registered(), Announced(L1, L2, L3), Withdrawn(Fact)).When(Publish(Fact)).Then(Fact);

    [Fact]
    public void refuses_a_lot_that_is_out() =>
        Given<AnnouncementState>(Registered(), Announced(L1)).When(Publish(Fact)).ThenRefused("announcement.lot-already-out");

    [Fact]
    public void refuses_a_lot_of_another_procedure() =>
        Given<AnnouncementState>(Registered()).When(Publish(Announced(L1, NoLot))).ThenRefused("lot.unknown");

    [Fact]
    public void refuses_a_lot_named_twice() =>
        Given<AnnouncementState>(Registered()).When(Publish(Announced(L1, L1))).ThenRefused("lot.twice");

    [Fact]
    public void refuses_an_announcement_of_nothing() =>
        Given<AnnouncementState>(Registered()).When(Publish(Announced())).ThenRefused("lot.missing");

    [Fact]
    public void refuses_a_tender_without_a_deadline() =>
        Given<AnnouncementState>(Registered()).When(Publish(Fact with { Submission = null })).ThenRefused("announcement.deadline-missing");

    [Fact]
    public void refuses_a_tender_without_an_opening() =>
        Given<AnnouncementState>(Registered()).When(Publish(Fact with { Opening = null })).ThenRefused("announcement.opening-missing");

    [Fact]
    public void refuses_a_deadline_that_is_now() =>
        Given<AnnouncementState>(Registered()).When(Publish(Fact, ClosesAt)).ThenRefused("announcement.deadline-past");

    [Fact]
    public void refuses_an_opening_before_the_deadline() =>
        Given<AnnouncementState>(Registered()).When(Publish(Fact with { Opening = new OpeningPlan(ClosesAt.AddSeconds(-1)) }))
            .ThenRefused("announcement.opening-before-deadline");

    [Fact]
    public void a_negotiation_needs_no_opening_and_no_deadline() =>
        Given<AnnouncementState>(Registered(TradeCategory.Procurement, ProcedureMethod.Negotiation))
            .When(Publish(Fact with { Opening = null, Submission = null })).Then(Fact with { Opening = null, Submission = null });

    [Fact]
    public void refuses_a_past_deadline_of_a_negotiation() =>
        Given<AnnouncementState>(Registered(TradeCategory.Procurement, ProcedureMethod.Inquiry)).When(Publish(Invited(L1), ClosesAt))
            .ThenRefused("announcement.deadline-past");

    [Theory]
    [InlineData(TradeCategory.Land)]
    [InlineData(TradeCategory.Mineral)]
    public void land_and_mineral_rights_are_offered_with_their_parcel_and_bidding(TradeCategory category) =>
        Given<AnnouncementState>(Registered(category, ProcedureMethod.Listing)).When(Publish(Offered(L1))).Then(Offered(L1))
            .Keeping("announcement.bidding-missing", "announcement.offering-past");

    [Fact]
    public void refuses_to_offer_mineral_rights_without_a_bidding() =>
        Given<AnnouncementState>(Registered(TradeCategory.Mineral, ProcedureMethod.Listing))
            .When(Publish(Listed(L1) with { Parcel = Offered().Parcel })).ThenRefused("announcement.bidding-missing");

    [Theory]
    [InlineData(TradeCategory.Property)]
    [InlineData(TradeCategory.Other)]
    public void property_and_the_rest_are_listed(TradeCategory category) =>
        Given<AnnouncementState>(Registered(category, ProcedureMethod.Listing)).When(Publish(Listed(L1))).Then(Listed(L1))
            .Keeping("announcement.listing-missing");

    [Fact]
    public void refuses_to_list_without_period_and_price() =>
        Given<AnnouncementState>(Registered(TradeCategory.Property, ProcedureMethod.Listing)).When(Publish(Listed(L1) with { Listing = null }))
            .ThenRefused("announcement.listing-missing");

    [Fact]
    public void refuses_a_listing_that_ends_now() =>
        Given<AnnouncementState>(Registered(TradeCategory.Property, ProcedureMethod.Listing)).When(Publish(Listed(L1), ClosesAt))
            .ThenRefused("announcement.offering-past");

    [Fact]
    public void refuses_while_suspended() =>
        Given<AnnouncementState>(Registered(), Suspended()).When(Publish(Fact)).ThenRefused("procedure.suspended");

    [Fact]
    public void refuses_after_the_end() =>
        Given<AnnouncementState>(Registered(), Terminated(TerminationKind.Withdrawn, L1, L2, L3)).When(Publish(Fact))
            .ThenRefused("procedure.ended");

    private static Func<AnnouncementState, Decision> Publish(AnnouncementPublished fact, DateTimeOffset? now = null) =>
        state => Announcement.Publish(state, fact, now ?? AnnouncedAt);
}
