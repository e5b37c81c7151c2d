using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Kernel;

namespace Trading.Stages.Awarding;

/// <summary>中标结果公告、成交公告.</summary>
/// <param name="DecidedAt">确定中标人、成交 之时.</param>
/// <param name="Results">One for each lot: awarded, or failed with the reason.</param>
public sealed record AwardBody(DateTimeOffset DecidedAt, IReadOnlyList<LotResult> Results) : NoticeBody;

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
            ]),
        filing.At);
}

public sealed class AwardBodyValidator : PostingValidator<AwardBody>
{
    public AwardBodyValidator() => Body(body =>
    {
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
        }
    }

    private sealed class FailedValidator : AbstractValidator<LotResult.Failed>
    {
        public FailedValidator() => RuleFor(r => r.Reason).NotEmpty().MaximumLength(Lengths.Prose);
    }
}
