using System.Text.Json;
using System.Text.Json.Nodes;
using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using Trading.Law;
using Trading.Law.Packs;
using Trading.Tests.Harness;
using Xunit;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Docket;

/// <summary>Complete notices of every category, method and kind, and each without one of its items.</summary>
public sealed partial class CompletenessTests
{
    public static TheoryData<TradeCategory> Categories => [.. Enum.GetValues<TradeCategory>()];

    [Theory, MemberData(nameof(Categories))]
    public void a_complete_notice_lacks_nothing(TradeCategory category) => AssertNone(
        from method in Enum.GetValues<ProcedureMethod>()
        let standing = StandingOf(category, method)
        from notice in CompleteNotices.Of(category, method)
        from finding in Completeness.Findings(Lawbook.Embedded, standing, notice)
        select $"{method} {Catalogue.Of(notice).WireName}: {finding.Rule.Code} {string.Join(", ", finding.Facts)}");

    [Theory, MemberData(nameof(Categories))]
    public void without_an_item_a_notice_draws_the_one_verdict_that_names_it(TradeCategory category) => AssertNone(
        from spoilt in Spoilt(category)
        let told = Completeness.Findings(Lawbook.Embedded, spoilt.Standing, spoilt.Notice)
            .Select(finding => $"{finding.Rule.Code} {finding.Rule.Severity} {finding.Rule.Kind} {finding.Outcome} {finding.Rule.Explanation.Zh}")
        where !told.SequenceEqual([Expected(spoilt.Rule)])
        select $"{spoilt.Method} {Catalogue.Of(spoilt.Notice).WireName} without {spoilt.Rule.Id}: {string.Join("; ", told)}");

    [Fact]
    public void no_rule_is_left_out() => Assert.Equal(
        Lawbook.Embedded.Contents.SelectMany(rule => rule.Notices.Select(notice => $"{rule.Id} {notice}")).Order(StringComparer.Ordinal),
        Enum.GetValues<TradeCategory>().SelectMany(Spoilt).Select(spoilt => $"{spoilt.Rule.Id} {Catalogue.Of(spoilt.Notice).WireName}").Distinct().Order(StringComparer.Ordinal));

    private static IEnumerable<(ProcedureMethod Method, ContentRule Rule, Standing Standing, INoticed Notice)> Spoilt(TradeCategory category) =>
        from method in Enum.GetValues<ProcedureMethod>()
        let standing = StandingOf(category, method)
        from notice in CompleteNotices.Of(category, method)
        from rule in Lawbook.Embedded.InForce(notice.GetType(), category, notice.Notice.Heading.Region, new DateOnly(2026, 3, 2))
        where rule.Governs(method, statutory: true)
        select (method, rule, standing, Without(notice, rule.Items));

    private static Standing StandingOf(TradeCategory category, ProcedureMethod method) => Folded<Standing>(CompleteNotices.Registration(category, method));

    private static string Expected(ContentRule rule) =>
        $"{rule.Id} {rule.Severity} {(rule.Severity is Severity.E ? RuleKind.Unlawful : RuleKind.Warning)} Violation 公告缺少：{rule.Name.Zh}（{rule.Citation}）。";

    /// <summary>The notice without what stands at these places; of lists the first element is spoilt.</summary>
    private static INoticed Without(INoticed notice, IEnumerable<ContentPath> items)
    {
        var json = JsonNode.Parse(Stored.Json(notice))!;
        foreach (var item in items)
        {
            var steps = item.ToString()[1..].Split('/');
            var at = steps[..^1].Aggregate(json, (node, step) => (step is "*" ? node[0] : node[step])!);
            Assert.True(at.AsObject().Remove(steps[^1]), $"{Catalogue.Of(notice).WireName} has no {item}");
        }

        return (INoticed)json.Deserialize(notice.GetType(), WireJson.Stored)!;
    }

    private static void AssertNone(IEnumerable<string> offenders) => Assert.True(!offenders.Any(), string.Join(Environment.NewLine, offenders));
}
