using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Kernel;

namespace Trading.Stages.Ending;

/// <summary>办结.</summary>
public sealed record ClosureBody(string? Reason = null) : NoticeBody;

public sealed class CloseProcedure(Desk desk) : Posting<ClosureBody, EndingState>(desk)
{
    public override void Configure() => At(
        "closure", "办结", "Closes a procedure all of whose lots have their contract or have ended.", new ClosureBody("全部标段已签订合同并履约完毕"));

    protected override Decision Decide(EndingState state, ClosureBody body, Filing filing) => Ending.Close(
        state, new ProcedureClosed(filing.Notice<ProcedureClosed>(state.Standing), body.Reason));
}

public sealed class ClosureBodyValidator : PostingValidator<ClosureBody>
{
    public ClosureBodyValidator() => Body(body => body.RuleFor(b => b.Reason).MaximumLength(Lengths.Prose));
}
