using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Kernel;

namespace Trading.Stages.Announcing;

/// <summary>资格预审公告.</summary>
/// <param name="Lots">All that are not out when left out.</param>
/// <param name="Submission">Until when applications are handed in.</param>
/// <param name="Opening">When applications are opened.</param>
/// <param name="NoticePeriod">公告期限.</param>
public sealed record PrequalificationBody(
    IReadOnlyList<LotId>? Lots = null,
    Documents? Documents = null,
    Submission? Submission = null,
    OpeningPlan? Opening = null,
    string? Qualification = null,
    bool? ConsortiumAllowed = null,
    string? ObjectionChannel = null,
    Period? NoticePeriod = null) : NoticeBody;

public sealed class AnnouncePrequalification(Desk desk) : Posting<PrequalificationBody, AnnouncementState>(desk)
{
    public override void Configure() => At(
        "prequalification", "资格预审公告",
        "Invites applications to take part; the announcement proper follows.",
        new PrequalificationBody(
            [LotId.Parse("001")],
            new Documents(Example.Time("2026-02-02T08:00:00"), Example.Time("2026-02-09T17:00:00"), "在交易系统下载"),
            new Submission(Example.Time("2026-02-24T09:00:00"), "在交易系统上传"),
            Qualification: "具备建筑工程施工总承包二级及以上资质"));

    protected override Decision Decide(AnnouncementState state, PrequalificationBody body, Filing filing) => Announcement.Prequalify(
        state,
        new PrequalificationAnnounced(
            filing.Notice<PrequalificationAnnounced>(state.Standing), state.FirstCall(body.Lots), state.Standing.Initiator,
            state.Standing.Agency, body.Documents, body.Submission, body.Opening, body.Qualification, body.ConsortiumAllowed,
            body.ObjectionChannel, body.NoticePeriod),
        filing.At);
}

public sealed class PrequalificationBodyValidator : PostingValidator<PrequalificationBody>
{
    public PrequalificationBodyValidator() => Body(body =>
    {
        body.RuleFor(b => b.Lots).Lots();
        body.RuleFor(b => b.Documents!).SetValidator(new DocumentsValidator()).When(b => b.Documents is not null);
        body.RuleFor(b => b.Submission!).SetValidator(new SubmissionValidator()).When(b => b.Submission is not null);
        body.RuleFor(b => b.Opening!).SetValidator(new OpeningPlanValidator()).When(b => b.Opening is not null);
        body.RuleFor(b => b.Qualification).MaximumLength(Lengths.Prose);
        body.RuleFor(b => b.ObjectionChannel).MaximumLength(Lengths.Prose);
        body.RuleFor(b => b.NoticePeriod!).Ordered();
    });
}
