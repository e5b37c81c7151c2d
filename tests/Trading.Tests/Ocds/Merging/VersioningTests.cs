using System.Text.Json.Nodes;
using Trading.Ocds.Merging;
using Xunit;
using static Trading.Tests.Ocds.Merging.CompilingTests;

namespace Trading.Tests.Ocds.Merging;

/// <summary>The merge routine of OCDS 1.1.5 for versioned releases, sentence by sentence.</summary>
public sealed class VersioningTests
{
    private static readonly MergeRules Rules = new(new HashSet<string> { "id", "date", "tag" }, new HashSet<string> { "lists" });

    [Fact]
    public void every_value_stands_with_the_release_it_comes_from() => Assert.Equal(
        """
        {"ocid":"ocds-1","tender":{"value":{"amount":[
          {"releaseID":"1","releaseDate":"2026-03-01T00:00:00Z","releaseTag":["tender"],"value":1000},
          {"releaseID":"3","releaseDate":"2026-03-03T00:00:00Z","releaseTag":["tender"],"value":2000}]}}}
        """.ReplaceLineEndings("").Replace("  ", "", StringComparison.Ordinal),
        Versioned("""{"tender":{"value":{"amount":1000}}}""", """{"tender":{"value":{"amount":1000}}}""", """{"tender":{"value":{"amount":2000}}}""").ToJsonString());

    [Fact]
    public void a_value_that_comes_again_is_a_new_one() =>
        Assert.Equal(["a", "b", "a"], Values(Versioned("""{"x":"a"}""", """{"x":"b"}""", """{"x":"a"}""")["x"]!));

    [Fact]
    public void null_is_a_value() => Assert.Equal(["a", null, "b"], Values(Versioned("""{"x":"a"}""", """{"x":null}""", """{"x":"b"}""")["x"]!));

    [Fact]
    public void the_id_of_an_item_is_kept_as_it_is_and_other_ids_are_versioned()
    {
        var versioned = Versioned("""{"parties":[{"id":"p","identifier":{"id":"1"}}],"tender":{"id":"t"}}""", """{"parties":[{"id":"p","identifier":{"id":"2"}}],"tender":{"id":"t"}}""");
        var party = Assert.Single(versioned["parties"]!.AsArray())!;
        Assert.Equal("p", (string)party["id"]!);
        Assert.Equal(["1", "2"], Values(party["identifier"]!["id"]!));
        Assert.Equal(["t"], Values(versioned["tender"]!["id"]!));
    }

    [Fact]
    public void lists_that_are_one_value_are_versioned_whole()
    {
        var versioned = Versioned("""{"lists":[{"id":"1"}],"roles":["a"]}""", """{"lists":[{"id":"2"}],"roles":["a"]}""");
        Assert.Equal(["""[{"id":"1"}]""", """[{"id":"2"}]"""], versioned["lists"]!.AsArray().Select(v => v!["value"]!.ToJsonString()));
        Assert.Equal(["""["a"]"""], versioned["roles"]!.AsArray().Select(v => v!["value"]!.ToJsonString()));
    }

    [Fact]
    public void what_is_empty_does_nothing() => Assert.Equal("""{"ocid":"ocds-1"}""", Versioned("""{"a":{},"b":[],"c":{"d":{}}}""").ToJsonString());

    [Fact]
    public void an_object_that_is_gone_keeps_its_history() =>
        Assert.Equal(["1"], Values(Versioned("""{"details":{"scale":"1"}}""", """{"details":null}""")["details"]!["scale"]!));

    private static JsonObject Versioned(params string[] releases) =>
        Rules.Version([.. releases.Select((members, i) => Release($"{i + 1}", $"2026-03-{i + 1:D2}T00:00:00Z", members))]);

    private static IEnumerable<string?> Values(JsonNode versions) => versions.AsArray().Select(version => (string?)version!["value"]);
}
