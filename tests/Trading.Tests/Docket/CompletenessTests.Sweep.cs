using System.Text.Json;
using System.Text.Json.Nodes;
using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using Trading.Law;
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
        from method in Enum.GetValues<ProcedureMethod>()
        let standing = StandingOf(category, method)
        from notice in CompleteNotices.Of(category, method)
        from rule in Lawbook.Embedded.InForce(notice.GetType(), category, notice.Notice.Heading.Region, new DateOnly(2026, 3, 2))
        where rule.Scope.Governs(method, statutory: true)
        let told = Told(standing, Without(notice, rule.Items.Select(item => item.ToString())))
        where !told.SequenceEqual([Verdict(rule.Id, rule.Severity, rule.Name.Zh, rule.Citation)])
        select $"{method} {Catalogue.Of(notice).WireName} without {rule.Id}: {string.Join("; ", told)}");

    /// <summary>The same from a table, so that a pack that asks the wrong member is found.</summary>
    [Fact]
    public void every_row_of_the_table_draws_its_verdict() => AssertNone(
        from row in Table
        let told = Told(StandingOf(row.Category, row.Method), Without(CompleteNotices.Of(row.Category, row.Method).Single(n => Catalogue.Of(n).WireName == row.Notice), row.Without))
        where told.Count is not 1 || !told[0].StartsWith(Verdict(row.Id, row.Severity, row.Named, ""), StringComparison.Ordinal)
        select $"{row.Id} {row.Notice}: {string.Join("; ", told)}");

    [Fact]
    public void every_rule_has_its_rows_and_every_row_its_rule() => Assert.Equal(
        Lawbook.Embedded.Contents.SelectMany(rule => rule.Notices.Select(notice => $"{rule.Id} {notice}")).Order(StringComparer.Ordinal),
        Table.Select(row => $"{row.Id} {row.Notice}").Order(StringComparer.Ordinal));

    private static IEnumerable<(string Id, Severity Severity, TradeCategory Category, ProcedureMethod Method, string Notice, string[] Without, string Named)> Table =>
        from line in File.ReadLines(Repository.PathOf("tests", "Trading.Tests", "Law", "Packs", "contents.csv"))
        where line[0] is not '#' && !line.StartsWith("id,", StringComparison.Ordinal)
        let cells = line.Split(',')
        select (cells[0], Enum.Parse<Severity>(cells[1]), Enum.Parse<TradeCategory>(cells[2], ignoreCase: true), Enum.Parse<ProcedureMethod>(cells[3], ignoreCase: true), cells[4], cells[5].Split(' '), cells[6]);

    private static List<string> Told(Standing standing, INoticed notice) =>
    [
        .. Completeness.Findings(Lawbook.Embedded, standing, notice)
            .Select(finding => $"{finding.Rule.Code} {finding.Rule.Severity} {finding.Rule.Kind} {finding.Outcome} {finding.Rule.Explanation.Zh}"),
    ];

    private static string Verdict(string id, Severity severity, string named, string citation) =>
        $"{id} {severity} {(severity is Severity.E ? RuleKind.Unlawful : RuleKind.Warning)} Violation 公告缺少：{named}（" + (citation is "" ? "" : $"{citation}）。");

    private static Standing StandingOf(TradeCategory category, ProcedureMethod method) => Folded<Standing>(CompleteNotices.Registration(category, method));

    /// <summary>The notice without what stands at these places; of lists the first element is spoilt.</summary>
    private static INoticed Without(INoticed notice, IEnumerable<string> items)
    {
        var json = JsonNode.Parse(Stored.Json(notice))!;
        foreach (var item in items)
        {
            var steps = item[1..].Split('/');
            var at = steps[..^1].Aggregate(json, (node, step) => (step is "*" ? node[0] : node[step])!);
            Assert.True(at.AsObject().Remove(steps[^1]), $"{Catalogue.Of(notice).WireName} has no {item}");
        }

        return (INoticed)json.Deserialize(notice.GetType(), WireJson.Stored)!;
    }

    private static void AssertNone(IEnumerable<string> offenders) => Assert.True(!offenders.Any(), string.Join(Environment.NewLine, offenders));
}
