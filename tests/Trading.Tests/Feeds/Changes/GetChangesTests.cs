using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using FastEndpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Trading.Feeds.Changes;
using Trading.Kernel;
using Trading.Log;
using Trading.Log.Notes;
using Trading.Merkle;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Feeds.Changes;

[Collection(TradingApp.Collection)]
public sealed class GetChangesTests(TradingApp app, Scene scene) : IClassFixture<Scene>
{
    private readonly Client anyone = app.Client(role: null);

    [Fact]
    public async Task whoever_follows_next_gets_every_event_once_in_order_under_one_published_root()
    {
        var head = await Published();
        foreach (var limit in (int[])[1, 7, 100, 1000])
        {
            var seen = new List<JsonNode>();
            for (long after = 0; after < Math.Min(head.Size, limit * 40);)
            {
                var page = await Page($"after={after}&limit={limit}");
                Assert.Equal(after, (long)page["from"]!);
                Assert.Equal(Enumerable.Range((int)after, page["items"]!.AsArray().Count), page["items"]!.AsArray().Select(i => (int)i!["position"]!));
                Assert.Equal((long)page["next"]!, after + page["items"]!.AsArray().Count);
                seen.AddRange(page["items"]!.AsArray()!);
                after = (long)page["next"]!;
            }

            if (seen.Count < head.Size) continue;
            var frontier = new Frontier(TreeHash.Sha256);
            foreach (var item in seen.Take((int)head.Size)) frontier.Append(LeafHash(item));
            Assert.Equal(head.Root, frontier.Root);
            return;
        }

        Assert.Fail($"{head.Size} events are too many for this test");
    }

    [Fact]
    public async Task an_item_is_its_leaf()
    {
        (await app.Client().PostText(scene.Path(Routes.Plan, Scene.Registered), """{"expectedMonth":"2026-07","summary":"涉密","disclosure":{"attribute":"withheld","secrecyReview":{"reviewer":"李审核","reviewedAt":"2026-05-31T16:00:00+08:00","result":"passed"}}}"""))
            .Expect(HttpStatusCode.Created);
        var items = await Walk("");
        Assert.All(items, item => Assert.Equal((string)item["leafHash"]!, Convert.ToBase64String(LeafHash(item))));
        Assert.Contains(items, item => (string)item["class"]! is "public");
        Assert.Contains(items, item => (string)item["class"]! is "withheld" && item["notice"] is null && item["commitment"] is not null);
    }

    [Fact]
    public async Task a_page_ends_with_a_mebibyte_and_an_item_that_is_longer_comes_alone()
    {
        var first = (await Published()).Size;
        int[] sizes = [100_000, 1_048_000, 420_000, 420_000, 420_000, 100_000];   // of bodies; the second makes an item that is longer than a page
        foreach (var size in sizes) (await app.Client().PostText("/v1/procedures", Large(size))).Expect(HttpStatusCode.Created);
        var head = (await Published()).Size;
        Assert.Equal(first + sizes.Length, head);

        var (pages, positions) = (0, new List<long>());
        for (var after = first; after < head; pages++)
        {
            var page = (await anyone.Get($"/v1/changes?after={after}&limit=1000")).Expect(HttpStatusCode.OK);
            var items = page.Json["items"]!.AsArray();
            Assert.True(items.Count is 1 || System.Text.Encoding.UTF8.GetByteCount(page.Body) <= ChangeFeed.MostBytes + 10_000, $"{items.Count} items of {page.Body.Length}");
            Assert.Equal((long)page.Json["next"]! < head, page.Headers["Cache-Control"].Contains("immutable", StringComparison.Ordinal));
            positions.AddRange(items.Select(item => (long)item!["position"]!));
            after = (long)page.Json["next"]!;
        }

        Assert.True(pages > 2, $"{pages} pages");
        Assert.Equal(Enumerable.Range(0, sizes.Length).Select(i => first + i), positions);
    }

    [Fact]
    public async Task a_full_page_never_changes_and_the_last_one_is_never_kept()
    {
        await Published();
        var full = (await anyone.Get("/v1/changes?limit=3")).Expect(HttpStatusCode.OK);
        Assert.Contains("immutable", full.Headers["Cache-Control"], StringComparison.Ordinal);
        await Register();
        var again = (await anyone.Get("/v1/changes?limit=3")).Expect(HttpStatusCode.OK);
        Assert.Equal((full.Body, full.ETag), (again.Body, again.ETag));
        Assert.Equal(HttpStatusCode.NotModified, (await anyone.Get("/v1/changes?limit=3", ("If-None-Match", full.ETag!))).Status);

        var last = (await anyone.Get($"/v1/changes?after={(await Published()).Size}")).Expect(HttpStatusCode.OK);
        Assert.Equal("no-cache", last.Headers["Cache-Control"]);
        Assert.Empty(last.Json["items"]!.AsArray());
    }

    [Fact]
    public async Task a_filter_passes_over_what_does_not_match_and_tells_how_far_it_looked()
    {
        var filtered = await Walk("&type=announcement-published,procedure-registered&region=42&category=engineering");
        var expected = (await Walk("")).Where(i => (string?)i["type"] is "announcement-published" or "procedure-registered"
            && (string)i["notice"]!["notice"]!["heading"]!["category"]! is "engineering"
            && ((string)i["notice"]!["notice"]!["heading"]!["region"]!).StartsWith("42", StringComparison.Ordinal));
        Assert.NotEmpty(filtered);
        Assert.Equal(expected.Select(i => (long)i["position"]!), filtered.Select(i => (long)i["position"]!));
    }

    [Fact]
    public async Task whoever_waits_is_told_of_the_next_event_when_it_comes()
    {
        var head = await Published();
        var waiting = anyone.Get($"/v1/changes?after={head.Size}&wait=30");
        Assert.False(waiting.IsCompleted);
        await Register();
        Assert.Equal(head.Size, (long)(await waiting).Expect(HttpStatusCode.OK).Json["items"]![0]!["position"]!);
    }

    [Fact]
    public async Task a_node_that_has_only_just_started_shows_no_head_behind_what_the_reader_has()
    {
        var published = await Published();
        var (database, keys) = (app.Services.GetRequiredService<NpgsqlDataSource>(), app.Services.GetRequiredService<LogKeys>());
        using var body = new MemoryStream();
        var started = Factory.Create<GetChanges>(
            http =>
            {
                http.Request.QueryString = new QueryString($"?after={published.Size}");
                http.Response.Body = body;
            },
            new ChangeFeed(database, keys), new PublishedHead(database, keys, NullLogger<PublishedHead>.Instance));
        await started.HandleAsync(TestContext.Current.CancellationToken);

        var page = JsonNode.Parse(body.ToArray())!;
        Assert.Equal(published.Size, (long)page["next"]!);
        Assert.InRange((long)page["head"]!["size"]!, published.Size, long.MaxValue);
    }

    [Theory]
    [InlineData("after=-1")]
    [InlineData("after=9223372036854775807")]
    [InlineData("after=x")]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("wait=61")]
    [InlineData("type=x")]
    [InlineData("category=x")]
    [InlineData("region=x")]
    [InlineData("cursor=x")]
    [InlineData("after=1&after=2")]
    public async Task wrong_parameters_are_refused(string query) => (await anyone.Get($"/v1/changes?{query}")).Refused(HttpStatusCode.BadRequest, "validation");

    [Fact]
    public async Task a_receipt_proves_an_event_to_independent_code()
    {
        await Published();
        var eventId = scene.Path(Routes.GetEventReceipt).Split('/')[3];
        var receipt = await Eventually.Get(anyone, $"/v1/events/{eventId}/receipt", answer => answer.Status is HttpStatusCode.OK);
        Assert.StartsWith("text/plain", receipt.Headers["Content-Type"], StringComparison.Ordinal);
        var position = long.Parse(receipt.Body.Split('\n')[1]["index ".Length..], CultureInfo.InvariantCulture);
        var item = (await Page($"after={position}&limit=1"))["items"]![0]!;
        Assert.Equal(eventId, (string)item["eventId"]!);

        var directory = Directory.CreateTempSubdirectory("trading-receipt-").FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, "proof"), receipt.Body, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(directory, "entry"), Leaf(item), TestContext.Current.CancellationToken);
        var key = (await anyone.Get("/log/keys")).Expect(HttpStatusCode.OK).Body.Trim();
        Assert.StartsWith($"entry {position} of", await GoTlog.Accepts("receipt", key, Path.Combine(directory, "proof"), Path.Combine(directory, "entry")), StringComparison.Ordinal);

        await File.AppendAllTextAsync(Path.Combine(directory, "entry"), " ", TestContext.Current.CancellationToken);
        await GoTlog.Refuses("receipt", key, Path.Combine(directory, "proof"), Path.Combine(directory, "entry"));
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task the_published_files_are_served_and_kept_for_ever()
    {
        var head = await Published();
        var tile = Tile.Grown(0, head.Size).First();
        var answer = (await anyone.Get($"/log/{tile.Path}")).Expect(HttpStatusCode.OK);
        Assert.Contains("immutable", answer.Headers["Cache-Control"], StringComparison.Ordinal);
        Assert.Equal("application/octet-stream", answer.Headers["Content-Type"]);
        foreach (var missing in (string[])["/log/tile/0/999", "/log/tile/0/../../keys/ed25519.private", "/log/tile/0/.000.new", "/log/", "/log/nothing"])
            (await anyone.Get(missing)).Refused(HttpStatusCode.NotFound, "not-found");
    }

    private async Task<Checkpoint> Published()
    {
        await using var owner = app.Database.OpenAsOwner();
        await using var command = owner.CreateCommand("select count(*) from events.mt_events");
        var recorded = (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        Checkpoint checkpoint = null!;
        await Eventually.Get(anyone, "/log/checkpoint", answer =>
            SignedNote.TryParse(answer.Body, out var note) && Checkpoint.TryParse(note.Text, out checkpoint) && checkpoint.Size >= recorded);
        await Eventually.Get(anyone, $"/v1/changes?after={checkpoint.Size - 1}&limit=1", answer => (long?)answer.Json["next"] == checkpoint.Size);
        return checkpoint;
    }

    /// <summary>All that a filter lets through, by following next to the end.</summary>
    private async Task<List<JsonNode>> Walk(string filter)
    {
        var seen = new List<JsonNode>();
        var end = (await Published()).Size;
        for (long after = 0; after < end;)
        {
            var page = (await anyone.Get($"/v1/changes?after={after}&limit={Math.Min(1000, end - after)}{filter}")).Expect(HttpStatusCode.OK).Json;
            seen.AddRange(page["items"]!.AsArray()!);
            Assert.InRange((long)page["next"]!, after + 1, Math.Min(after + 1000, end));
            after = (long)page["next"]!;
        }

        return seen;
    }

    private async Task<JsonNode> Page(string query)
    {
        await Published();
        return (await anyone.Get($"/v1/changes?{query}")).Expect(HttpStatusCode.OK).Json;
    }

    /// <summary>A registration of so many bytes.</summary>
    private static string Large(int bytes)
    {
        const int most = 90_000;
        var body = Routes.Engineering([.. Enumerable.Range(1, bytes / most + 1).Select(i => $"{i}")]);
        var missing = bytes - System.Text.Encoding.UTF8.GetByteCount(body);
        for (var lot = 0; missing > 100; lot++, missing = bytes - System.Text.Encoding.UTF8.GetByteCount(body))
            body = body.Set($"/lots/{lot}/description", new string('a', Math.Min(most, missing - 50)));
        return body;
    }

    private async Task Register() => (await app.Client().PostText("/v1/procedures", Routes.Engineering("001"))).Expect(HttpStatusCode.Created);

    private static byte[] LeafHash(JsonNode item) => TreeHash.Sha256.Leaf(Leaf(item));

    private static byte[] Leaf(JsonNode item)
    {
        var leaf = item.DeepClone().AsObject();
        leaf.Remove("position");
        leaf.Remove("leafHash");
        if (leaf["noticeDigest"] is not null) leaf.Remove("notice");
        return CanonicalJson.Write(JsonSerializer.SerializeToElement(leaf));
    }
}
