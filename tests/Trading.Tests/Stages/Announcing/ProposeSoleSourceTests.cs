using Trading.Events;
using Trading.Kernel;
using Trading.Stages.Announcing;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Stages.Announcing;

public sealed class ProposeSoleSourceTests
{
    private static readonly ProcedureRegistered SoleSource = Registered(TradeCategory.Procurement, ProcedureMethod.SoleSource);

    [Fact]
    public void proposes_the_only_supplier() =>
        Given<AnnouncementState>(SoleSource).When(Propose(Proposed(L1))).Then(Proposed(L1)).ThenWarned()
            .Keeping("announcement.not-sole-source", "announcement.publicity-past");

    [Fact]
    public void refuses_in_an_open_procedure() =>
        Given<AnnouncementState>(Registered(TradeCategory.Procurement)).When(Propose(Proposed(L1))).ThenRefused("announcement.not-sole-source");

    [Fact]
    public void refuses_a_publicity_that_ends_now() =>
        Given<AnnouncementState>(SoleSource).When(Propose(Proposed(L1), Proposed().Publicity.Until)).ThenRefused("announcement.publicity-past");

    [Fact]
    public void refuses_a_second_proposal_while_the_first_stands() =>
        Given<AnnouncementState>(SoleSource, Proposed(L1)).When(Propose(Proposed(L1))).ThenRefused("announcement.lot-already-out");

    [Fact]
    public void proposes_again_after_a_withdrawal() =>
        Given<AnnouncementState>(SoleSource, Proposed(L1), Withdrawn(Proposed())).When(Propose(Proposed(L1))).Then(Proposed(L1));

    [Fact]
    public void refuses_while_suspended() =>
        Given<AnnouncementState>(SoleSource, Suspended()).When(Propose(Proposed(L1))).ThenRefused("procedure.suspended");

    private static Func<AnnouncementState, Decision> Propose(SoleSourcePublicised fact, DateTimeOffset? now = null) =>
        state => Announcement.ProposeSoleSource(state, fact, now ?? AnnouncedAt);
}
