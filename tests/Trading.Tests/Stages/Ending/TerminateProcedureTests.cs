using Trading.Events;
using Trading.Kernel;
using Trading.Stages.Ending;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;
using Decider = Trading.Stages.Ending.Ending;

namespace Trading.Tests.Stages.Ending;

public sealed class TerminateProcedureTests
{
    private static readonly object[] Out = [Registered(), Announced(L1, L2)];

    [Theory]
    [InlineData(TerminationKind.Terminated)]
    [InlineData(TerminationKind.Withdrawn)]
    public void ends_lots_that_have_no_result(TerminationKind kind) =>
        Given<EndingState>(Out).When(Terminate(Terminated(kind, L1, L2, L3))).Then(Terminated(kind, L1, L2, L3)).ThenWarned()
            .Keeping("ending.decided-in-future");

    [Fact]
    public void lets_lots_fail_that_are_out() =>
        Given<EndingState>(Out).When(Terminate(Terminated(TerminationKind.Failed, L1))).Then(Terminated(TerminationKind.Failed, L1));

    [Fact]
    public void means_every_lot_without_a_result_when_none_is_named()
    {
        var state = Folded<EndingState>(Registered(), Announced(L1, L2), Decided(None(L1)));

        Assert.Equal([L1, L2, L3], state.Endable(null, TerminationKind.Terminated));
        Assert.Equal([L2], state.Endable(null, TerminationKind.Failed));
    }

    [Fact]
    public void refuses_to_let_a_lot_fail_that_is_not_out() =>
        Given<EndingState>(Out).When(Terminate(Terminated(TerminationKind.Failed, L1, L3))).ThenRefused("ending.lot-not-out");

    [Fact]
    public void refuses_to_let_a_lot_fail_twice() =>
        Given<EndingState>([.. Out, Decided(None(L1))]).When(Terminate(Terminated(TerminationKind.Failed, L1))).ThenRefused("ending.lot-not-out");

    [Fact]
    public void refuses_what_is_awarded() =>
        Given<EndingState>([.. Out, Opened(L1), Shown(L1), Decided(To(First, L1))])
            .When(Terminate(Terminated(TerminationKind.Terminated, L1))).ThenRefused("ending.lot-awarded");

    [Fact]
    public void ends_a_lot_whose_award_was_cancelled() =>
        Given<EndingState>([.. Out, Opened(L1), Shown(L1), Decided(To(First, L1)), Cancelled(L1)])
            .When(Terminate(Terminated(TerminationKind.Terminated, L1))).Then(Terminated(TerminationKind.Terminated, L1));

    [Fact]
    public void refuses_what_is_terminated() =>
        Given<EndingState>([.. Out, Terminated(TerminationKind.Terminated, L1)])
            .When(Terminate(Terminated(TerminationKind.Terminated, L1))).ThenRefused("ending.lot-awarded");

    [Fact]
    public void ends_the_other_lots_later() =>
        Given<EndingState>([.. Out, Terminated(TerminationKind.Terminated, L1)])
            .When(Terminate(Terminated(TerminationKind.Terminated, L2, L3))).Then(Terminated(TerminationKind.Terminated, L2, L3));

    [Fact]
    public void ends_what_is_suspended() =>
        Given<EndingState>([.. Out, Suspended()]).When(Terminate(Terminated(TerminationKind.Terminated, L1))).Then(Terminated(TerminationKind.Terminated, L1));

    [Fact]
    public void refuses_after_the_end() =>
        Given<EndingState>([.. Out, Terminated(TerminationKind.Terminated, L1, L2, L3)])
            .When(Terminate(Terminated(TerminationKind.Terminated, L1))).ThenRefused("procedure.ended");

    [Fact]
    public void refuses_a_decision_in_the_future() =>
        Given<EndingState>(Out).When(state => Decider.Terminate(state, Terminated(TerminationKind.Terminated, L1), DecidedAt.AddSeconds(-1)))
            .ThenRefused("ending.decided-in-future");

    [Fact]
    public void refuses_an_unknown_lot() =>
        Given<EndingState>(Out).When(Terminate(Terminated(TerminationKind.Terminated, NoLot))).ThenRefused("lot.unknown");

    [Fact]
    public void refuses_to_end_nothing() =>
        Given<EndingState>(Out).When(Terminate(Terminated(TerminationKind.Terminated))).ThenRefused("lot.missing");

    private static Func<EndingState, Decision> Terminate(ProcedureTerminated fact) => state => Decider.Terminate(state, fact, Later);
}
