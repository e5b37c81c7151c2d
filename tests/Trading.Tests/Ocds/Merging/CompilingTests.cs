using System.Text.Json.Nodes;
using Trading.Ocds.Merging;
using Xunit;

namespace Trading.Tests.Ocds.Merging;

/// <summary>The merge routine of OCDS 1.1.5 for compiled releases, sentence by sentence.</summary>
public sealed class CompilingTests
{
    private static readonly MergeRules Rules = new(new HashSet<string> { "id", "date", "tag" }, new HashSet<string> { "parties/additionalIdentifiers", "lists" });

    [Fact]
    public void the_last_value_stands() => Merges(
        """{"tender":{"id":"t","value":{"amount":2000},"description":"longer","title":"as it was"}}""",
        """{"tender":{"id":"t","value":{"amount":1000},"description":"short","title":"as it was"}}""",
        """{"tender":{"id":"t","description":"longer"}}""",
        """{"tender":{"id":"t","value":{"amount":2000}}}""");

    [Fact]
    public void null_removes_and_a_later_value_brings_back()
    {
        Merges("""{"a":1}""", """{"a":1,"b":{"c":1,"d":2}}""", """{"b":{"c":null,"d":null}}""");
        Merges("""{"a":1,"b":{"c":3}}""", """{"a":1,"b":{"c":1}}""", """{"b":{"c":null}}""", """{"b":{"c":3}}""");
        Merges("""{"a":1}""", """{"a":1,"b":{"c":1}}""", """{"b":null}""");
    }

    [Fact]
    public void null_for_what_was_never_there_leaves_nothing() => Merges("""{"a":1}""", """{"a":1,"b":null,"c":{"d":null},"e":[{"id":null}]}""");

    [Fact]
    public void what_is_empty_does_nothing() => Merges("""{"a":{"b":1},"c":[{"id":"1"}]}""", """{"a":{"b":1},"c":[{"id":"1"}]}""", """{"a":{},"c":[],"d":{}}""");

    [Fact]
    public void items_with_one_id_are_merged_and_others_follow() => Merges(
        """{"awards":[{"id":"1","status":"active","title":"first"},{"id":"2"},{"id":"3","items":[{"id":"a","q":2},{"id":"b"}]}]}""",
        """{"awards":[{"id":"1","status":"pending","title":"first"},{"id":"2"}]}""",
        """{"awards":[{"id":"3","items":[{"id":"a","q":1}]},{"id":"1","status":"active"}]}""",
        """{"awards":[{"id":"3","items":[{"id":"b"},{"id":"a","q":2}]}]}""");

    [Fact]
    public void ids_of_another_kind_are_other_ids() => Merges("""{"items":[{"id":"1"},{"id":1}]}""", """{"items":[{"id":"1"}]}""", """{"items":[{"id":1}]}""");

    [Fact]
    public void items_without_id_are_always_others() => Merges("""{"items":[{"a":1},{"a":1}]}""", """{"items":[{"a":1}]}""", """{"items":[{"a":1}]}""");

    [Fact]
    public void an_item_whose_members_are_all_gone_keeps_its_id() => Merges("""{"items":[{"id":"1"}]}""", """{"items":[{"id":"1","a":1}]}""", """{"items":[{"id":"1","a":null}]}""");

    [Fact]
    public void a_list_of_anything_but_objects_is_one_value()
    {
        Merges("""{"roles":["b"]}""", """{"roles":["a"]}""", """{"roles":["b"]}""");
        Merges("""{"mixed":[{"id":"2"},1]}""", """{"mixed":[{"id":"1"},1]}""", """{"mixed":[{"id":"2"},1]}""");
    }

    [Fact]
    public void a_list_the_schema_calls_whole_is_one_value()
    {
        Merges("""{"lists":[{"id":"2"}]}""", """{"lists":[{"id":"1"}]}""", """{"lists":[{"id":"2"}]}""");
        Merges(
            """{"parties":[{"id":"p","additionalIdentifiers":[{"id":"2"}]}]}""",
            """{"parties":[{"id":"p","additionalIdentifiers":[{"id":"1"}]}]}""", """{"parties":[{"id":"p","additionalIdentifiers":[{"id":"2"}]}]}""");
    }

    [Fact]
    public void releases_are_taken_in_the_order_of_their_moments_whatever_their_offsets()
    {
        var compiled = Rules.Compile(
        [
            Release("3", "2026-03-01T10:00:00+08:00", """{"a":"last"}"""),
            Release("1", "2026-03-01T00:00:00Z", """{"a":"first","b":1}"""),
            Release("2", "2026-03-01T01:30:00Z", """{"a":"second"}"""),
        ]);
        Assert.Equal("last", (string)compiled["a"]!);
        Assert.Equal("2026-03-01T10:00:00+08:00", (string)compiled["date"]!);
    }

    [Fact]
    public void what_tells_of_single_releases_is_replaced()
    {
        var compiled = Rules.Compile([Release("1", "2026-03-01T00:00:00Z", """{"a":1}"""), Release("2", "2026-03-02T00:00:00Z", """{"a":2}""")]);
        Assert.Equal("""{"ocid":"ocds-1","id":"ocds-1-2026-03-02T00:00:00Z","date":"2026-03-02T00:00:00Z","tag":["compiled"],"a":2}""", compiled.ToJsonString());
    }

    [Fact]
    public void the_releases_stay_as_they_are()
    {
        var releases = new[] { Release("1", "2026-03-01T00:00:00Z", """{"a":{"b":1},"c":[{"id":"1"}]}"""), Release("2", "2026-03-02T00:00:00Z", """{"a":{"b":2},"c":[{"id":"1","d":1}]}""") };
        var before = releases.Select(release => release.ToJsonString()).ToList();
        Rules.Compile(releases);
        Rules.Version(releases);
        Assert.Equal(before, releases.Select(release => release.ToJsonString()));
    }

    internal static JsonObject Release(string id, string date, string members)
    {
        var release = new JsonObject { ["ocid"] = "ocds-1", ["id"] = id, ["date"] = date, ["tag"] = new JsonArray("tender") };
        foreach (var (name, value) in JsonNode.Parse(members)!.AsObject()) release[name] = value?.DeepClone();
        return release;
    }

    private static void Merges(string expected, params string[] releases)
    {
        var compiled = Rules.Compile([.. releases.Select((members, i) => Release($"{i}", $"2026-03-{i + 1:D2}T00:00:00Z", members))]);
        foreach (var name in (string[])["ocid", "id", "date", "tag"]) compiled.Remove(name);
        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), compiled.ToJsonString());
    }
}
