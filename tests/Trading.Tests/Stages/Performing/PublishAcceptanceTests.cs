using Trading.Events;
using Trading.Kernel;
using Trading.Stages.Performing;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Stages.Performing;

public sealed class PublishAcceptanceTests
{
    private static readonly object[] Running =
        [Registered(), Announced(L1), Opened(L1), Shown(L1), Decided(To(First, L1)), Contracted(L1)];

    [Theory]
    [InlineData(AcceptanceResult.Accepted)]
    [InlineData(AcceptanceResult.Rejected)]
    public void publishes_whether_it_was_accepted(AcceptanceResult result) =>
        Given<PerformanceState>(Running).When(Accept(Accepted(result))).Then(Accepted(result)).ThenWarned();

    [Fact]
    public void accepts_after_a_rejection() =>
        Given<PerformanceState>([.. Running, Accepted(AcceptanceResult.Rejected)]).When(Accept(Accepted())).Then(Accepted());

    [Fact]
    public void refuses_to_accept_twice() =>
        Given<PerformanceState>([.. Running, Accepted()]).When(Accept(Accepted())).ThenRefused("performance.already-accepted");

    [Fact]
    public void refuses_an_acceptance_of_tomorrow() =>
        Given<PerformanceState>(Running).When(Accept(Accepted() with { AcceptedOn = Today.AddDays(1) })).ThenRefused("performance.occurred-in-future");

    [Fact]
    public void refuses_an_unknown_contract() =>
        Given<PerformanceState>(Running).When(Accept(Accepted() with { ContractId = Id(404) })).ThenRefused("performance.contract-unknown");

    [Fact]
    public void refuses_a_contract_that_has_ended() =>
        Given<PerformanceState>([.. Running, TerminatedContract()]).When(Accept(Accepted())).ThenRefused("performance.contract-terminated");

    private static Func<PerformanceState, Decision> Accept(AcceptancePublished fact) => state => Performance.Accept(state, fact, Today);
}
