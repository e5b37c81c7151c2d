using System.Text.Json;
using System.Text.Json.Nodes;
using Trading.Events;
using Trading.Kernel;
using Trading.Tests.Harness;
using Trading.Vault;
using Xunit;

namespace Trading.Tests.Vault;

public sealed class SealingTests
{
    private static readonly AnnouncementPublished Fact = Samples.Announced(Samples.L1) with
    {
        Notice = Samples.Announced(Samples.L1).Notice with { Text = "联系人：张工，电话0717-0000000", Sha256 = new string('a', 64) },
    };

    [Fact]
    public void what_is_personal_is_gone_from_the_fact_and_stands_in_its_openings()
    {
        var (recorded, openings) = Sealing.Of(Fact);

        var json = Stored.Json(recorded);
        foreach (var canary in (string[])["张工", "0717-0000000", "office@example.org", "李审查", "联系人", new string('a', 64), "contact", "reviewer"])
            Assert.DoesNotContain(canary, json, StringComparison.Ordinal);
        Assert.Equal(PersonalVault.Digests(JsonNode.Parse(json)!).Order(StringComparer.Ordinal), openings.Select(Commitment.Digest).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void its_openings_give_back_what_it_was()
    {
        foreach (var fact in Lives.All.SelectMany(life => life.Facts))
        {
            var (recorded, openings) = Sealing.Of(fact);
            var opened = JsonNode.Parse(Stored.Json(recorded))!;
            Open(opened, openings.ToDictionary(Commitment.Digest));
            Assert.True(JsonNode.DeepEquals(opened, JsonNode.Parse(Stored.Json(fact))), $"{fact.GetType().Name}: {opened}");
        }
    }

    [Fact]
    public void the_same_value_never_has_the_same_digest_twice()
    {
        var digests = Enumerable.Range(0, 50).SelectMany(_ => Sealing.Of(Fact).Openings).Select(Commitment.Digest).ToList();
        Assert.Equal(digests.Count, digests.Distinct().Count());
    }

    [Fact]
    public void a_sealed_part_that_is_stated_again_keeps_its_digest()
    {
        var registered = (ProcedureRegistered)Sealing.Of(Samples.Registered()).Fact;
        Assert.NotNull(registered.Initiator.Sealed);
        var (recorded, _) = Sealing.Of(Fact with { Initiator = registered.Initiator });
        Assert.Equal(registered.Initiator.Sealed, ((AnnouncementPublished)recorded).Initiator.Sealed);
    }

    /// <summary>The example of RFC 9901 §4.2.1 and §4.2.3.</summary>
    [Fact]
    public void the_digest_of_the_standards_example_is_the_standards() => Assert.Equal(
        "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0", Commitment.Digest("WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"));

    [Fact]
    public void no_client_can_say_that_something_was_sealed() => Assert.Throws<JsonException>(
        () => JsonSerializer.Deserialize<Party>("""{"name":"甲","_sd":["AAAA"]}""", WireJson.Strict));

    [Fact]
    public void the_store_refuses_what_was_not_sealed()
    {
        using var store = Marten.DocumentStore.For(options =>
        {
            options.Connection("Host=127.0.0.1;Port=1;Database=none");
            options.Serializer(Trading.Store.StoreSetup.Serializer());
        });
        var refused = Assert.ThrowsAny<Exception>(() => store.Options.Serializer().ToJson(Samples.Registered()));
        Assert.Contains("is personal and was not sealed", refused.ToString(), StringComparison.Ordinal);
        Assert.Contains("procedureTitle", store.Options.Serializer().ToJson(Sealing.Of(Samples.Registered()).Fact), StringComparison.Ordinal);
    }

    private static void Open(JsonNode? node, Dictionary<string, string> openings)
    {
        switch (node)
        {
            case JsonArray items:
                foreach (var item in items) Open(item, openings);
                break;
            case JsonObject members:
                foreach (var (_, member) in members.ToList()) Open(member, openings);
                if (members[Sealable.Member] is not JsonArray digests) break;
                members.Remove(Sealable.Member);
                foreach (var digest in digests)
                {
                    var (name, value) = PersonalVault.Read(openings[(string)digest!]);
                    members[name] = value;
                }

                break;
        }
    }
}
