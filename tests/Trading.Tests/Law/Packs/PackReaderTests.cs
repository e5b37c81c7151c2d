using System.Text.Json.Nodes;
using Trading.Law.Packs;
using Xunit;

namespace Trading.Tests.Law.Packs;

public sealed class PackReaderTests
{
    [Fact]
    public void reads_a_pack()
    {
        var (provisions, wrong) = Read(Pack());

        Assert.Empty(wrong);
        Assert.Equal(("X-1", "local@1"), (Assert.Single(provisions).Id, provisions[0].Pack.ToString()));
    }

    [Theory]
    [InlineData("id", "\"r 1\"", "local.json, rule r 1: id")]
    [InlineData("stage", "\"opened\"", "local.json, rule X-1")]
    [InlineData("computation", "\"about\"", "$.computation")]
    [InlineData("from", "\"nowhere\"", "local.json, rule X-1: anchor 'nowhere'")]
    [InlineData("from", "\"b\"", "from and to must differ")]
    [InlineData("value", "0", "value must be from 1 to 10000")]
    [InlineData("value", "10001", "value must be from 1 to 10000")]
    [InlineData("value", "\"5\"", "$.value")]
    [InlineData("value", null, "value and unit")]
    [InlineData("unit", null, "value and unit")]
    [InlineData("unit", "\"week\"", "$.unit")]
    [InlineData("computation", "\"not-before\"", "value and unit")]
    [InlineData("severity", "\"X\"", "severity must be E, W or I")]
    [InlineData("citation", "\"Article 24\"", "citation must be Chinese")]
    [InlineData("citation", null, "citation")]
    [InlineData("explanation", """{"zh":"five","en":"five"}""", "explanation must be Chinese")]
    [InlineData("explanation", """{"zh":"五"}""", "rule X-1")]
    [InlineData("jurisdiction", "\"4\"", "rule X-1: $.jurisdiction: A range of regions")]
    [InlineData("validTo", "\"2019-12-31\"", "validTo must not lie before validFrom")]
    [InlineData("validFrom", "\"2020\"", "$.validFrom")]
    [InlineData("categories", "[]", "must not be empty")]
    [InlineData("categories", "[\"forestry\"]", "$.categories")]
    [InlineData("severety", "\"E\"", "rule X-1")]
    public void names_the_file_the_rule_and_what_is_wrong_with_it(string member, string? value, string named)
    {
        var pack = Pack();
        var rule = pack["rules"]![0]!.AsObject();
        if (value is null) rule.Remove(member);
        else rule[member] = JsonNode.Parse(value);

        Assert.Contains(named, Assert.Single(Read(pack).Wrong), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id", "\"y 1\"", "local.json, rule y 1: id")]
    [InlineData("id", "\"X-1\"", "rule X-1: a rule of time has this id")]
    [InlineData("notices", "[]", "must not be empty")]
    [InlineData("notices", "[\"award-announced\",\"award-announced\"]", "nor name one twice")]
    [InlineData("notices", "[\"candidates-shown\"]", "local.json, rule Y-1: there is no notice 'candidates-shown'")]
    [InlineData("notices", "[\"bids-opened\"]", "rule Y-1: bids-opened: '/lots/*/candidates/*/quality': BidsOpened has no member 'lots'")]
    [InlineData("item", "\"lots/0\"", "'lots/0' must begin with '/'")]
    [InlineData("item", "\"/lots/*/candidates/*/grade\"", "Candidate has no member 'grade'")]
    [InlineData("item", "\"/lots/candidates\"", "has no member 'candidates'")]
    [InlineData("item", "\"/publicity/*\"", "there is no list before '*'")]
    [InlineData("item", "\"/Lots\"", "has no member 'Lots'")]
    [InlineData("item", "\"/lots/*/candidates/*/_sd\"", "has no member '_sd'")]
    [InlineData("item", "\"/lots/*/candidates/*/rank\"", "no candidates-publicised is without '/lots/*/candidates/*/rank'")]
    [InlineData("item", null, "either an item or a list anyOf")]
    [InlineData("anyOf", "[\"/objectionChannel\"]", "either an item or a list anyOf")]
    [InlineData("when", "\"/agency\"", "has no member 'agency'")]
    [InlineData("when", "\"/lots/*/rejected\"", "when must ask the same list")]
    [InlineData("when", "\"/notice/disclosure/attribute=secret\"", "the values are active, on-request, withheld")]
    [InlineData("when", "\"/objectionChannel=none\"", "the values are")]
    [InlineData("name", """{"zh":"quality","en":"quality"}""", "name must be Chinese")]
    [InlineData("severity", "\"X\"", "severity must be E, W or I")]
    [InlineData("citation", "\"Article 2\"", "citation must be Chinese")]
    [InlineData("categories", "[]", "must not be empty")]
    [InlineData("titel", "\"E\"", "rule Y-1")]
    public void names_what_is_wrong_with_a_rule_of_contents(string member, string? value, string named)
    {
        var pack = Pack();
        var rule = pack["contents"]![0]!.AsObject();
        if (value is null) rule.Remove(member);
        else rule[member] = JsonNode.Parse(value);

        Assert.Contains(named, Assert.Single(Read(pack).Wrong), StringComparison.Ordinal);
    }

    [Fact]
    public void refuses_two_versions_of_contents_in_force_at_once()
    {
        var pack = Pack();
        pack["contents"]!.AsArray().Add(pack["contents"]![0]!.DeepClone());

        Assert.Contains("rule Y-1: in force at the same time and place", Assert.Single(Read(pack).Wrong), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"computation":"before","unit":"hour"}""", "hours must be")]
    [InlineData("""{"unit":"year","value":101}""", "years must be at most 100")]
    [InlineData("""{"computation":"before","roll":"rest-day"}""", "nothing rolls")]
    public void names_what_does_not_go_together(string changes, string named)
    {
        var pack = Pack();
        foreach (var (member, value) in JsonNode.Parse(changes)!.AsObject()) pack["rules"]![0]![member] = value!.DeepClone();

        Assert.Contains(named, Assert.Single(Read(pack).Wrong), StringComparison.Ordinal);
    }

    [Fact]
    public void refuses_what_is_no_pack()
    {
        Assert.StartsWith("local.json: ", Assert.Single(Read("{").Wrong), StringComparison.Ordinal);
        Assert.StartsWith("local.json: ", Assert.Single(Read("null").Wrong), StringComparison.Ordinal);
        Assert.StartsWith("local.json: ", Assert.Single(Read("""{"id":"local"}""").Wrong), StringComparison.Ordinal);
    }

    [Fact]
    public void refuses_two_versions_in_force_at_once_and_takes_one_after_the_other()
    {
        var pack = Pack();
        var second = pack["rules"]![0]!.DeepClone();
        pack["rules"]!.AsArray().Add(second);
        Assert.Contains("at the same time and place", Assert.Single(Read(pack).Wrong), StringComparison.Ordinal);

        (pack["rules"]![0]!["validTo"], second["validFrom"]) = ("2024-12-31", "2025-01-01");
        Assert.Empty(Read(pack).Wrong);

        (second["validFrom"], second["jurisdiction"]) = ("2020-01-01", "4205");
        Assert.Empty(Read(pack).Wrong);
    }

    [Fact]
    public void packs_share_anchors_but_no_names()
    {
        var other = Pack();
        (other["id"], other["rules"]![0]!["id"], other["contents"]![0]!["id"]) = ("other", "X-2", "Y-2");
        other["anchors"] = new JsonObject();
        Assert.Empty(Read(Pack().ToJsonString(), other.ToJsonString()).Wrong);

        other["id"] = "local";
        Assert.Contains("'local' is that of local.json", Assert.Single(Read(Pack().ToJsonString(), other.ToJsonString()).Wrong), StringComparison.Ordinal);

        (other["id"], other["anchors"]) = ("other", JsonNode.Parse("""{"a":{"zh":"乙","en":"a"}}"""));
        Assert.Contains("another wording", Assert.Single(Read(Pack().ToJsonString(), other.ToJsonString()).Wrong), StringComparison.Ordinal);
    }

    internal static JsonNode Pack() => JsonNode.Parse(
        """
        {
          "id": "local", "version": "1", "title": {"zh": "地方时限", "en": "Local time limits"},
          "anchors": {"a": {"zh": "甲", "en": "a"}, "b": {"zh": "乙", "en": "b"}},
          "rules": [{
            "id": "X-1", "stage": "announcing", "computation": "minimum", "from": "a", "to": "b", "value": 5, "unit": "working-day",
            "validFrom": "2020-01-01", "severity": "E", "provenance": "unchecked", "citation": "示例条例 第一条",
            "explanation": {"zh": "不得少于5个工作日。", "en": "At least 5 working days."}
          }],
          "contents": [{
            "id": "Y-1", "stage": "evaluating", "notices": ["candidates-publicised"], "categories": ["engineering"],
            "item": "/lots/*/candidates/*/quality", "when": "/lots/*/candidates/*/durationDays", "name": {"zh": "质量", "en": "the quality"},
            "severity": "W", "provenance": "unchecked", "citation": "示例条例 第二条"
          }]
        }
        """)!;

    private static (IReadOnlyList<Provision> Provisions, IReadOnlyList<string> Wrong) Read(JsonNode pack) => Read(pack.ToJsonString());

    private static (IReadOnlyList<Provision> Provisions, IReadOnlyList<string> Wrong) Read(params string[] packs)
    {
        var reader = new PackReader();
        foreach (var (index, pack) in packs.Index()) reader.Add(index is 0 ? "local.json" : "other.json", pack);
        var provisions = reader.Provisions();
        _ = reader.Contents();
        return (provisions, reader.Wrong);
    }
}
