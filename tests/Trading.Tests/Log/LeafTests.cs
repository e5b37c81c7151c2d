using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trading.Events;
using Trading.Kernel;
using Trading.Log;
using Trading.Vault;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Log;

public sealed class LeafTests
{
    private const string Salt = "AAAAAAAAAAAAAAAAAAAAAA";

    [Fact]
    public void a_public_event_says_what_it_states()
    {
        var leaf = Read(Leaf.Of(Recorded(Samples.Announced(Samples.L1))));
        Assert.Equal(
            ["class", "eventId", "metadata", "notice", "ocid", "procedureId", "recordedAt", "schema", "type", "version"], leaf.Select(m => m.Key));
        Assert.Equal(
            ("public", "announcement-published", "2026-03-02T00:00:00.123456Z", "ocds-example-01900000"),
            ((string)leaf["class"]!, (string)leaf["type"]!, (string)leaf["recordedAt"]!, (string)leaf["ocid"]!));
        Assert.Equal("示例公告", (string)leaf["notice"]!["notice"]!["title"]!);
    }

    [Theory]
    [InlineData(DisclosureKind.OnRequest, "on-request")]
    [InlineData(DisclosureKind.Withheld, "withheld")]
    public void any_other_event_only_commits_to_it(DisclosureKind disclosure, string stands)
    {
        var fact = Samples.Planned() with { Notice = Samples.Notice(2) with { Disclosure = new Disclosure(disclosure) } };
        var made = Leaf.Of(Recorded(fact));
        var leaf = Read(made);
        Assert.Equal(["class", "commitment", "eventId", "metadata", "recordedAt", "schema"], leaf.Select(m => m.Key));
        Assert.Equal(stands, (string)leaf["class"]!);
        Assert.Null(made.Facets);
        Assert.DoesNotContain("示例", Encoding.UTF8.GetString(made.Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void whoever_has_the_opening_can_check_the_commitment()
    {
        var e = Recorded(Samples.Planned() with { Notice = Samples.Notice(2) with { Disclosure = new Disclosure(DisclosureKind.Withheld) } });
        var opening = Commitment.Opening(Commitment.SaltFor(Salt, "event"), "event", Leaf.Content(e));
        Assert.Equal((string)Read(Leaf.Of(e))["commitment"]!, Commitment.Digest(opening));
    }

    [Fact]
    public void another_salt_makes_another_commitment()
    {
        var e = Recorded(Samples.Planned() with { Notice = Samples.Notice(2) with { Disclosure = new Disclosure(DisclosureKind.Withheld) } });
        var other = e with { Metadata = Json("""{"headers":{"salt":"BBBBBBBBBBBBBBBBBBBBBB"},"user":"publisher"}""") };
        Assert.NotEqual((string)Read(Leaf.Of(e))["commitment"]!, (string)Read(Leaf.Of(other))["commitment"]!);
    }

    [Fact]
    public void metadata_is_committed_to_and_not_told()
    {
        var e = Recorded(Samples.Planned());
        Assert.DoesNotContain("publisher", Encoding.UTF8.GetString(Leaf.Of(e).Bytes), StringComparison.Ordinal);
        var other = e with { Metadata = Json($$"""{"headers":{"salt":"{{Salt}}"},"user":"somebody else"}""") };
        Assert.NotEqual((string)Read(Leaf.Of(e))["metadata"]!, (string)Read(Leaf.Of(other))["metadata"]!);
    }

    [Fact]
    public void what_is_too_long_stands_beside_the_leaf_under_its_hash()
    {
        var fact = Samples.Announced(Samples.L1);
        var made = Leaf.Of(Recorded(fact with { Qualification = new string('长', 30_000) }));
        var leaf = Read(made);
        Assert.True(made.Bytes.Length < 2000);
        Assert.Null(leaf["notice"]);
        Assert.Equal(made.Notice!.Length, (int)leaf["noticeDigest"]!["length"]!);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(made.Notice)), (string)leaf["noticeDigest"]!["sha256"]!);
    }

    [Fact]
    public void an_event_without_a_salt_makes_no_leaf() =>
        Assert.Throws<InvalidDataException>(() => Leaf.Of(Recorded(Samples.Planned()) with { Metadata = Json("{}") }));

    [Fact]
    public void every_kind_of_event_makes_a_leaf_whatever_the_order_of_its_members()
    {
        var samples = Directory.GetFiles(Path.Combine(Repository.Tests, "Contracts", "events"), "*.json");
        Assert.Equal(Catalogue.All.Count + Catalogue.Alerts.Count, samples.DistinctBy(KindOf).Count());
        foreach (var sample in samples)
        {
            var data = JsonNode.Parse(File.ReadAllText(sample))!.AsObject();
            var turned = new JsonObject(data.Reverse().Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));
            var name = KindOf(sample);
            Assert.Equal(Leaf.Of(Recorded(Json(data.ToJsonString()), name)).Bytes, Leaf.Of(Recorded(Json(turned.ToJsonString()), name)).Bytes);
        }

        static string KindOf(string sample) => Path.GetFileName(sample).Split('.')[0];
    }

    private static RecordedEvent Recorded(INoticed fact) =>
        Recorded(JsonSerializer.SerializeToElement(fact, fact.GetType(), WireJson.Stored), Catalogue.Of(fact).WireName);

    private static RecordedEvent Recorded(JsonElement data, string type) => new(
        7, Samples.Id(7), Samples.Id(1), 3, type, new DateTime(2026, 3, 2, 0, 0, 0, 123, 456, DateTimeKind.Utc), data,
        Json($$"""{"headers":{"salt":"{{Salt}}"},"user":"publisher"}"""));

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static JsonObject Read(Leaf leaf) => JsonNode.Parse(leaf.Bytes)!.AsObject();
}
