using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Kernel;

namespace Trading.Stages.Contracting;

/// <summary>合同终止.</summary>
public sealed record ContractTerminationBody(string Reason, DateOnly TerminatedOn) : NoticeBody;

public sealed class TerminateContract(Desk desk) : Posting<ContractTerminationBody, ContractState>(desk)
{
    public override void Configure() => At(
        "contracts/{contractId:guid}/termination", "合同终止公告",
        "Publishes that a contract has ended before its time.",
        new ContractTerminationBody("双方协商解除", Example.Day("2026-10-08")));

    protected override Decision Decide(ContractState state, ContractTerminationBody body, Filing filing) => Contract.Terminate(
        state,
        new ContractTerminated(
            filing.Notice<ContractTerminated>(state.Standing), filing.About(filing.Addressed("contractId")), body.Reason, body.TerminatedOn),
        LegalTime.DayOf(filing.At));
}

public sealed class ContractTerminationBodyValidator : PostingValidator<ContractTerminationBody>
{
    public ContractTerminationBodyValidator() => Body(body => body.RuleFor(b => b.Reason).NotEmpty().MaximumLength(Lengths.Prose));
}
