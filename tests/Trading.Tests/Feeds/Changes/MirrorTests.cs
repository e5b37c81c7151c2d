using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Trading.Events;
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

    private static readonly string[] Places = [Scene.Registered, Scene.Suspended, Scene.Objected, Scene.Closed, Scene.Terminated, Scene.SoleSource, Scene.Foreign];
    private static List<Guid>? recorded;

    /// <summary>A notice too long for its leaf, and of everything that the log does not tell.</summary>
    private static IReadOnlyList<INoticed> Withholding =>
    [
        Registered(), Announced(L1) with { Notice = Announced().Notice with { Text = "原文", Html = "<p>原文</p>", Sha256 = new string('0', 64) } },
        Clarified(L1) with { Content = new string('长', 25_000) },
        Opened(L1) with { Bids = [Bid(L1, First) with { ProjectLeader = new ProjectLeader("王示例", "示例-0001") }] },
    ];

    private readonly Client anyone = app.Client(role: null);

    public async ValueTask InitializeAsync()
    {
        if (recorded is null)
        {
            recorded = [];
            TestContext.Current.SendDiagnosticMessage("seed {0}", Seed);
            var chance = new RandomNotices(Seed);
            foreach (var (i, facts) in Lives.All.Select(life => life.Facts).Append(Withholding).Index())
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
        foreach (var (told, read) in feed.Zip(files)) MirroredAnswers.AssertSame(told, read);
        await Same(new Mirror(files));
    }

    private async Task Same(Mirror mirror)
    {
        var latest = mirror.Procedures.TakeLast(Compared).ToList();
        Assert.Subset(latest.ToHashSet(), recorded!.Concat(Places.Select(place => Guid.Parse(scene.Path(Routes.GetProcedure, place).Split('/')[^1]))).ToHashSet());
        Assert.All(mirror.Events(recorded![Lives.All.Count]), e => Assert.Contains("\"_sd\":[", mirror.Item(e.Id)!.ToJsonString(), StringComparison.Ordinal));
        var wholly = 0;
        var answers = new MirroredAnswers(anyone, mirror);
        foreach (var procedure in latest) wholly += await answers.Same(procedure) ? 1 : 0;
        Assert.InRange(wholly, 1, Compared - 1);
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
