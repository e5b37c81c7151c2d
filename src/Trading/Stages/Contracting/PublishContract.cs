using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Kernel;

namespace Trading.Stages.Contracting;

/// <summary>合同公告.</summary>
/// <param name="Number">合同编号.</param>
/// <param name="Value">合同金额.</param>
/// <param name="Period">履约期限.</param>
/// <param name="Subject">主要标的.</param>
/// <param name="Supplies">主要标的, one by one. At most 1000.</param>
/// <param name="Place">履约地点.</param>
public sealed record ContractBody(
    string Number,
    IReadOnlyList<LotId> Lots,
    Party Supplier,
    Price Value,
    DateOnly SignedOn,
    DayRange? Period = null,
    string? Subject = null,
    IReadOnlyList<Supply>? Supplies = null,
    string? Place = null) : NoticeBody;

public sealed class PublishContract(Desk desk) : Posting<ContractBody, ContractState>(desk)
{
    public override void Configure() => At(
        "contracts", "合同公告",
        "Publishes a signed contract over one or several awarded lots. The receipt names its id.",
        new ContractBody(
            "示例-2026-001", [LotId.Parse("001")], Example.Supplier, Example.Yuan("18120535.85"), Example.Day("2026-04-10"),
            new DayRange(Example.Day("2026-04-15"), Example.Day("2027-04-09")), "教学楼施工总承包"));

    protected override Decision Decide(ContractState state, ContractBody body, Filing filing) => Contract.Publish(
        state,
        new ContractPublished(
            filing.Notice<ContractPublished>(state.Standing), filing.NewContract(), body.Number, body.Lots,
            filing.Bidder(body.Supplier), body.Value, body.SignedOn, body.Period, body.Subject, body.Supplies,
            body.Place),
        LegalTime.DayOf(filing.At));
}

public sealed class ContractBodyValidator : PostingValidator<ContractBody>
{
    public ContractBodyValidator() => Body(body =>
    {
        body.RuleFor(b => b.Number).NotEmpty().MaximumLength(100);
        body.RuleFor(b => b.Lots).Lots();
        body.RuleFor(b => b.Supplier).SetValidator(new PartyValidator());
        body.RuleFor(b => b.Subject).MaximumLength(Lengths.Prose);
        body.RuleFor(b => b.Supplies).AtMost(Lengths.Supplies);
        body.RuleForEach(b => b.Supplies).SetValidator(new SupplyValidator());
        body.RuleFor(b => b.Place).MaximumLength(Lengths.Line);
        body.RuleFor(b => b.Period).Must(period => period is null || period.IsOrdered).WithErrorCode("PeriodOrder");
    });
}
