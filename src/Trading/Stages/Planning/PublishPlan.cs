using System.Text.RegularExpressions;
using FluentValidation;
using Trading.Events;
using Trading.Intake;
using Trading.Kernel;

namespace Trading.Stages.Planning;

/// <summary>招标计划、采购意向: what will be put out, and in which month.</summary>
/// <param name="ExpectedMonth"><c>YYYY-MM</c>.</param>
/// <param name="Summary">采购需求概况、招标内容.</param>
public sealed record PlanBody(string ExpectedMonth, string Summary, Price? Budget = null) : NoticeBody;

public sealed class PublishPlan(Desk desk) : Posting<PlanBody, PlanState>(desk)
{
    public override void Configure() => At(
        "plan", "招标计划、采购意向公开",
        "Publishes the plan of a procedure; in government procurement it is the procurement intention (财库〔2020〕10号).",
        new PlanBody("2026-03", "教学楼施工总承包", Example.Yuan("18500000.00")));

    protected override Decision Decide(PlanState state, PlanBody body, Filing filing) => Plan.Publish(
        state,
        state.Standing.Heading.Category is TradeCategory.Procurement
            ? new ProcurementIntentionPublished(
                filing.Notice<ProcurementIntentionPublished>(state.Standing), body.ExpectedMonth, body.Summary, body.Budget)
            : new PlanPublished(filing.Notice<PlanPublished>(state.Standing), body.ExpectedMonth, body.Summary, body.Budget));
}

public sealed partial class PlanBodyValidator : PostingValidator<PlanBody>
{
    public PlanBodyValidator() => Body(body =>
    {
        body.RuleFor(b => b.ExpectedMonth).Matches(Month()).WithErrorCode("Month");
        body.RuleFor(b => b.Summary).NotEmpty().MaximumLength(Lengths.Prose);
    });

    [GeneratedRegex(@"^20\d\d-(0[1-9]|1[0-2])\z")]
    private static partial Regex Month();
}
