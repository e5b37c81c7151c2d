using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Kernel;

namespace Trading.Stages.Announcing;

/// <summary>单一来源采购公示.</summary>
/// <param name="Supplier">拟定的唯一供应商.</param>
/// <param name="Opinions">专业人员论证意见.</param>
/// <param name="Lots">All that are not out when left out.</param>
public sealed record SoleSourceBody(
    Party Supplier, string Grounds, IReadOnlyList<string> Opinions, Period Publicity, IReadOnlyList<LotId>? Lots = null) : NoticeBody;

public sealed class ProposeSoleSource(Desk desk) : Posting<SoleSourceBody, AnnouncementState>(desk)
{
    public override void Configure() => At(
        "sole-source", "单一来源采购公示",
        "Proposes the only supplier to the public (政府采购法实施条例 第三十八条).",
        new SoleSourceBody(
            Example.Supplier, "须与原有系统配套", ["该系统由原供应商独家开发，建议采用单一来源方式采购。"],
            new Period(Example.Time("2026-03-02T08:00:00"), Example.Time("2026-03-09T17:00:00"))));

    protected override Decision Decide(AnnouncementState state, SoleSourceBody body, Filing filing) => Announcement.ProposeSoleSource(
        state,
        new SoleSourcePublicised(
            filing.Notice<SoleSourcePublicised>(state.Standing), state.FirstCall(body.Lots), state.Standing.Initiator,
            filing.Bidder(body.Supplier), body.Grounds, body.Opinions, body.Publicity, state.Standing.Agency),
        filing.At);
}

public sealed class SoleSourceBodyValidator : PostingValidator<SoleSourceBody>
{
    public SoleSourceBodyValidator() => Body(body =>
    {
        body.RuleFor(b => b.Lots).Lots();
        body.RuleFor(b => b.Supplier).SetValidator(new PartyValidator());
        body.RuleFor(b => b.Grounds).NotEmpty().MaximumLength(Lengths.Prose);
        body.RuleFor(b => b.Opinions).AtMost(50);
        body.RuleForEach(b => b.Opinions).NotEmpty().MaximumLength(Lengths.Prose);
        body.RuleFor(b => b.Publicity).Ordered();
    });
}
