using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Kernel;

namespace Trading.Supervision.Objections;

/// <summary>异议答复、质疑答复.</summary>
/// <param name="Upheld">异议成立.</param>
public sealed record ObjectionAnswerBody(DateTimeOffset AnsweredAt, string Answer, bool Upheld) : NoticeBody;

public sealed class AnswerObjection(Desk desk) : Posting<ObjectionAnswerBody, ObjectionState>(desk)
{
    public override void Configure() => At(
        "objections/{objectionId:guid}/answer", "异议答复、质疑答复",
        "Records the answer; with the last one given, the tender goes on.",
        new ObjectionAnswerBody(Example.Time("2026-03-27T16:00:00"), "经核实，第一候选人业绩符合招标文件要求。", Upheld: false));

    protected override Decision Decide(ObjectionState state, ObjectionAnswerBody body, Filing filing) => Objection.Answer(
        state,
        new ObjectionAnswered(
            filing.Notice<ObjectionAnswered>(state.Standing), filing.AboutObjection(filing.Addressed("objectionId")), body.AnsweredAt,
            body.Answer, body.Upheld),
        filing.At);
}

public sealed class ObjectionAnswerBodyValidator : PostingValidator<ObjectionAnswerBody>
{
    public ObjectionAnswerBodyValidator() => Body(body => body.RuleFor(b => b.Answer).NotEmpty().MaximumLength(Lengths.Prose));
}
