using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Kernel;

namespace Trading.Stages.Performing;

/// <summary>履约信息.</summary>
public sealed record PerformanceBody(
    PerformanceKind Kind, DateOnly OccurredOn, string Description, Price? Amount = null) : NoticeBody;

public sealed class ReportPerformance(Desk desk) : Posting<PerformanceBody, PerformanceState>(desk)
{
    public override void Configure() => At(
        "contracts/{contractId:guid}/performance", "履约信息",
        "Publishes progress, a payment, the settlement, a delay or the completion of a contract.",
        new PerformanceBody(PerformanceKind.Payment, Example.Day("2026-07-01"), "支付第一期工程款", Example.Yuan("3600000.00")));

    protected override Decision Decide(PerformanceState state, PerformanceBody body, Filing filing) => Performance.Report(
        state,
        new PerformanceReported(
            filing.Notice<PerformanceReported>(state.Standing), filing.About(filing.Addressed("contractId")), body.Kind, body.OccurredOn,
            body.Description, body.Amount),
        LegalTime.DayOf(filing.At));
}

public sealed class PerformanceBodyValidator : PostingValidator<PerformanceBody>
{
    public PerformanceBodyValidator() => Body(body => body.RuleFor(b => b.Description).NotEmpty().MaximumLength(Lengths.Prose));
}
