using Trading.Stages.Changing;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Stages.Changing;

public sealed class SuspendProcedureTests
{
    [Fact]
    public void stops_the_procedure() =>
        Given<ChangeState>(Registered(), Announced(L1)).When(state => Change.Suspend(state, Suspended())).Then(Suspended()).ThenWarned();

    [Fact]
    public void stops_it_again_after_it_was_resumed() =>
        Given<ChangeState>(Registered(), Suspended(), Resumed()).When(state => Change.Suspend(state, Suspended())).Then(Suspended());

    [Fact]
    public void refuses_what_is_suspended() =>
        Given<ChangeState>(Registered(), Suspended()).When(state => Change.Suspend(state, Suspended())).ThenRefused("procedure.suspended");

    [Fact]
    public void refuses_what_has_ended() =>
        Given<ChangeState>(Registered(), Closed()).When(state => Change.Suspend(state, Suspended())).ThenRefused("procedure.ended");
}
