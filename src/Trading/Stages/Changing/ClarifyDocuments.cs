using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Kernel;

namespace Trading.Stages.Changing;

/// <summary>澄清、修改.</summary>
/// <param name="AffectsBidPreparation">可能影响投标文件编制.</param>
/// <param name="Submission">The new deadline, when it changes; likewise <paramref name="Opening"/>.</param>
/// <param name="Lots">All that are out for bids when left out.</param>
public sealed record ClarificationBody(
    string Content,
    bool AffectsBidPreparation,
    Submission? Submission = null,
    OpeningPlan? Opening = null,
    IReadOnlyList<LotId>? Lots = null) : NoticeBody;

public sealed class ClarifyDocuments(Desk desk) : Posting<ClarificationBody, ChangeState>(desk)
{
    public override void Configure() => At(
        "clarifications", "澄清、修改",
        "Says more, or something else, than the documents did; may set a later deadline.",
        new ClarificationBody("工程量清单第12项数量更正为1200平方米。", AffectsBidPreparation: false, Lots: [LotId.Parse("001")]));

    protected override Decision Decide(ChangeState state, ClarificationBody body, Filing filing) => Change.Clarify(
        state,
        new DocumentsClarified(
            filing.Notice<DocumentsClarified>(state.Standing), state.Out(body.Lots), body.Content, body.AffectsBidPreparation,
            body.Submission, body.Opening),
        filing.At);
}

public sealed class ClarificationBodyValidator : PostingValidator<ClarificationBody>
{
    public ClarificationBodyValidator() => Body(body =>
    {
        body.RuleFor(b => b.Lots).Lots();
        body.RuleFor(b => b.Content).NotEmpty().MaximumLength(Lengths.Prose);
        body.RuleFor(b => b.Submission!).SetValidator(new SubmissionValidator()).When(b => b.Submission is not null);
        body.RuleFor(b => b.Opening!).SetValidator(new OpeningPlanValidator()).When(b => b.Opening is not null);
    });
}
