using System.Text.Json;
using System.Text.Json.Nodes;
using Trading.Kernel;
using Trading.Ocds;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Ocds;

/// <summary>The judge of packages is itself seen to refuse.</summary>
public sealed class JudgeTests
{
    private static readonly (string Pointer, string Value, string Why)[] Wrongs =
    [
        ("/releases/0/tag/0", "\"invented\"", "allowed values"),
        ("/releases/0/ocid", "null", "must be string"),
        ("/releases/0/date", "\"2026-03-02\"", "date-time"),
        ("/releases/0/initiationType", "\"other\"", "allowed values"),
        ("/releases/0/tender/id", "null", "must be string"),
        ("/releases/0/tender/status", "\"open\"", "allowed values"),
        ("/releases/0/tender/lots/0/status", "\"open\"", "allowed values"),
        ("/releases/0/tender/tradeCategory", "\"fish\"", "allowed values"),
        ("/releases/0/tender/documents/0/url", "\"no address\"", "uri"),
        ("/releases/0/tender/documents/0/documentType", "\"tenderNotices\"", "code-not-listed"),
        ("/releases/0/parties/0/roles/0", "\"vendor\"", "code-not-listed"),
        ("/releases/0/tender/procuringEntity/id", "\"nobody\"", "unresolved-party"),
        ("/releases/0/tender/colour", "\"red\"", "additional-field"),
        ("/releases/0/contracts", """[{"id":"1"}]""", "awardID"),
        ("/releases/0/tender/lots/0/value", """{"amount":"1"}""", "must be number"),
        ("/releases", "[]", "fewer than 1"),
        ("/version", "\"1.0\"", "is not 1.1"),
        ("/uri", "\"none\"", "uri"),
        ("/colour", "\"red\"", "additional-field"),
        ("/extensions/0", "\"https://example.org/extension.json\"", "is not at hand"),
    ];

    [Fact]
    public async Task takes_what_is_right() => await OcdsStandard.Accepts([Package]);

    [Fact]
    public async Task refuses_what_is_wrong()
    {
        var said = await OcdsStandard.Refuses([.. Wrongs.Select(wrong => Spoilt(wrong.Pointer, wrong.Value)), OutOfOrder]);

        var missed = Wrongs.Append((Pointer: "order", Value: "", Why: "order")).Zip(said).Where(pair => !pair.Second.Contains(pair.First.Why, StringComparison.Ordinal)).ToList();
        Assert.True(missed.Count is 0, string.Join('\n', missed.Select(pair => $"{pair.First}: {pair.Second}")));
    }

    private static JsonNode OutOfOrder
    {
        get
        {
            var releases = Releases.Of(Recording.Of(Lives.All[0].Facts.Take(4)), Contacts.None, Told.Service);
            var package = JsonSerializer.SerializeToNode(Packages.OfRecords(new Publisher("示例"), Told.Service, "v1/ocds/records", [Records.Whole(releases)]), WireJson.Stored)!;
            var list = package["records"]![0]!["releases"]!.AsArray();
            var last = list[^1]!;
            list.Remove(last);
            list.Insert(0, last);
            return package;
        }
    }

    private static JsonNode Spoilt(string pointer, string value)
    {
        var package = Package;
        var steps = pointer[1..].Split('/');
        var holder = steps[..^1].Aggregate(package, (node, step) => node is JsonArray list ? list[int.Parse(step, null)]! : node[step]!);
        if (holder is JsonArray items) items[int.Parse(steps[^1], null)] = JsonNode.Parse(value);
        else holder[steps[^1]] = JsonNode.Parse(value);
        return package;
    }

    private static JsonNode Package => JsonSerializer.SerializeToNode(
        Packages.OfReleases(
            new Publisher("示例"), Told.Service, "v1/ocds/releases", Releases.Of(Recording.Of(Samples.Announced(Samples.L1)), Contacts.None, Told.Service)), WireJson.Stored)!;
}
