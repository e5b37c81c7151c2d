using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Trading.Kernel;
using Trading.Log;
using Trading.Log.Notes;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;
using static Trading.Tests.Harness.Samples;

namespace Trading.Tests.Feeds.Changes;

/// <summary>Whoever has nothing but what is published has what the service answers: from the feed, and from the files of the log.</summary>
[Collection(TradingApp.Collection)]
public sealed class MirrorTests(TradingApp app, Scene scene) : IClassFixture<Scene>, IAsyncLifetime
{
    private const int Seed = 47_000_000;
    private const int Serial = 46_000_000;

    /// <summary>The latest, those of the scene and of every life among them; a whole run leaves thousands.</summary>
    private const int Compared = 120;

    private static readonly string[] Places = [Scene.Registered, Scene.Suspended, Scene.Objected, Scene.Closed, Scene.Terminated, Scene.SoleSource, Scene.Foreign, Scene.Former];
    private static List<Guid>? recorded;
    private readonly Client anyone = app.Client(role: null);

    public async ValueTask InitializeAsync()
    {
        if (recorded is null)
        {
            recorded = [];
            TestContext.Current.SendDiagnosticMessage("seed {0}", Seed);
            var chance = new RandomNotices(Seed);
            var long1 = Clarified(L1) with { Content = new string('长', 25_000), Notice = Clarified().Notice with { Text = "原文", Html = "<p>原文</p>", Sha256 = new string('0', 64) } };
            foreach (var (i, facts) in Lives.All.Select(life => life.Facts).Append([Registered(), Announced(L1), long1]).Index())
            {
                recorded.Add(Lives.Procedure(Serial + i));
                await RecordedLives.Record(app.Store, recorded[^1], facts.Numbered(Serial + i));
            }

            for (var i = 0; i < 30; i++)
            {
                var (procedure, facts) = chance.Next();
                recorded.Add(procedure);
                await RecordedLives.Begin(app.Store, procedure, facts);
            }
        }

        await Boards.CaughtUp(app.Database);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task a_mirror_of_the_feed_answers_as_the_service_does() => await Same(new Mirror(await Feed()));

    [Fact]
    public async Task a_mirror_of_the_published_files_answers_as_the_service_does()
    {
        var feed = await Feed();
        using var http = new HttpClient();
        var files = await new LogReader(http, new Uri(app.Address, "log/"), app.Services.GetRequiredService<LogKeys>().Main.Signers[0].Key).Read();
        Assert.Contains(files, item => item["noticeDigest"] is not null);
        Assert.Equal(feed.Count, files.Count);
        Assert.All(feed.Zip(files), pair => AssertSame(pair.First, pair.Second));
        await Same(new Mirror(files));
    }

    private async Task Same(Mirror mirror)
    {
        var latest = mirror.Procedures.TakeLast(Compared).ToList();
        Assert.Subset(latest.ToHashSet(), recorded!.Concat(Places.Select(place => Guid.Parse(scene.Path(Routes.GetProcedure, place).Split('/')[^1]))).ToHashSet());
        var listed = await Listed("/v1/procedures?limit=200");
        var withheld = 0;
        foreach (var procedure in latest)
        {
            var history = await Get($"/v1/procedures/{procedure}/history", mirror);
            var page = await Get($"/v1/procedures/{procedure}", mirror);
            var isPublic = history["items"]!.AsArray().All(entry => (string)entry!["disclosure"]! is "active");
            AssertSameHistory(history, mirror, procedure);
            if (isPublic)
            {
                AssertSame(mirror.Page(procedure), page);
                AssertSame(mirror.ProcedureItem(procedure), Read(listed[procedure], mirror));
            }
            else
            {
                withheld++;
                AssertSamePublicPart(mirror.Page(procedure), page);
                AssertSamePublicPart(mirror.ProcedureItem(procedure), Read(listed[procedure], mirror));
            }

            await SameNotices(mirror, procedure);
        }

        Assert.True(withheld > 0, "every procedure is public as a whole");
    }

    private async Task SameNotices(Mirror mirror, Guid procedure)
    {
        var items = (await Get($"/v1/notices?procedure={procedure}&limit=200", mirror))["items"]!.AsArray().ToDictionary(item => (Guid)item!["noticeId"]!, item => item!);
        var mirrored = mirror.NoticeItems(procedure);
        Assert.Equal(mirrored.Keys.Order(), items.Keys.Order());
        foreach (var (id, item) in mirrored) AssertSame(item, items[id]);
        foreach (var e in mirror.Events(procedure))
            AssertSame(mirror.Notice(e), await Get($"/v1/notices/{e.Id}", mirror));
    }

    /// <summary>Of a procedure that is not public as a whole: every public event, and at each version that is missing in the feed one whose commitment stands there.</summary>
    private static void AssertSameHistory(JsonNode history, Mirror mirror, Guid procedure)
    {
        var entries = history["items"]!.AsArray().Select(entry => entry!.AsObject()).ToList();
        var hidden = entries.Where(entry => (string)entry["disclosure"]! is not "active").ToList();
        if (hidden.Count is 0)
        {
            AssertSame(mirror.History(procedure), history);
            return;
        }

        var told = mirror.History(procedure)["items"]!.AsArray().Select(entry => entry!.AsObject()).ToList();
        Assert.Equal(entries.Select(entry => (long)entry["version"]!).Except(told.Select(entry => (long)entry["version"]!)), hidden.Select(entry => (long)entry["version"]!));
        foreach (var (entry, shown) in told.Zip(entries.Except(hidden))) AssertSame(Without(entry, "changes"), Without(shown, "changes"));
        foreach (var entry in hidden)
        {
            var item = mirror.Item((Guid)entry["eventId"]!)!;
            Assert.Equal((string)entry["disclosure"]!, (string)item["class"]!);
            Assert.Equal(Time(entry["recordedAt"]!), Time(item["recordedAt"]!));
            Assert.Equal(["class", "commitment", "eventId", "leafHash", "metadata", "position", "recordedAt", "schema"], item.Select(member => member.Key).Order(StringComparer.Ordinal));
        }
    }

    /// <summary>What no other event changes than those of which the feed tells.</summary>
    private static void AssertSamePublicPart(JsonNode mirrored, JsonNode answered)
    {
        string[] decidedByAll = ["version", "changedAt", "stage", "status", "deadlines", "openObjections", "amount"];
        string[] decidedByAllOfLot = ["status", "round", "steps", "deadlines", "deadlineSteps", "candidates", "award", "contracts", "contractIds"];
        AssertSame(Public(mirrored), Public(answered));

        JsonNode Public(JsonNode page)
        {
            var kept = Without(page.AsObject(), decidedByAll);
            kept["lots"] = new JsonArray([.. kept["lots"]!.AsArray().Select(lot => Without(lot!.AsObject(), decidedByAllOfLot))]);
            return kept;
        }
    }

    private static JsonObject Without(JsonObject node, params string[] members) =>
        new(node.Where(m => !members.Contains(m.Key)).Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));

    private static DateTimeOffset Time(JsonNode node) => DateTimeOffset.Parse((string)node!, CultureInfo.InvariantCulture);

    private static void AssertSame(JsonNode mirrored, JsonNode answered)
    {
        if (!JsonNode.DeepEquals(mirrored, answered)) Assert.Equal(mirrored.ToJsonString(WireJson.Stored), answered.ToJsonString(WireJson.Stored));
    }

    private async Task<JsonNode> Get(string path, Mirror mirror) => Read((await anyone.Get(path)).Expect(HttpStatusCode.OK).Json, mirror);

    /// <summary>An answer as the mirror can know it, its positions held against the mirror's.</summary>
    private static JsonNode Read(JsonNode answer, Mirror mirror)
    {
        var read = Withheld.OfAnswer(answer);
        Positions(read);
        return read;

        void Positions(JsonNode? node)
        {
            if (node is JsonObject members)
            {
                if (members["position"] is { } position && (members["eventId"] ?? members["noticeId"]) is { } id)
                    Assert.Equal((long)mirror.Item((Guid)id)!["position"]!, (long)position);
                members.Remove("position");
                foreach (var (_, value) in members) Positions(value);
            }
            else if (node is JsonArray items)
            {
                foreach (var item in items) Positions(item);
            }
        }
    }

    private async Task<Dictionary<Guid, JsonNode>> Listed(string path)
    {
        var listed = new Dictionary<Guid, JsonNode>();
        for (string? next = path; next is not null;)
        {
            var page = (await anyone.Get(next)).Expect(HttpStatusCode.OK).Json;
            foreach (var item in page["items"]!.AsArray()) listed.Add((Guid)item!["procedureId"]!, item);
            next = (string?)page["links"]!["next"];
        }

        return listed;
    }

    /// <summary>Everything, by following next from 0 until the log is read as far as it was published when all was recorded.</summary>
    private async Task<IReadOnlyList<JsonObject>> Feed()
    {
        await using var owner = app.Database.OpenAsOwner();
        await using var command = owner.CreateCommand("select count(*) from events.mt_events");
        var all = (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        await Eventually.Get(anyone, "/log/checkpoint", answer =>
            SignedNote.TryParse(answer.Body, out var note) && Checkpoint.TryParse(note.Text, out var checkpoint) && checkpoint.Size == all);
        var feed = new List<JsonObject>();
        while (feed.Count < all)
        {
            var page = (await Eventually.Get(anyone, $"/v1/changes?after={feed.Count}&limit=1000", answer => (long?)answer.Json["next"] > feed.Count)).Json;
            feed.AddRange(page["items"]!.AsArray().Select(item => item!.AsObject()));
            Assert.Equal(feed.Count, (long)page["next"]!);
        }

        return feed;
    }
}
