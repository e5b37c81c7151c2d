using Trading.Events;
using Trading.Kernel;
using Trading.Stages.Changing;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Stages.Changing;

public sealed class ExtendDeadlineTests
{
    private static readonly object[] Out = [Registered(), Announced(L1, L2)];
    private static readonly DeadlineExtended Week = Extended("2026-03-30T09:00:00", L1);

    [Fact]
    public void puts_the_deadline_off_and_the_opening_with_it() =>
        Given<ChangeState>(Out).When(Extend(Week)).Then(Week).ThenWarned().Keeping("change.deadline-not-later", "change.deadline-earlier");

    [Fact]
    public void puts_both_off() =>
        Given<ChangeState>(Out).When(Extend(Week with { Opening = new OpeningPlan(Week.Submission.Deadline) }))
            .Then(Week with { Opening = new OpeningPlan(Week.Submission.Deadline) });

    [Fact]
    public void refuses_the_deadline_as_it_was() =>
        Given<ChangeState>(Out).When(Extend(Extended("2026-03-23T09:00:00", L1))).ThenRefused("change.deadline-not-later");

    [Fact]
    public void refuses_when_it_is_not_later_for_one_of_the_lots() =>
        Given<ChangeState>([.. Out, Extended("2026-04-06T09:00:00", L2)]).When(Extend(Extended("2026-03-30T09:00:00", L1, L2)))
            .ThenRefused("change.deadline-not-later");

    [Fact]
    public void refuses_an_opening_before_the_new_deadline() =>
        Given<ChangeState>(Out).When(Extend(Week with { Opening = new OpeningPlan(OpenedAt) })).ThenRefused("change.opening-before-deadline");

    [Fact]
    public void refuses_at_the_deadline() =>
        Given<ChangeState>(Out).When(Extend(Week, ClosesAt)).ThenRefused("change.deadline-passed");

    [Fact]
    public void refuses_after_the_opening() =>
        Given<ChangeState>([.. Out, Opened(L1)]).When(Extend(Week)).ThenRefused("change.lot-not-out");

    [Fact]
    public void refuses_while_suspended() =>
        Given<ChangeState>([.. Out, Suspended()]).When(Extend(Week)).ThenRefused("procedure.suspended");

    [Fact]
    public void a_listing_is_put_off_too() =>
        Given<ChangeState>(Registered(TradeCategory.Property, ProcedureMethod.Listing), Listed(L1)).When(Extend(Week)).Then(Week);

    [Fact]
    public void refuses_a_deadline_that_is_past_already() =>
        Given<ChangeState>(Registered(TradeCategory.Property, ProcedureMethod.Listing), Listed(L1)).When(Extend(Week, Week.Submission.Deadline))
            .ThenRefused("change.deadline-past");

    private static Func<ChangeState, Decision> Extend(DeadlineExtended fact, DateTimeOffset? now = null) =>
        state => Change.Extend(state, fact, now ?? AnnouncedAt);
}
