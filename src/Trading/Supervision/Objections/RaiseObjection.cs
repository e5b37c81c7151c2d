using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Kernel;

namespace Trading.Supervision.Objections;

/// <summary>异议、质疑.</summary>
/// <param name="By">提出人. Not public unless <c>disclosure</c> says so.</param>
/// <param name="Against">招标文件、开标、评标结果.</param>
public sealed record ObjectionBody(Party By, ObjectionTarget Against, DateTimeOffset ReceivedAt, string Summary) : NoticeBody;

public sealed class RaiseObjection(Desk desk) : Posting<ObjectionBody, ObjectionState>(desk)
{
    public override void Configure() => At(
        "objections", "异议、质疑",
        "Records an objection the centre has received. A tender waits for the answer (招标投标法实施条例 第五十四条).",
        new ObjectionBody(Example.Supplier, ObjectionTarget.Evaluation, Example.Time("2026-03-26T10:00:00"), "对第一候选人业绩提出异议"));

    protected override Decision Decide(ObjectionState state, ObjectionBody body, Filing filing) => Objection.Raise(
        state,
        new ObjectionRaised(
            filing.Notice<ObjectionRaised>(state.Standing), filing.NewObjection(), filing.Bidder(body.By), body.Against,
            body.ReceivedAt, body.Summary),
        filing.At);
}

public sealed class ObjectionBodyValidator : PostingValidator<ObjectionBody>
{
    public ObjectionBodyValidator() => Body(body =>
    {
        body.RuleFor(b => b.By).SetValidator(new PartyValidator());
        body.RuleFor(b => b.Summary).NotEmpty().MaximumLength(Lengths.Prose);
    });
}
