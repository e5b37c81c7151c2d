using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Trading.Log;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Ocds;

[Collection(TradingApp.Collection)]
public sealed class FindReleasesTests(TradingApp app) : IAsyncLifetime
{
    private static readonly SemaphoreSlim once = new(1);
    private static int serial = 88_000_000;
    private static long? start;

    private readonly Client anyone = app.Client(role: null);
    /// <summary>Every life, recorded behind whatever other tests have recorded.</summary>
    public async ValueTask InitializeAsync()
    {
        await once.WaitAsync();
        try
        {
            if (start is not null) return;
            await Feed.CaughtUp(app);
            start = app.Services.GetRequiredService<PublishedHead>().Size;
            foreach (var (_, facts) in Lives.All) await Record(facts);
        }
        finally
        {
            once.Release();
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory, InlineData(1), InlineData(7), InlineData(100)]
    public async Task whoever_follows_next_gets_a_release_of_every_public_event_once_in_order(int limit)
    {
        var packages = await OcdsReader.Follow(anyone, $"/v1/ocds/releases?after={start}&limit={limit}");

        Assert.All(packages.SkipLast(1), package => Assert.Equal(limit, package["releases"]!.AsArray().Count));
        Assert.Equal(await PublicEvents(), packages.Releases().Select(release => (string)release["id"]!));
    }

    [Fact]
    public async Task what_is_recorded_while_somebody_reads_comes_behind()
    {
        var before = await PublicEvents();
        var inserted = 0;

        var packages = await OcdsReader.Follow(anyone, $"/v1/ocds/releases?after={start}&limit=20", async () =>
        {
            if (inserted++ < 3) await Record(Lives.All[inserted].Facts);
        });

        var seen = packages.Releases().Select(release => (string)release["id"]!).ToList();
        Assert.Equal(before, seen.Take(before.Count));
        Assert.Equal((await PublicEvents()).Take(seen.Count), seen);
        Assert.True(seen.Count > before.Count);
    }

    [Fact]
    public async Task the_last_page_grows_and_a_page_behind_the_head_stays_as_it_is()
    {
        var full = (await anyone.Get($"/v1/ocds/releases?after={start}&limit=3")).Expect(HttpStatusCode.OK);
        var lastAddress = new Uri((string)(await OcdsReader.Follow(anyone, $"/v1/ocds/releases?after={start}&limit=100"))[^1]["uri"]!).PathAndQuery;
        var last = (await anyone.Get(lastAddress)).Expect(HttpStatusCode.OK);

        await Record(Lives.All[1].Facts);

        (await anyone.Get($"/v1/ocds/releases?after={start}&limit=3", ("If-None-Match", full.ETag!))).Expect(HttpStatusCode.NotModified);
        var grown = (await anyone.Get(lastAddress, ("If-None-Match", last.ETag!))).Expect(HttpStatusCode.OK);
        var (old, now) = (new[] { last.Json }.Releases(), new[] { grown.Json }.Releases());
        Assert.True(now.Count > old.Count || grown.Json["links"] is not null);
        Assert.Equal(old.Select(release => release.ToJsonString()), now.Take(old.Count).Select(release => release.ToJsonString()));
    }

    [Fact]
    public async Task a_filter_passes_over_what_does_not_match()
    {
        var heads = (await Feed.Changes(anyone, start!.Value)).Where(item => (string)item["class"]! is "public").Select(item => (Id: (string)item["eventId"]!, Head: item["notice"]!["notice"]!["heading"]!)).ToList();
        var expected = heads.Where(e => (string)e.Head["category"]! is "land" or "mineral" && ((string)e.Head["region"]!).StartsWith("42", StringComparison.Ordinal)).Select(e => e.Id).ToList();
        Assert.InRange(expected.Count, 2, heads.Count - 1);

        var releases = (await OcdsReader.Follow(anyone, $"/v1/ocds/releases?after={start}&category=land,mineral&region=42&limit=2")).Releases();

        Assert.Equal(expected, releases.Select(release => (string)release["id"]!));
        (await anyone.Get($"/v1/ocds/releases?after={start}&region=99")).Refused(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task beyond_the_head_there_is_no_package()
    {
        (await anyone.Get("/v1/ocds/releases?after=999999999")).Refused(HttpStatusCode.NotFound, "not-found");
        (await anyone.Get("/v1/ocds/records?after=999999999")).Refused(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData("after=-1")]
    [InlineData("after=x")]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("category=x")]
    [InlineData("region=x")]
    [InlineData("cursor=x")]
    [InlineData("after=1&after=2")]
    public async Task wrong_parameters_are_refused(string query)
    {
        (await anyone.Get($"/v1/ocds/releases?{query}")).Refused(HttpStatusCode.BadRequest, "validation");
        (await anyone.Get($"/v1/ocds/records?{query}")).Refused(HttpStatusCode.BadRequest, "validation");
    }

    [Fact]
    public async Task a_release_is_read_by_its_id_and_is_the_one_of_the_page()
    {
        foreach (var release in (await OcdsReader.Follow(anyone, $"/v1/ocds/releases?after={start}")).Releases().Where((_, i) => i % 5 is 0))
        {
            var alone = (await anyone.Get($"/v1/ocds/releases/{release["id"]}")).Expect(HttpStatusCode.OK).Json;
            Assert.Equal(release.ToJsonString(), Assert.Single(alone["releases"]!.AsArray())!.ToJsonString());
        }

        (await anyone.Get($"/v1/ocds/releases/{Guid.Empty}")).Refused(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task what_is_not_public_makes_no_release()
    {
        var hidden = (await Feed.Changes(anyone, start!.Value)).Where(item => (string)item["class"]! is not "public").Select(item => (string)item["eventId"]!).ToList();
        Assert.NotEmpty(hidden);
        foreach (var id in hidden) (await anyone.Get($"/v1/ocds/releases/{id}")).Refused(HttpStatusCode.NotFound, "not-found");
    }

    /// <summary>Long ago, so that what other tests list is not behind it.</summary>
    private async Task Record(IReadOnlyList<Trading.Events.INoticed> facts)
    {
        var number = Interlocked.Increment(ref serial);
        var ocid = $"ocds-000000-{Lives.Procedure(number)}";
        await RecordedLives.Begin(app.Store, Lives.Procedure(number), facts.Numbered(number).Select(fact => fact.Renamed(ocid).Published("2019-03-01T09:00:00")));
        await Feed.CaughtUp(app);
    }

    private async Task<IReadOnlyList<string>> PublicEvents() =>
        [.. (await Feed.Changes(anyone, start!.Value)).Where(item => (string)item["class"]! is "public").Select(item => (string)item["eventId"]!)];
}
