using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Kernel;

namespace Trading.Stages.Changing;

/// <summary>延期公告.</summary>
/// <param name="Lots">All that are out for bids when left out.</param>
public sealed record ExtensionBody(
    Submission Submission, string Reason, OpeningPlan? Opening = null, IReadOnlyList<LotId>? Lots = null) : NoticeBody;

public sealed class ExtendDeadline(Desk desk) : Posting<ExtensionBody, ChangeState>(desk)
{
    public override void Configure() => At(
        "extensions", "延期公告",
        "Puts the deadline off, and with it the opening.",
        new ExtensionBody(
            new Submission(Example.Time("2026-03-30T09:00:00")), "部分图纸补充发布",
            new OpeningPlan(Example.Time("2026-03-30T09:00:00"))));

    protected override Decision Decide(ChangeState state, ExtensionBody body, Filing filing) => Change.Extend(
        state,
        new DeadlineExtended(
            filing.Notice<DeadlineExtended>(state.Standing), state.Out(body.Lots), body.Submission, body.Reason, body.Opening),
        filing.At);
}

public sealed class ExtensionBodyValidator : PostingValidator<ExtensionBody>
{
    public ExtensionBodyValidator() => Body(body =>
    {
        body.RuleFor(b => b.Lots).Lots();
        body.RuleFor(b => b.Submission).SetValidator(new SubmissionValidator());
        body.RuleFor(b => b.Opening!).SetValidator(new OpeningPlanValidator()).When(b => b.Opening is not null);
        body.RuleFor(b => b.Reason).NotEmpty().MaximumLength(Lengths.Prose);
    });
}
