using Trading.Events;
using Trading.Kernel;
using Trading.Stages.Performing;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Stages.Performing;

public sealed class ReportPerformanceTests
{
    private static readonly object[] Running =
        [Registered(), Announced(L1), Opened(L1), Shown(L1), Decided(To(First, L1)), Contracted(L1)];

    [Fact]
    public void reports_what_was_done_today() =>
        Given<PerformanceState>(Running).When(Report(Performed())).Then(Performed()).ThenWarned().Keeping("performance.occurred-in-future");

    [Fact]
    public void a_payment_may_follow_the_acceptance() =>
        Given<PerformanceState>([.. Running, Accepted()]).When(Report(Performed())).Then(Performed());

    [Fact]
    public void refuses_what_is_done_tomorrow() =>
        Given<PerformanceState>(Running).When(Report(Performed() with { OccurredOn = Today.AddDays(1) })).ThenRefused("performance.occurred-in-future");

    [Fact]
    public void refuses_an_unknown_contract() =>
        Given<PerformanceState>(Running).When(Report(Performed() with { ContractId = Id(404) })).ThenRefused("performance.contract-unknown");

    [Fact]
    public void refuses_a_contract_that_has_ended() =>
        Given<PerformanceState>([.. Running, TerminatedContract()]).When(Report(Performed())).ThenRefused("performance.contract-terminated");

    [Fact]
    public void refuses_while_suspended() =>
        Given<PerformanceState>([.. Running, Suspended()]).When(Report(Performed())).ThenRefused("procedure.suspended");

    private static Func<PerformanceState, Decision> Report(PerformanceReported fact) => state => Performance.Report(state, fact, Today);
}
