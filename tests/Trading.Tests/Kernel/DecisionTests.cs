using Trading.Kernel;
using Xunit;

namespace Trading.Tests.Kernel;

public sealed class DecisionTests
{
    private static readonly Rule Forbidding = new("a.b", RuleKind.Unlawful, "法", "错", "wrong");
    private static readonly Rule Warning = new("a.w", RuleKind.Warning, "法", "注意", "mind");
    private static readonly Rule Stage = new("a.s", RuleKind.WrongStage, "法", "阶段", "stage");

    [Fact]
    public void the_first_broken_rule_refuses_and_nothing_after_it_is_looked_at()
    {
        var looked = false;
        IEnumerable<Finding> Findings()
        {
            yield return Stage.If(false);
            yield return Forbidding.If(true, new Fact("days", "2"));
            looked = true;
        }

        var refused = Assert.IsType<Decision.Refused>(Decision.Of(Findings(), "fact"));
        Assert.Equal("a.b", refused.Finding.Rule.Code);
        Assert.Equal("2", Assert.Single(refused.Finding.Facts).Value);
        Assert.False(looked);
    }

    [Fact]
    public void a_warning_is_recorded_with_the_fact()
    {
        var accepted = Assert.IsType<Decision.Accepted>(
            Decision.Of([Stage.If(false), Forbidding.If(false), Warning.If(true), Warning.If(false)], "fact"));

        Assert.Equal("fact", Assert.Single(accepted.Facts));
        Assert.Equal(
            [("a.b", VerdictOutcome.Compliant, Severity.E), ("a.w", VerdictOutcome.Violation, Severity.W)],
            accepted.Verdicts.Select(v => (v.Rule, v.Outcome, v.Severity)));
    }
}
