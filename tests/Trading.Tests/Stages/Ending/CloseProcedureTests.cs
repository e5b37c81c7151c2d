using Trading.Events;
using Trading.Kernel;
using Trading.Stages.Ending;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;
using Decider = Trading.Stages.Ending.Ending;

namespace Trading.Tests.Stages.Ending;

public sealed class CloseProcedureTests
{
    private static readonly object[] AllDecided =
        [Registered(), Announced(L1, L2, L3), Opened(L1), Shown(L1), Decided(To(First, L1), None(L2)), Terminated(TerminationKind.Terminated, L3)];

    private static readonly object[] Done = [.. AllDecided, Contracted(L1)];

    [Fact]
    public void closes_when_every_lot_has_its_contract_or_has_ended() =>
        Given<EndingState>(Done).When(Close).Then(Closed()).ThenWarned();

    [Fact]
    public void refuses_while_a_contract_is_to_be_signed() =>
        Given<EndingState>(AllDecided).When(Close).ThenRefused("ending.lots-open");

    [Fact]
    public void refuses_while_a_lot_is_not_announced() =>
        Given<EndingState>(Registered(), Announced(L1, L2), Decided(None(L1), None(L2))).When(Close).ThenRefused("ending.lots-open");

    [Fact]
    public void refuses_while_an_objection_waits() =>
        Given<EndingState>([.. Done, Objected()]).When(Close).ThenRefused("procedure.objection-open");

    [Fact]
    public void refuses_while_suspended() =>
        Given<EndingState>([.. Done, Suspended()]).When(Close).ThenRefused("procedure.suspended");

    [Fact]
    public void refuses_to_close_twice() =>
        Given<EndingState>([.. Done, Closed()]).When(Close).ThenRefused("procedure.ended");

    private static Decision Close(EndingState state) => Decider.Close(state, Closed());
}
