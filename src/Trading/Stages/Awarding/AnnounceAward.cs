using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Kernel;

namespace Trading.Stages.Awarding;

/// <summary>中标结果公告、成交公告.</summary>
/// <param name="DecidedAt">确定中标人、成交 之时.</param>
/// <param name="Results">One for each lot: awarded, or failed with the reason.</param>
/// <param name="NoticePeriod">公告期限.</param>
/// <param name="Evaluators">评审专家名单, each by name; 采购人代表 marked as such. At most 99.</param>
/// <param name="ObjectionChannel">提出异议的渠道和方式.</param>
public sealed record AwardBody(
    DateTimeOffset DecidedAt,
    IReadOnlyList<LotResult> Results,
    Period? NoticePeriod = null,
    IReadOnlyList<string>? Evaluators = null,
    string? ObjectionChannel = null) : NoticeBody;

public sealed class AnnounceAward(Desk desk) : Posting<AwardBody, AwardState>(desk)
{
    public override void Configure() => At(
        "awards", "中标结果公告、成交公告",
        "Publishes what became of one or several lots. A failed lot may be announced again.",
        new AwardBody(
            Example.Time("2026-03-30T10:00:00"),
            [new LotResult.Awarded(LotId.Parse("001"), Example.Supplier, Example.Yuan("18120535.85"))]));

    protected override Decision Decide(AwardState state, AwardBody body, Filing filing) => Award.Announce(
        state,
        new AwardAnnounced(
            filing.Notice<AwardAnnounced>(state.Standing), body.DecidedAt,
            [
                .. body.Results.Select(result =>
                    result is LotResult.Awarded awarded ? awarded with { Supplier = filing.Bidder(awarded.Supplier) } : result),
            ],
            body.NoticePeriod, body.Evaluators, body.ObjectionChannel),
        filing.At);
}

public sealed class AwardBodyValidator : PostingValidator<AwardBody>
{
    public AwardBodyValidator() => Body(body =>
    {
        body.RuleFor(b => b.NoticePeriod!).Ordered();
        body.RuleFor(b => b.Evaluators).AtMost(99);
        body.RuleForEach(b => b.Evaluators).NotEmpty().MaximumLength(100);
        body.RuleFor(b => b.ObjectionChannel).MaximumLength(Lengths.Prose);
        body.RuleFor(b => b.Results).NotEmpty().AtMost(Lengths.Lots);
        body.RuleForEach(b => b.Results).SetInheritanceValidator(result =>
        {
            result.Add(new AwardedValidator());
            result.Add(new FailedValidator());
        });
    });

    private sealed class AwardedValidator : AbstractValidator<LotResult.Awarded>
    {
        public AwardedValidator()
        {
            RuleFor(r => r.Supplier).SetValidator(new PartyValidator());
            RuleFor(r => r.Reason).MaximumLength(Lengths.Prose);
            RuleFor(r => r.Supplies).AtMost(Lengths.Supplies);
            RuleForEach(r => r.Supplies).SetValidator(new SupplyValidator());
            RuleFor(r => r.Payment).MaximumLength(Lengths.Prose);
        }
    }

    private sealed class FailedValidator : AbstractValidator<LotResult.Failed>
    {
        public FailedValidator() => RuleFor(r => r.Reason).NotEmpty().MaximumLength(Lengths.Prose);
    }
}
