using System.Collections.Immutable;
using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using static Trading.Supervision.Objections.ObjectionRules;

namespace Trading.Supervision.Objections;

/// <param name="Received">When each objection was received.</param>
public sealed record ObjectionState(Standing Standing, ImmutableDictionary<Guid, DateTimeOffset> Received) : IStage<ObjectionState>
{
    public static ObjectionState? Fold(ObjectionState? state, object fact) => Standing.Fold(state?.Standing, fact) is { } standing
        ? new ObjectionState(standing, fact is ObjectionRaised e
            ? (state?.Received ?? ImmutableDictionary<Guid, DateTimeOffset>.Empty).SetItem(e.ObjectionId, e.ReceivedAt)
            : state?.Received ?? ImmutableDictionary<Guid, DateTimeOffset>.Empty)
        : null;
}

/// <summary>异议、质疑: raised and answered, also while the procedure is suspended.</summary>
public static class Objection
{
    public static Decision Raise(ObjectionState state, ObjectionRaised fact, DateTimeOffset now) => Decision.Of(
        [Admission.Ended.If(state.Standing.Ended), ReceivedInFuture.If(fact.ReceivedAt > now, Time("receivedAt", fact.ReceivedAt))], fact);

    public static Decision Answer(ObjectionState state, ObjectionAnswered fact, DateTimeOffset now)
    {
        return Decision.Of(Findings(), fact);

        IEnumerable<Finding> Findings()
        {
            yield return Unknown.If(!state.Received.ContainsKey(fact.ObjectionId));
            yield return AlreadyAnswered.If(!state.Standing.OpenObjections.Contains(fact.ObjectionId));
            yield return AnsweredBeforeReceived.If(
                fact.AnsweredAt < state.Received[fact.ObjectionId],
                Time("answeredAt", fact.AnsweredAt), Time("receivedAt", state.Received[fact.ObjectionId]));
            yield return AnsweredInFuture.If(fact.AnsweredAt > now, Time("answeredAt", fact.AnsweredAt));
        }
    }

    private static Fact Time(string name, DateTimeOffset time) => new(name, TimeConverter.Write(time));
}
