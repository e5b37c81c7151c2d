using Trading.Events;
using Trading.Kernel;
using Trading.Stages.Contracting;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Stages.Contracting;

public sealed class AmendContractTests
{
    private static readonly object[] Running =
        [Registered(), Announced(L1), Opened(L1), Shown(L1), Decided(To(First, L1)), Contracted(L1)];

    [Fact]
    public void publishes_what_was_changed_today() =>
        Given<ContractState>(Running).When(Amend(Amended())).Then(Amended()).ThenWarned().Keeping("contract.signed-in-future");

    [Fact]
    public void refuses_an_amendment_of_tomorrow() =>
        Given<ContractState>(Running).When(Amend(Amended() with { SignedOn = Today.AddDays(1) })).ThenRefused("contract.signed-in-future");

    [Fact]
    public void refuses_an_unknown_contract() =>
        Given<ContractState>(Running).When(Amend(Amended() with { ContractId = Id(404) })).ThenRefused("contract.unknown");

    [Fact]
    public void refuses_a_contract_that_has_ended() =>
        Given<ContractState>([.. Running, TerminatedContract()]).When(Amend(Amended())).ThenRefused("contract.terminated");

    [Fact]
    public void refuses_after_the_procedure_is_closed() =>
        Given<ContractState>([.. Running, Closed()]).When(Amend(Amended())).ThenRefused("procedure.ended");

    private static Func<ContractState, Decision> Amend(ContractAmended fact) => state => Contract.Amend(state, fact, Today);
}
