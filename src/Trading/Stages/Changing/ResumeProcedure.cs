using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Kernel;

namespace Trading.Stages.Changing;

/// <summary>恢复.</summary>
/// <param name="OrderedBy">通知恢复的监督部门.</param>
public sealed record ResumptionBody(string Reason, string? OrderedBy = null) : NoticeBody;

public sealed class ResumeProcedure(Desk desk) : Posting<ResumptionBody, ChangeState>(desk)
{
    public override void Configure() => At(
        "resumption", "恢复公告", "Takes a suspended procedure up again.", new ResumptionBody("核查完毕，恢复招标活动"));

    protected override Decision Decide(ChangeState state, ResumptionBody body, Filing filing) => Change.Resume(
        state, new ProcedureResumed(filing.Notice<ProcedureResumed>(state.Standing), body.Reason, body.OrderedBy));
}

public sealed class ResumptionBodyValidator : PostingValidator<ResumptionBody>
{
    public ResumptionBodyValidator() => Body(body =>
    {
        body.RuleFor(b => b.Reason).NotEmpty().MaximumLength(Lengths.Prose);
        body.RuleFor(b => b.OrderedBy).MaximumLength(Lengths.Name);
    });
}
