using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Kernel;

namespace Trading.Stages.Ending;

/// <summary>公告撤销.</summary>
public sealed record WithdrawalBody(string Reason) : NoticeBody;

public sealed class WithdrawNotice(Desk desk) : Posting<WithdrawalBody, EndingState>(desk)
{
    public override void Configure() => At(
        "notices/{noticeId:guid}/withdrawal", "公告撤销",
        "Withdraws a notice. It stays readable, marked as withdrawn; the lots it had moved stand where they stood before.",
        new WithdrawalBody("公告内容有误"));

    protected override Decision Decide(EndingState state, WithdrawalBody body, Filing filing) => Ending.Withdraw(
        state, new NoticeWithdrawn(filing.Notice<NoticeWithdrawn>(state.Standing), filing.Addressed("noticeId"), body.Reason), filing.At);
}

public sealed class WithdrawalBodyValidator : PostingValidator<WithdrawalBody>
{
    public WithdrawalBodyValidator() => Body(body => body.RuleFor(b => b.Reason).NotEmpty().MaximumLength(Lengths.Prose));
}
