using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Kernel;

namespace Trading.Stages.Contracting;

/// <summary>合同变更.</summary>
/// <param name="ReasonCode">The centre's own code of the reason.</param>
public sealed record AmendmentBody(
    string ReasonCode, string Reason, IReadOnlyList<FieldChange> Changes, DateOnly SignedOn) : NoticeBody;

public sealed class AmendContract(Desk desk) : Posting<AmendmentBody, ContractState>(desk)
{
    public override void Configure() => At(
        "contracts/{contractId:guid}/amendments", "合同变更公告",
        "Publishes what was changed in a contract, field by field.",
        new AmendmentBody(
            "design-change", "设计变更增加工程量", [new FieldChange("value", "18120535.85", "18520535.85")], Example.Day("2026-08-20")));

    protected override Decision Decide(ContractState state, AmendmentBody body, Filing filing) => Contract.Amend(
        state,
        new ContractAmended(
            filing.Notice<ContractAmended>(state.Standing), filing.About(filing.Addressed("contractId")), body.ReasonCode, body.Reason,
            body.Changes, body.SignedOn),
        LegalTime.DayOf(filing.At));
}

public sealed class AmendmentBodyValidator : PostingValidator<AmendmentBody>
{
    public AmendmentBodyValidator() => Body(body =>
    {
        body.RuleFor(b => b.ReasonCode).NotEmpty().MaximumLength(100);
        body.RuleFor(b => b.Reason).NotEmpty().MaximumLength(Lengths.Prose);
        body.RuleFor(b => b.Changes).NotEmpty().AtMost(200);
        body.RuleForEach(b => b.Changes).ChildRules(change =>
        {
            change.RuleFor(c => c.Field).NotEmpty().MaximumLength(200);
            change.RuleFor(c => c.Before).MaximumLength(Lengths.Prose);
            change.RuleFor(c => c.After).MaximumLength(Lengths.Prose);
        });
    });
}
