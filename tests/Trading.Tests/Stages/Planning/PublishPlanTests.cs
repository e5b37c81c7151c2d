using Trading.Events;
using Trading.Kernel;
using Trading.Stages.Planning;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Stages.Planning;

public sealed class PublishPlanTests
{
    [Fact]
    public void publishes_a_plan_before_the_announcement() =>
        Given<PlanState>(Registered()).When(state => Plan.Publish(state, Planned())).Then(Planned()).ThenWarned();

    [Fact]
    public void publishes_a_procurement_intention() =>
        Given<PlanState>(Registered(TradeCategory.Procurement)).When(state => Plan.Publish(state, Intended())).Then(Intended());

    [Fact]
    public void publishes_a_plan_while_one_lot_is_not_announced() =>
        Given<PlanState>(Registered(), Announced(L1, L2)).When(state => Plan.Publish(state, Planned())).Then(Planned());

    [Fact]
    public void refuses_a_plan_of_what_is_announced() =>
        Given<PlanState>(Registered(), Announced(L1, L2, L3)).When(state => Plan.Publish(state, Planned()))
            .ThenRefused("plan.already-announced");

    [Fact]
    public void a_withdrawn_announcement_leaves_room_for_a_plan() =>
        Given<PlanState>(Registered(), Announced(L1, L2, L3), Withdrawn(Announced())).When(state => Plan.Publish(state, Planned()))
            .Then(Planned());

    [Fact]
    public void refuses_a_plan_while_suspended() =>
        Given<PlanState>(Registered(), Suspended()).When(state => Plan.Publish(state, Planned())).ThenRefused("procedure.suspended");

    [Fact]
    public void refuses_a_plan_after_the_end() =>
        Given<PlanState>(Registered(), Terminated(TerminationKind.Terminated, L1, L2, L3))
            .When(state => Plan.Publish(state, Planned())).ThenRefused("procedure.ended");
}
