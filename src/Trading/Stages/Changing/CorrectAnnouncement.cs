using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Kernel;

namespace Trading.Stages.Changing;

/// <summary>更正公告.</summary>
/// <param name="Corrects">The notice that was wrong.</param>
/// <param name="Subject">更正事项: 公告、文件、结果.</param>
/// <param name="Submission">The new deadline, when it changes; likewise <paramref name="Opening"/>.</param>
/// <param name="Lots">Whose deadline changes: all that are out for bids when left out.</param>
public sealed record CorrectionBody(
    Guid Corrects,
    CorrectionSubject Subject,
    IReadOnlyList<TextChange> Changes,
    Submission? Submission = null,
    OpeningPlan? Opening = null,
    IReadOnlyList<LotId>? Lots = null) : NoticeBody;

public sealed class CorrectAnnouncement(Desk desk) : Posting<CorrectionBody, ChangeState>(desk)
{
    public override void Configure() => At(
        "corrections", "更正公告",
        "Corrects an earlier notice of the procedure. The earlier one stays readable and names its correction.",
        new CorrectionBody(
            Guid.Parse("01900000-0000-7000-8000-000000000001"), CorrectionSubject.Notice,
            [new TextChange("开标地点", "第一开标室", "第二开标室")]));

    protected override Decision Decide(ChangeState state, CorrectionBody body, Filing filing) => Change.Correct(
        state,
        new AnnouncementCorrected(
            filing.Notice<AnnouncementCorrected>(state.Standing),
            body.Submission is null && body.Opening is null ? body.Lots ?? [] : state.Out(body.Lots),
            body.Corrects, body.Subject, body.Changes, body.Submission, body.Opening),
        filing.At);
}

public sealed class CorrectionBodyValidator : PostingValidator<CorrectionBody>
{
    public CorrectionBodyValidator() => Body(body =>
    {
        body.RuleFor(b => b.Lots).Lots();
        body.RuleFor(b => b.Changes).NotEmpty().AtMost(500);
        body.RuleForEach(b => b.Changes).ChildRules(change =>
        {
            change.RuleFor(c => c.Item).NotEmpty().MaximumLength(Lengths.Line);
            change.RuleFor(c => c.Before).MaximumLength(Lengths.Prose);
            change.RuleFor(c => c.After).MaximumLength(Lengths.Prose);
        });
        body.RuleFor(b => b.Submission!).SetValidator(new SubmissionValidator()).When(b => b.Submission is not null);
        body.RuleFor(b => b.Opening!).SetValidator(new OpeningPlanValidator()).When(b => b.Opening is not null);
    });
}
