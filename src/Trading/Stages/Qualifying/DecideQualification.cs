using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Kernel;

namespace Trading.Stages.Qualifying;

/// <summary>资格审查结果.</summary>
public sealed record QualificationBody(IReadOnlyList<QualificationResult> Results) : NoticeBody;

public sealed class DecideQualification(Desk desk) : Posting<QualificationBody, QualificationState>(desk)
{
    public override void Configure() => At(
        "qualification", "资格审查结果",
        "Publishes who is qualified and, with the reason, who is not.",
        new QualificationBody([new QualificationResult(LotId.Parse("001"), Example.Supplier, QualificationOutcome.Qualified)]));

    protected override Decision Decide(QualificationState state, QualificationBody body, Filing filing) => Qualification.Decide(
        state,
        new QualificationDecided(
            filing.Notice<QualificationDecided>(state.Standing),
            [.. body.Results.Select(result => result with { Bidder = filing.Bidder(result.Bidder) })]));
}

public sealed class QualificationBodyValidator : PostingValidator<QualificationBody>
{
    public QualificationBodyValidator() => Body(body =>
    {
        body.RuleFor(b => b.Results).NotEmpty().AtMost(Lengths.Bidders);
        body.RuleForEach(b => b.Results).ChildRules(result =>
        {
            result.RuleFor(r => r.Bidder).SetValidator(new PartyValidator());
            result.RuleFor(r => r.Reason).MaximumLength(Lengths.Prose);
        });
    });
}
