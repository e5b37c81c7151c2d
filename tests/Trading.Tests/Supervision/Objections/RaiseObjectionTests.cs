using Trading.Events;
using Trading.Kernel;
using Trading.Supervision.Objections;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Supervision.Objections;

public sealed class RaiseObjectionTests
{
    [Fact]
    public void records_an_objection_also_while_suspended() =>
        Given<ObjectionState>(Registered(), Suspended()).When(Raise(Objected())).Then(Objected()).ThenWarned().Keeping("objection.received-in-future");

    [Fact]
    public void records_an_objection_received_now() =>
        Given<ObjectionState>(Registered()).When(state => Objection.Raise(state, Objected(), Objected().ReceivedAt)).Then(Objected());

    [Fact]
    public void refuses_an_objection_of_the_future() =>
        Given<ObjectionState>(Registered()).When(Raise(Objected() with { ReceivedAt = Later.AddSeconds(1) })).ThenRefused("objection.received-in-future");

    [Fact]
    public void refuses_after_the_end() =>
        Given<ObjectionState>(Registered(), Closed()).When(Raise(Objected())).ThenRefused("procedure.ended");

    private static Func<ObjectionState, Decision> Raise(ObjectionRaised fact) => state => Objection.Raise(state, fact, Later);
}
