using Trading.Events;
using Trading.Kernel;
using Trading.Stages.Announcing;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Stages.Announcing;

public sealed class AnnouncePrequalificationTests
{
    private static readonly DateTimeOffset Until = Prequalified().Submission!.Deadline;

    [Fact]
    public void invites_applications() =>
        Given<AnnouncementState>(Registered()).When(Prequalify(Prequalified(L1, L2))).Then(Prequalified(L1, L2)).ThenWarned()
            .Keeping("announcement.deadline-missing", "announcement.deadline-past");

    [Fact]
    public void means_every_lot_that_is_not_out_when_none_is_named()
    {
        var state = Folded<AnnouncementState>(Registered(), Prequalified(L1));

        Assert.Equal([new(L2, 1), new(L3, 1)], state.FirstCall(null));
    }

    [Fact]
    public void a_failed_lot_is_prequalified_again()
    {
        object[] failed = [Registered(), Announced(L1), Decided(None(L1))];
        var again = Prequalified() with { Lots = Folded<AnnouncementState>(failed).FirstCall([L1]) };

        Assert.Equal([new(L1, 2)], again.Lots);
        Given<AnnouncementState>(failed).When(Prequalify(again)).Then(again);
    }

    [Fact]
    public void refuses_a_lot_that_is_being_prequalified() =>
        Given<AnnouncementState>(Registered(), Prequalified(L1)).When(Prequalify(Prequalified(L1)))
            .ThenRefused("announcement.lot-already-out");

    [Fact]
    public void refuses_a_lot_that_is_announced() =>
        Given<AnnouncementState>(Registered(), Announced(L1)).When(Prequalify(Prequalified(L1))).ThenRefused("announcement.lot-already-out");

    [Fact]
    public void refuses_an_unknown_lot() =>
        Given<AnnouncementState>(Registered()).When(Prequalify(Prequalified(NoLot))).ThenRefused("lot.unknown");

    [Fact]
    public void refuses_without_a_deadline() =>
        Given<AnnouncementState>(Registered()).When(Prequalify(Prequalified(L1) with { Submission = null }))
            .ThenRefused("announcement.deadline-missing");

    [Fact]
    public void refuses_a_deadline_that_is_now() =>
        Given<AnnouncementState>(Registered()).When(Prequalify(Prequalified(L1), Until)).ThenRefused("announcement.deadline-past");

    [Fact]
    public void refuses_while_suspended() =>
        Given<AnnouncementState>(Registered(), Suspended()).When(Prequalify(Prequalified(L1))).ThenRefused("procedure.suspended");

    private static Func<AnnouncementState, Decision> Prequalify(PrequalificationAnnounced fact, DateTimeOffset? now = null) =>
        state => Announcement.Prequalify(state, fact, now ?? AnnouncedAt);
}
