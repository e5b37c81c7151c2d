using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Kernel;

namespace Trading.Stages.Announcing;

/// <summary>招标公告、采购公告、出让公告、挂牌披露.</summary>
/// <param name="Lots">All that may be announced when left out.</param>
/// <param name="Documents">获取文件的时间、方式; money in 元.</param>
/// <param name="Submission">递交截止时间、方式.</param>
/// <param name="Opening">开标时间、地点.</param>
/// <param name="Qualification">投标人资格要求.</param>
/// <param name="ConsortiumAllowed">是否接受联合体.</param>
/// <param name="CeilingPrice">最高投标限价.</param>
/// <param name="EvaluationMethod">评标办法.</param>
/// <param name="ObjectionChannel">提出异议的渠道和方式.</param>
/// <param name="Parcel">宗地、矿区; land and mineral rights.</param>
/// <param name="Bidding">招拍挂 times and prices; land and mineral rights.</param>
/// <param name="Listing">挂牌披露 period and floor price; state property and the rest.</param>
/// <param name="NoticePeriod">公告期限.</param>
/// <param name="Display">拍卖标的的展示.</param>
/// <param name="Risks">风险提示; mineral rights.</param>
public sealed record AnnouncementBody(
    IReadOnlyList<LotId>? Lots = null,
    Documents? Documents = null,
    Submission? Submission = null,
    OpeningPlan? Opening = null,
    string? Qualification = null,
    bool? ConsortiumAllowed = null,
    Price? CeilingPrice = null,
    string? EvaluationMethod = null,
    string? ObjectionChannel = null,
    Parcel? Parcel = null,
    Bidding? Bidding = null,
    Listing? Listing = null,
    Period? NoticePeriod = null,
    Display? Display = null,
    string? Risks = null) : NoticeBody;

public sealed class PublishAnnouncement(Desk desk) : Posting<AnnouncementBody, AnnouncementState>(desk)
{
    public override void Configure() => At(
        "announcement", "招标公告、采购公告、出让公告、挂牌披露",
        "Puts lots out. A lot that failed may be announced again; its round is counted.",
        new AnnouncementBody(
            [LotId.Parse("001")],
            new Documents(Example.Time("2026-03-02T08:00:00"), Example.Time("2026-03-20T17:00:00"), "在交易系统下载"),
            new Submission(Example.Time("2026-03-23T09:00:00"), "在交易系统上传"),
            new OpeningPlan(Example.Time("2026-03-23T09:00:00"), "示例市公共资源交易中心第一开标室"),
            "具备建筑工程施工总承包二级及以上资质", ConsortiumAllowed: false,
            Example.Yuan("18500000.00"), "综合评估法", "向招标人书面提出"));

    protected override Decision Decide(AnnouncementState state, AnnouncementBody body, Filing filing) => Announcement.Publish(
        state,
        new AnnouncementPublished(
            filing.Notice<AnnouncementPublished>(state.Standing), state.NextRound(body.Lots), state.Standing.Initiator,
            state.Standing.Agency, body.Documents, body.Submission, body.Opening, body.Qualification, body.ConsortiumAllowed,
            body.CeilingPrice, body.EvaluationMethod, body.ObjectionChannel, body.Parcel, body.Bidding, body.Listing, body.NoticePeriod,
            body.Display, body.Risks),
        filing.At);
}

public sealed class AnnouncementBodyValidator : PostingValidator<AnnouncementBody>
{
    public AnnouncementBodyValidator() => Body(body =>
    {
        body.RuleFor(b => b.Lots).Lots();
        body.RuleFor(b => b.Documents!).SetValidator(new DocumentsValidator()).When(b => b.Documents is not null);
        body.RuleFor(b => b.Submission!).SetValidator(new SubmissionValidator()).When(b => b.Submission is not null);
        body.RuleFor(b => b.Opening!).SetValidator(new OpeningPlanValidator()).When(b => b.Opening is not null);
        body.RuleFor(b => b.Qualification).MaximumLength(Lengths.Prose);
        body.RuleFor(b => b.EvaluationMethod).MaximumLength(Lengths.Prose);
        body.RuleFor(b => b.ObjectionChannel).MaximumLength(Lengths.Prose);
        body.RuleFor(b => b.Parcel!.Number).NotEmpty().MaximumLength(100).When(b => b.Parcel is not null);
        body.RuleFor(b => b.Parcel!.Area!.Value).Decimal().When(b => b.Parcel?.Area is not null);
        body.RuleFor(b => b.Bidding!.Until).GreaterThan(b => b.Bidding!.From).When(b => b.Bidding is not null);
        body.RuleFor(b => b.Listing!.Until).GreaterThan(b => b.Listing!.From).When(b => b.Listing is not null);
        body.RuleFor(b => b.NoticePeriod!).Ordered();
        body.RuleFor(b => b.Display!.Until).GreaterThan(b => b.Display!.From).When(b => b.Display is not null);
        body.RuleFor(b => b.Display!.Place).MaximumLength(Lengths.Line).When(b => b.Display is not null);
        body.RuleFor(b => b.Risks).MaximumLength(Lengths.Prose);
    });
}
