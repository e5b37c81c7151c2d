using Trading.Events;
using Trading.Kernel;
using Trading.Supervision.Objections;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Supervision.Objections;

public sealed class AnswerObjectionTests
{
    private static readonly object[] Waiting = [Registered(), Objected()];

    [Fact]
    public void records_the_answer_also_while_suspended_and_after_the_end() =>
        Given<ObjectionState>([.. Waiting, Suspended(), Terminated(TerminationKind.Terminated, L1, L2, L3)]).When(Answer(Answered())).Then(Answered())
            .ThenWarned().Keeping("objection.answered-before-received", "objection.answered-in-future");

    [Fact]
    public void refuses_an_unknown_objection() =>
        Given<ObjectionState>(Registered()).When(Answer(Answered())).ThenRefused("objection.unknown");

    [Fact]
    public void refuses_to_answer_twice() =>
        Given<ObjectionState>([.. Waiting, Answered()]).When(Answer(Answered())).ThenRefused("objection.already-answered");

    [Fact]
    public void answers_one_of_two() =>
        Given<ObjectionState>([.. Waiting, Objected() with { ObjectionId = Id(902) }, Answered()])
            .When(Answer(Answered() with { ObjectionId = Id(902) })).Then(Answered() with { ObjectionId = Id(902) });

    [Fact]
    public void an_answer_is_not_older_than_the_objection()
    {
        var received = Objected().ReceivedAt;

        Given<ObjectionState>(Waiting).When(Answer(Answered() with { AnsweredAt = received })).Then(Answered() with { AnsweredAt = received });
        Given<ObjectionState>(Waiting).When(Answer(Answered() with { AnsweredAt = received.AddSeconds(-1) }))
            .ThenRefused("objection.answered-before-received");
    }

    [Fact]
    public void refuses_an_answer_of_the_future() =>
        Given<ObjectionState>(Waiting).When(Answer(Answered() with { AnsweredAt = Later.AddSeconds(1) })).ThenRefused("objection.answered-in-future");

    private static Func<ObjectionState, Decision> Answer(ObjectionAnswered fact) => state => Objection.Answer(state, fact, Later);
}
