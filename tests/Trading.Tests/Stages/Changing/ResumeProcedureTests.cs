using Trading.Events;
using Trading.Stages.Changing;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Stages.Changing;

public sealed class ResumeProcedureTests
{
    [Fact]
    public void takes_it_up_again() =>
        Given<ChangeState>(Registered(), Suspended()).When(state => Change.Resume(state, Resumed())).Then(Resumed()).ThenWarned();

    [Fact]
    public void refuses_what_is_not_suspended() =>
        Given<ChangeState>(Registered()).When(state => Change.Resume(state, Resumed())).ThenRefused("change.not-suspended");

    [Fact]
    public void refuses_what_ended_while_suspended() =>
        Given<ChangeState>(Registered(), Suspended(), Terminated(TerminationKind.Terminated, L1, L2, L3))
            .When(state => Change.Resume(state, Resumed())).ThenRefused("procedure.ended");
}
