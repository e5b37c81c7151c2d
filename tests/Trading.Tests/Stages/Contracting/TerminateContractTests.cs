using Trading.Events;
using Trading.Kernel;
using Trading.Stages.Contracting;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Stages.Contracting;

public sealed class TerminateContractTests
{
    private static readonly object[] Running =
        [Registered(), Announced(L1), Opened(L1), Shown(L1), Decided(To(First, L1)), Contracted(L1)];

    [Fact]
    public void publishes_that_the_contract_has_ended() =>
        Given<ContractState>(Running).When(Terminate(TerminatedContract())).Then(TerminatedContract()).ThenWarned()
            .Keeping("contract.terminated-in-future");

    [Fact]
    public void refuses_an_end_of_tomorrow() =>
        Given<ContractState>(Running).When(Terminate(TerminatedContract() with { TerminatedOn = Today.AddDays(1) }))
            .ThenRefused("contract.terminated-in-future");

    [Fact]
    public void refuses_an_unknown_contract() =>
        Given<ContractState>(Running).When(Terminate(TerminatedContract() with { ContractId = Id(404) })).ThenRefused("contract.unknown");

    [Fact]
    public void refuses_to_end_it_twice() =>
        Given<ContractState>([.. Running, TerminatedContract()]).When(Terminate(TerminatedContract())).ThenRefused("contract.terminated");

    [Fact]
    public void refuses_while_suspended() =>
        Given<ContractState>([.. Running, Suspended()]).When(Terminate(TerminatedContract())).ThenRefused("procedure.suspended");

    private static Func<ContractState, Decision> Terminate(ContractTerminated fact) => state => Contract.Terminate(state, fact, Today);
}
