using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Trading.Kernel;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Feeds.Changes;

/// <summary>Holds what a mirror makes of the feed against what the service answers: pages, histories, notices and lists, as JSON.</summary>
internal sealed class MirroredAnswers(Client anyone, Mirror mirror)
{
    /// <summary>What events of which the feed does not tell may change, too, of a procedure and of its lots.</summary>
    private static readonly string[] decidedByAll = ["version", "changedAt", "stage", "status", "deadlines", "openObjections", "amount"];
    private static readonly string[] decidedByAllOfLot = ["status", "round", "steps", "deadlines", "deadlineSteps", "candidates", "award", "contracts", "contractIds"];
    private Dictionary<Guid, JsonNode>? listed;

    /// <returns>Whether all of the procedure is public, and so all of it was compared.</returns>
    public async Task<bool> Same(Guid procedure)
    {
        var (page, history) = (await Get($"/v1/procedures/{procedure}"), await Get($"/v1/procedures/{procedure}/history"));
        var item = Read((listed ??= await Listed())[procedure]);
        await SameNotices(procedure);
        if (history["items"]!.AsArray().All(entry => (string)entry!["disclosure"]! is "active"))
        {
            AssertSame(mirror.History(procedure), history);
            AssertSame(mirror.Page(procedure), page);
            AssertSame(mirror.ProcedureItem(procedure), item);
            return true;
        }

        AssertSamePublicPart(mirror.History(procedure), history);
        AssertSame(Public(mirror.Page(procedure)), Public(page));
        AssertSame(Public(mirror.ProcedureItem(procedure)), Public(item));
        return false;
    }

    public static void AssertSame(JsonNode mirrored, JsonNode answered)
    {
        if (!JsonNode.DeepEquals(mirrored, answered)) Assert.Equal(mirrored.ToJsonString(WireJson.Stored), answered.ToJsonString(WireJson.Stored));
    }

    private async Task SameNotices(Guid procedure)
    {
        var items = (await Get($"/v1/notices?procedure={procedure}&limit=200"))["items"]!.AsArray().ToDictionary(item => (Guid)item!["noticeId"]!, item => item!);
        var mirrored = mirror.NoticeItems(procedure);
        Assert.Equal(mirrored.Keys.Order(), items.Keys.Order());
        foreach (var (id, item) in mirrored) AssertSame(item, items[id]);
        foreach (var e in mirror.Events(procedure)) AssertSame(Withheld.Without(mirror.Notice(e)), await Get($"/v1/notices/{e.Id}"));
    }

    /// <summary>Every public event; and at each version that is missing in the feed, one of which position, id, time, class and commitments stand there.</summary>
    private void AssertSamePublicPart(JsonNode mirrored, JsonNode history)
    {
        var entries = history["items"]!.AsArray().Select(entry => entry!.AsObject()).ToList();
        var hidden = entries.Where(entry => (string)entry["disclosure"]! is not "active").ToList();
        var told = mirrored["items"]!.AsArray().Select(entry => entry!.AsObject()).ToList();
        Assert.Equal(entries.Select(Version).Except(told.Select(Version)), hidden.Select(Version));
        foreach (var (entry, shown) in told.Zip(entries.Except(hidden))) AssertSame(Without(entry, "changes"), Without(shown, "changes"));
        foreach (var entry in hidden)
        {
            var item = mirror.Item((Guid)entry["eventId"]!)!;
            Assert.Equal((string)entry["disclosure"]!, (string)item["class"]!);
            Assert.Equal(Time(entry["recordedAt"]!), Time(item["recordedAt"]!));
            Assert.Equal(["class", "commitment", "eventId", "leafHash", "metadata", "position", "recordedAt", "schema"], item.Select(member => member.Key).Order(StringComparer.Ordinal));
        }

        static long Version(JsonObject entry) => (long)entry["version"]!;

        static DateTimeOffset Time(JsonNode node) => DateTimeOffset.Parse((string)node!, CultureInfo.InvariantCulture);
    }

    /// <summary>What no other event changes than those of which the feed tells.</summary>
    private static JsonObject Public(JsonNode page)
    {
        var kept = Without(page.AsObject(), decidedByAll);
        kept["lots"] = new JsonArray([.. kept["lots"]!.AsArray().Select(lot => Without(lot!.AsObject(), decidedByAllOfLot))]);
        return kept;
    }

    private static JsonObject Without(JsonObject node, params string[] members) =>
        new(node.Where(m => !members.Contains(m.Key)).Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));

    private async Task<JsonNode> Get(string path) => Read((await anyone.Get(path)).Expect(HttpStatusCode.OK).Json);

    /// <summary>An answer as the mirror can know it, its positions held against the mirror's.</summary>
    private JsonNode Read(JsonNode answer)
    {
        var read = Withheld.Without(answer);
        TakePositions(read);
        return read;
    }

    private void TakePositions(JsonNode? node)
    {
        if (node is JsonArray items)
            foreach (var item in items) TakePositions(item);
        if (node is not JsonObject members) return;
        if (members["position"] is { } position && (members["eventId"] ?? members["noticeId"]) is { } id)
            Assert.Equal((long)mirror.Item((Guid)id)!["position"]!, (long)position);
        members.Remove("position");
        foreach (var (_, value) in members) TakePositions(value);
    }

    private async Task<Dictionary<Guid, JsonNode>> Listed()
    {
        var all = new Dictionary<Guid, JsonNode>();
        for (var next = "/v1/procedures?limit=200"; next is not null;)
        {
            var page = (await anyone.Get(next)).Expect(HttpStatusCode.OK).Json;
            foreach (var item in page["items"]!.AsArray()) all.Add((Guid)item!["procedureId"]!, item);
            next = (string?)page["links"]!["next"];
        }

        return all;
    }
}
