using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Docket;

public sealed class StandingTests
{
    private static readonly object[] Decided1 = [Registered(), Announced(L1, L2), Opened(L1), Shown(L1), Decided(To(First, L1), None(L2))];

    /// <summary>The lots' progress after each of these facts.</summary>
    public static TheoryData<string, object[], LotProgress[]> Lives => new()
    {
        { "registered", [Registered()], [LotProgress.Registered, LotProgress.Registered, LotProgress.Registered] },
        { "planned", [Registered(), Planned()], [LotProgress.Registered, LotProgress.Registered, LotProgress.Registered] },
        { "prequalified", [Registered(), Prequalified(L1)], [LotProgress.Prequalifying, LotProgress.Registered, LotProgress.Registered] },
        { "qualified", [Registered(), Prequalified(L1), Qualified(L1)], [LotProgress.Prequalifying, LotProgress.Registered, LotProgress.Registered] },
        { "proposed", [Registered(), Proposed(L2)], [LotProgress.Registered, LotProgress.Publicised, LotProgress.Registered] },
        { "announced", [Registered(), Announced(L1, L3)], [LotProgress.Announced, LotProgress.Registered, LotProgress.Announced] },
        { "clarified", [Registered(), Announced(L1), Clarified(L1)], [LotProgress.Announced, LotProgress.Registered, LotProgress.Registered] },
        { "opened", [Registered(), Announced(L1, L2), Opened(L1)], [LotProgress.Opened, LotProgress.Announced, LotProgress.Registered] },
        { "shown", [Registered(), Announced(L1), Opened(L1), Shown(L1)], [LotProgress.Evaluated, LotProgress.Registered, LotProgress.Registered] },
        { "decided", Decided1, [LotProgress.Awarded, LotProgress.Failed, LotProgress.Registered] },
        { "award cancelled", [.. Decided1, Cancelled(L1)], [LotProgress.Evaluated, LotProgress.Failed, LotProgress.Registered] },
        { "contracted", [.. Decided1, Contracted(L1)], [LotProgress.Contracted, LotProgress.Failed, LotProgress.Registered] },
        { "contract ended", [.. Decided1, Contracted(L1), TerminatedContract()], [LotProgress.Contracted, LotProgress.Failed, LotProgress.Registered] },
        { "failed", [Registered(), Announced(L1, L2), Terminated(TerminationKind.Failed, L1)], [LotProgress.Failed, LotProgress.Announced, LotProgress.Registered] },
        { "terminated", [Registered(), Terminated(TerminationKind.Withdrawn, L3)], [LotProgress.Registered, LotProgress.Registered, LotProgress.Terminated] },
        { "announced again", [.. Decided1, Again(L2)], [LotProgress.Awarded, LotProgress.Announced, LotProgress.Registered] },
        { "second withdrawn", [.. Decided1, Again(L2), Withdrawn(Again(L2))], [LotProgress.Awarded, LotProgress.Failed, LotProgress.Registered] },
        { "announcement withdrawn", [Registered(), Prequalified(L1), Announced(L1, L2), Withdrawn(Announced())], [LotProgress.Prequalifying, LotProgress.Registered, LotProgress.Registered] },
        { "candidates withdrawn", [Registered(), Announced(L1), Opened(L1), Shown(L1), Withdrawn(Shown())], [LotProgress.Opened, LotProgress.Registered, LotProgress.Registered] },
        { "clarification withdrawn", [Registered(), Announced(L1), Clarified(L1), Withdrawn(Clarified())], [LotProgress.Announced, LotProgress.Registered, LotProgress.Registered] },
    };

    [Theory, MemberData(nameof(Lives), DisableDiscoveryEnumeration = true)]
    public void each_lot_stands_where_the_facts_brought_it(string life, object[] facts, LotProgress[] progress) =>
        Assert.True(
            progress.SequenceEqual(Folded<Standing>(facts).Lots.Values.Select(lot => lot.Progress)),
            $"{life}: {string.Join(", ", Folded<Standing>(facts).Lots)}");

    [Fact]
    public void a_withdrawn_round_is_not_counted()
    {
        Assert.Equal(2, Folded<Standing>([.. Decided1, Again(L2)]).Lot(L2)!.Round);
        Assert.Equal(1, Folded<Standing>([.. Decided1, Again(L2), Withdrawn(Again(L2))]).Lot(L2)!.Round);
    }

    [Fact]
    public void a_withdrawn_notice_stays_known()
    {
        var standing = Folded<Standing>(Registered(), Announced(L1), Withdrawn(Announced()));

        Assert.True(standing.Notices[Announced().Notice.NoticeId].Withdrawn);
        Assert.Equal(typeof(AnnouncementPublished), standing.Notices[Announced().Notice.NoticeId].Kind);
        Assert.Equal(3, standing.Notices.Count);
    }

    [Fact]
    public void is_suspended_until_it_is_resumed()
    {
        Assert.Equal(At("2026-03-15T09:00:00"), Folded<Standing>(Registered(), Suspended()).SuspendedAt);
        Assert.False(Folded<Standing>(Registered(), Suspended(), Resumed()).Suspended);
    }

    [Fact]
    public void has_ended_when_the_last_lot_is_terminated_and_not_when_one_may_be_announced_again()
    {
        object[] one = [Registered(), Announced(L1, L2), Terminated(TerminationKind.Terminated, L1, L3)];

        Assert.False(Folded<Standing>(one).Ended);
        Assert.False(Folded<Standing>([.. one, Terminated(TerminationKind.Failed, L2)]).Ended);
        Assert.True(Folded<Standing>([.. one, Terminated(TerminationKind.Withdrawn, L2)]).Ended);
    }

    [Fact]
    public void has_ended_when_it_is_closed() => Assert.True(Folded<Standing>([.. Decided1, Closed()]).Ended);

    [Fact]
    public void waits_for_every_objection()
    {
        object[] two = [Registered(), Objected(), Objected() with { ObjectionId = Id(902) }, Answered()];

        Assert.Equal([Id(902)], Folded<Standing>(two).OpenObjections);
        Assert.Empty(Folded<Standing>([.. two, Answered() with { ObjectionId = Id(902) }]).OpenObjections);
    }

    [Fact]
    public void chooses_the_lots_that_are_named_or_those_that_fit()
    {
        var standing = Folded<Standing>(Decided1);

        Assert.Equal([L3, L1], standing.Choose([L3, L1], _ => false));
        Assert.Equal([L2], standing.Choose(null, lot => lot.Progress is LotProgress.Failed));
    }

    [Fact]
    public void what_was_taken_over_from_a_former_system_has_no_standing() =>
        Assert.Null(Standing.Fold(null, new LegacyNoticeImported(
            Notice(1), "47", LegacyNoticeType.CandidatesPublicised, "示例项目", new DateOnly(2020, 1, 1), [])));

    private static AnnouncementPublished Again(LotId lot) =>
        Announced() with { Notice = Announced().Another(50), Lots = [new AnnouncedLot(lot, 2)] };
}
