using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Kernel;

namespace Trading.Stages.Changing;

/// <summary>暂停.</summary>
/// <param name="OrderedBy">责令暂停的监督部门.</param>
public sealed record SuspensionBody(string Reason, string? OrderedBy = null) : NoticeBody;

public sealed class SuspendProcedure(Desk desk) : Posting<SuspensionBody, ChangeState>(desk)
{
    public override void Configure() => At(
        "suspension", "暂停公告",
        "Stops the procedure until it is resumed; meanwhile only answers, corrections, withdrawals and its end are recorded.",
        new SuspensionBody("异议核查期间暂停", "示例市住房和城乡建设局"));

    protected override Decision Decide(ChangeState state, SuspensionBody body, Filing filing) => Change.Suspend(
        state, new ProcedureSuspended(filing.Notice<ProcedureSuspended>(state.Standing), body.Reason, body.OrderedBy));
}

public sealed class SuspensionBodyValidator : PostingValidator<SuspensionBody>
{
    public SuspensionBodyValidator() => Body(body =>
    {
        body.RuleFor(b => b.Reason).NotEmpty().MaximumLength(Lengths.Prose);
        body.RuleFor(b => b.OrderedBy).MaximumLength(Lengths.Name);
    });
}
