using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Kernel;

namespace Trading.Stages.Awarding;

/// <summary>中标无效、成交取消.</summary>
public sealed record AwardCancellationBody(LotId LotId, string Reason) : NoticeBody;

public sealed class CancelAward(Desk desk) : Posting<AwardCancellationBody, AwardState>(desk)
{
    public override void Configure() => At(
        "award-cancellations", "成交结果取消公告",
        "Takes an award back before a contract is signed; the lot stands where it stood before.",
        new AwardCancellationBody(LotId.Parse("001"), "中标人放弃中标"));

    protected override Decision Decide(AwardState state, AwardCancellationBody body, Filing filing) => Award.Cancel(
        state, new AwardCancelled(filing.Notice<AwardCancelled>(state.Standing), body.LotId, body.Reason));
}

public sealed class AwardCancellationBodyValidator : PostingValidator<AwardCancellationBody>
{
    public AwardCancellationBodyValidator() => Body(body => body.RuleFor(b => b.Reason).NotEmpty().MaximumLength(Lengths.Prose));
}
