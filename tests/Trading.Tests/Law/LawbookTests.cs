using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using Trading.Kernel;
using Trading.Law;
using Trading.Law.Packs;
using Trading.Tests.Harness;
using Trading.Tests.Law.Packs;
using Xunit;

namespace Trading.Tests.Law;

public sealed partial class LawbookTests
{
    private static readonly RegionCode Yichang = RegionCode.Parse("420500"), Xiling = RegionCode.Parse("420502"), Zhangjiajie = RegionCode.Parse("430802");

    /// <summary>How many rules of time each field of law has; a number may have variants with a letter.</summary>
    private static readonly Dictionary<string, int> Numbered = new() { ["T"] = 31, ["G"] = 28, ["L"] = 9, ["M"] = 4, ["P"] = 15, ["D"] = 13, ["A"] = 2 };

    [Fact]
    public void every_rule_is_in_or_listed_with_the_reason_why_it_is_not()
    {
        var law = Lawbook.Embedded;
        var found = law.Provisions.Select(p => p.Id).Concat(law.Packs.SelectMany(pack => pack.Unexpressed ?? []).Select(u => u.Id))
            .Where(id => id.StartsWith("R-", StringComparison.Ordinal)).Select(id => RuleNumber().Match(id).Value).ToHashSet();

        Assert.Equal(
            Numbered.SelectMany(field => Enumerable.Range(1, field.Value).Select(number => string.Create(CultureInfo.InvariantCulture, $"R-{field.Key}-{number:00}"))).Order(StringComparer.Ordinal),
            found.Order(StringComparer.Ordinal));
        Assert.Empty(law.Provisions.Concat<PackRule>(law.Contents).Select(rule => rule.Id).Intersect(law.Packs.SelectMany(pack => pack.Unexpressed ?? []).Select(u => u.Id)));
    }

    [Fact]
    public void a_rule_that_was_not_checked_says_so()
    {
        Assert.Equal(Provenance.Checked, Rule(Lawbook.Embedded, "R-T-03").Provenance);
        Assert.Equal(Provenance.Unchecked, Rule(Lawbook.Embedded, "R-M-01").Provenance);
    }

    [Theory]
    [InlineData("2009-06-01", 20)]
    [InlineData("2024-12-31", 20)]
    [InlineData("2025-01-01", 25)]
    public void the_version_of_the_day_counts(string day, int value)
    {
        var law = With("""{"id":"R-X-1","value":20,"validTo":"2024-12-31"}""", """{"id":"R-X-1","value":25,"validFrom":"2025-01-01"}""");

        Assert.Equal(value, InForce(law, Yichang, day, "R-X-1")!.Limit.Term!.Count);
    }

    [Fact]
    public void before_its_first_day_and_after_its_last_a_rule_is_not_in_force()
    {
        var law = With("""{"id":"R-X-1","validFrom":"2025-01-01","validTo":"2025-12-31"}""");

        Assert.Null(InForce(law, Yichang, "2024-12-31", "R-X-1"));
        Assert.NotNull(InForce(law, Yichang, "2025-12-31", "R-X-1"));
        Assert.Null(InForce(law, Yichang, "2026-01-01", "R-X-1"));
    }

    [Fact]
    public void the_narrowest_jurisdiction_counts()
    {
        var law = With(
            """{"id":"R-T-03","value":21,"jurisdiction":"42"}""", """{"id":"R-T-03","value":22,"jurisdiction":"4205"}""", """{"id":"R-T-03","value":23,"jurisdiction":"420502"}""");

        Assert.Equal(23, InForce(law, Xiling, "2026-03-02", "R-T-03")!.Limit.Term!.Count);
        Assert.Equal(22, InForce(law, Yichang, "2026-03-02", "R-T-03")!.Limit.Term!.Count);
        Assert.Equal(20, InForce(law, Zhangjiajie, "2026-03-02", "R-T-03")!.Limit.Term!.Count);
    }

    [Fact]
    public void what_is_recorded_is_stamped_with_the_packs_that_have_a_say()
    {
        var law = With("""{"id":"R-T-03","jurisdiction":"4205"}""");

        Assert.Equal("cn-auction@2026.2 cn-disclosure@2026.1 cn-engineering@2026.2 local@1", law.StampOf(TradeCategory.Engineering, Xiling));
        Assert.Equal("cn-auction@2026.2 cn-disclosure@2026.1 cn-land@2026.2", law.StampOf(TradeCategory.Land, Zhangjiajie));
    }

    [Fact]
    public void what_a_rule_said_is_known_of_the_packs_that_are_loaded_in_the_version_they_have()
    {
        var law = With("""{"id":"R-X-1","validTo":"2024-12-31"}""", """{"id":"R-X-1","validFrom":"2025-01-01"}""", """{"id":"R-X-2","jurisdiction":"43"}""");
        var rule = law.Provisions.First(p => p.Id is "R-X-1");

        Assert.Equal(rule.Explanation, law.WordingOf("R-X-1", rule.Citation, Yichang, ["cn-engineering@2026.2", "local@1"]));
        Assert.Null(law.WordingOf("R-X-1", rule.Citation, Yichang, ["local@2"]));
        Assert.Null(law.WordingOf("R-X-1", "示例法 第九条", Yichang, ["local@1"]));
        Assert.Null(law.WordingOf("R-X-2", rule.Citation, Yichang, ["local@1"]));
        Assert.Null(With(
            """{"id":"R-X-1","validTo":"2024-12-31"}""", """{"id":"R-X-1","validFrom":"2025-01-01","explanation":{"zh":"另一说法","en":"Other words"}}""")
            .WordingOf("R-X-1", rule.Citation, Yichang, ["local@1"]));
    }

    [Fact]
    public void says_everything_that_is_wrong_at_once()
    {
        var pack = PackReaderTests.Pack();
        pack["rules"]![0]!["value"] = 0;

        var message = Assert.Throws<ValidationException>(() => Lawbook.Read([("local.json", pack.ToJsonString())], [("2027.csv", "2027")])).Message;

        Assert.Contains("local.json, rule X-1: value", message, StringComparison.Ordinal);
        Assert.Contains("2027.csv: line 1", message, StringComparison.Ordinal);
    }

    [Fact]
    public void a_calendar_can_be_added() =>
        Assert.Equal(2027, Lawbook.Read([], [("2027.csv", "year,off,on,unknown\n2027,01-01,,\n")]).Calendar.Years.Last());

    [Fact]
    public void the_packs_of_the_documentation_are_read()
    {
        var written = Block().Matches(File.ReadAllText(Repository.PathOf("ops", "rules.md"))).Select(block => block.Groups[1].Value).ToList();

        Assert.Equal(2, written.Count);
        Assert.All(written, pack => Assert.Contains(Lawbook.Read([("yichang.json", pack)], []).Packs, read => read.Id is "yichang"));
    }

    [Fact]
    public void a_pack_takes_the_place_of_the_one_of_its_id_and_the_others_stay()
    {
        var law = With("""{"id":"R-T-03","value":25,"jurisdiction":"4205"}""");
        var other = law.With([("other.json", Pack("""{"id":"R-T-03","value":30,"jurisdiction":"4205"}""").Replace("\"version\":\"1\"", "\"version\":\"0\"", StringComparison.Ordinal))], []);

        Assert.Equal(30, InForce(other, Yichang, "2026-03-02", "R-T-03")!.Limit.Term!.Count);
        Assert.Equal("local@0", InForce(other, Yichang, "2026-03-02", "R-T-03")!.Pack.ToString());
        Assert.Equal(20, InForce(other, Zhangjiajie, "2026-03-02", "R-T-03")!.Limit.Term!.Count);
        Assert.Equal(law.Packs.Count, other.Packs.Count);
        Assert.Equal(25, InForce(law, Yichang, "2026-03-02", "R-T-03")!.Limit.Term!.Count);
        Assert.Equal(25, InForce(law.With([], []), Yichang, "2026-03-02", "R-T-03")!.Limit.Term!.Count);
    }

    [Fact]
    public void what_is_wrong_with_a_pack_that_comes_later_is_told_of_its_file() => Assert.Equal(
        "/packs/0, rule R-T-03: in force at the same time and place as in pack cn-engineering.",
        Assert.Throws<ValidationException>(() => Lawbook.Embedded.With([("/packs/0", Pack("""{"id":"R-T-03"}"""))], [])).Message);

    /// <summary>The law with a pack of these rules for engineering, each with what it says beside the usual.</summary>
    internal static Lawbook With(params string[] rules) => Lawbook.Read([("local.json", Pack(rules))], []);

    /// <summary>The pack of these rules.</summary>
    internal static string Pack(params string[] rules)
    {
        var pack = PackReaderTests.Pack();
        var usual = pack["rules"]![0]!;
        pack["rules"] = new System.Text.Json.Nodes.JsonArray([.. rules.Select(text =>
        {
            var rule = usual.DeepClone().AsObject();
            rule.Remove("validFrom");
            (rule["from"], rule["to"], rule["unit"]) = ("documents-from", "submission-deadline", "calendar-day");
            rule["categories"] = new System.Text.Json.Nodes.JsonArray("engineering");
            foreach (var (member, value) in System.Text.Json.Nodes.JsonNode.Parse(text)!.AsObject()) rule[member] = value!.DeepClone();
            return rule;
        })]);
        return pack.ToJsonString();
    }

    /// <summary>The law with a pack of these rules of contents for engineering's candidates, each with what it says beside the usual.</summary>
    internal static Lawbook WithContents(params string[] rules)
    {
        var pack = PackReaderTests.Pack();
        var usual = pack["contents"]![0]!;
        pack["contents"] = new System.Text.Json.Nodes.JsonArray([.. rules.Select(text =>
        {
            var rule = usual.DeepClone().AsObject();
            rule.Remove("when");
            foreach (var (member, value) in System.Text.Json.Nodes.JsonNode.Parse(text)!.AsObject()) rule[member] = value!.DeepClone();
            return rule;
        })]);
        return Lawbook.Read([("local.json", pack.ToJsonString())], []);
    }

    private static Provision? InForce(Lawbook law, RegionCode region, string day, string id) =>
        law.InForce(TradeCategory.Engineering, region, DateOnly.Parse(day, null)).SingleOrDefault(p => p.Id == id);

    private static Provision Rule(Lawbook law, string id) => law.Provisions.Single(p => p.Id == id);

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^R-[A-Z]-\d\d")]
    private static partial Regex RuleNumber();
}
