using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Kernel;

namespace Trading.Stages.Performing;

/// <summary>验收结果公告.</summary>
public sealed record AcceptanceBody(DateOnly AcceptedOn, AcceptanceResult Result, string? Opinion = null) : NoticeBody;

public sealed class PublishAcceptance(Desk desk) : Posting<AcceptanceBody, PerformanceState>(desk)
{
    public override void Configure() => At(
        "contracts/{contractId:guid}/acceptance", "验收结果公告",
        "Publishes whether what was delivered was accepted. After a rejection there may be another.",
        new AcceptanceBody(Example.Day("2027-04-20"), AcceptanceResult.Accepted, "验收合格"));

    protected override Decision Decide(PerformanceState state, AcceptanceBody body, Filing filing) => Performance.Accept(
        state,
        new AcceptancePublished(
            filing.Notice<AcceptancePublished>(state.Standing), filing.About(filing.Addressed("contractId")), body.AcceptedOn, body.Result,
            body.Opinion),
        LegalTime.DayOf(filing.At));
}

public sealed class AcceptanceBodyValidator : PostingValidator<AcceptanceBody>
{
    public AcceptanceBodyValidator() => Body(body => body.RuleFor(b => b.Opinion).MaximumLength(Lengths.Prose));
}
