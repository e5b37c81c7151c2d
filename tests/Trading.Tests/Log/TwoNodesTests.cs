using System.Globalization;
using System.Net;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Trading.Log;
using Trading.Ops;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Log;

/// <summary>
/// Two nodes as processes of their own, each with a fence and a directory of its own, over one database that is put back to backups while
/// they run. Go's code judges every checkpoint that was ever signed.
/// </summary>
public sealed class TwoNodesTests : IAsyncDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("trading-nodes-");
    private readonly Dictionary<string, string> notes = [];
    private readonly List<Deployment> nodes = [];
    private Database database = null!;
    private Wire wire = null!;
    private string vkey = "";

    [Fact]
    public async Task never_sign_two_histories_and_record_nothing_in_a_database_that_was_rolled_back()
    {
        database = await Database.Create("nodes");
        wire = new Wire(database.Application);
        var a = await Start("a");
        var b = await Start("b");
        vkey = (await a.Client().Get("/log/keys")).Body.Trim();

        await Record(a, 2);
        await Published(2, "a", "b");
        await BackUp("older");
        await Record(b, 2);
        await Published(4, "a", "b");
        await BackUp("newer");
        await Record(a, 2);
        await Published(6, "a", "b");
        await BackUp("last");
        await MakeFork();

        await Restore("older");
        await Refuse(a, b);

        await b.DisposeAsync();
        await Restore("newer");
        b = await Start("b");
        await Refused(b);   // from the first request on
        await Refuse(a, b);

        await Restore("forked");
        await Refuse(a, b);

        await Restore("last");
        await Record(b, 1);
        await Record(a, 1);
        await Published(8, "a", "b");
        await Consistent("a", "b");

        await a.DisposeAsync();
        await Record(b, 300);
        await Published(308, "b");
        await Consistent("b");
        a = await Start("a");
        await Published(308, "a");
        await b.DisposeAsync();
        await Record(a, 1);
        await Published(309, "a");
        await Consistent("a");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes) await node.DisposeAsync();
        await wire.DisposeAsync();
        foreach (var name in (string[])["older", "newer", "last", "forked"]) await database.Forget(name);
        await database.DisposeAsync();
        directory.Delete(recursive: true);
    }

    private async Task<Deployment> Start(string node)
    {
        nodes.Add(await Deployment.Start(
            database, ("ConnectionStrings__Trading", wire.Connection), ("Log__Keys", In("keys")), ("Log__Fence", In($"{node}/fence")), ("Log__Directory", In($"{node}/log"))));
        return nodes[^1];
    }

    /// <summary>Records so many events through a node, waiting while it takes none yet.</summary>
    private static async Task Record(Deployment node, int events)
    {
        var publisher = node.Client("publisher");
        await Eventually.True(async () => (await publisher.PostText("/v1/procedures", Posted.Body)).Status is HttpStatusCode.Created, 30);
        for (var i = 1; i < events; i++) (await publisher.PostText("/v1/procedures", Posted.Body)).Expect(HttpStatusCode.Created);
    }

    /// <summary>Waits until so many events are published and these nodes' fences stand there.</summary>
    private async Task Published(long size, params string[] names)
    {
        foreach (var node in names)
            await Eventually.True(() => Task.FromResult(Fence(node) is { } note && Size(note) == size), 30);
        await Collect(names);
    }

    private string? Fence(string node) => File.Exists(In($"{node}/fence/sha256.checkpoint")) ? File.ReadAllText(In($"{node}/fence/sha256.checkpoint")) : null;

    /// <summary>Keeps every checkpoint that anybody could have seen.</summary>
    private async Task Collect(params string[] names)
    {
        foreach (var note in await Posted.Rows<string>(database, "select note from log.checkpoint where tree = 'sha256'")) notes[note] = note;
        foreach (var file in names.SelectMany(node => (string[])[In($"{node}/fence/sha256.checkpoint"), In($"{node}/log/public/checkpoint")]).Where(File.Exists))
        {
            var note = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            notes[note] = note;
        }
    }

    private async Task BackUp(string name)
    {
        wire.Cut();
        await database.BackUp(name);
        wire.Mend();
    }

    private async Task Restore(string name)
    {
        await Collect("a", "b");
        wire.Cut();
        await database.Restore(name);
        wire.Mend();
    }

    /// <summary>A backup that went its own way past everything that was published.</summary>
    private async Task MakeFork()
    {
        wire.Cut();
        await database.Restore("older");
        await using (var services = Composition.Store(database.Settings()).BuildServiceProvider())
        await using (var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.Application) { Pooling = false }.ConnectionString))
        {
            for (var i = 9001; i < 9009; i++)
                await RecordedLives.Begin(services.GetRequiredService<IDocumentStore>(), Lives.Procedure(i), Lives.All[0].Facts.Numbered(i));
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            while (await new Sequencer(connection, []).Pass(TestContext.Current.CancellationToken) > 0) { }
        }

        await database.BackUp("forked");
        await database.Restore("last");
        wire.Mend();
    }

    /// <summary>Nothing is recorded or signed by either, both say why, and both can be read.</summary>
    private async Task Refuse(params Deployment[] both)
    {
        var before = await Posted.Rows<long>(database, "select (select count(*) from events.mt_events) + 1000000 * (select count(*) from log.checkpoint)");
        foreach (var node in both)
        {
            var ready = await Eventually.Get(node.Client(), "/health/ready", answer => answer.Status is HttpStatusCode.ServiceUnavailable && answer.Body.Contains("\"log\":\"unhealthy\"", StringComparison.Ordinal));
            Assert.Equal("unavailable", ready.Code);
            await Refused(node);
            (await node.Client("publisher").PostText("/v1/procedures?dryRun=true", Posted.Body)).Expect(HttpStatusCode.OK);
            await Eventually.Get(node.Client(), "/v1/notices", answer =>
            {
                if (answer.Status is not HttpStatusCode.OK) answer.Refused(HttpStatusCode.ServiceUnavailable, "unavailable");   // connections from before have to be given up first
                return answer.Status is HttpStatusCode.OK;
            });
            await Eventually.Get(node.Client(), "/health/reading", answer => answer.Status is HttpStatusCode.OK);
        }

        Assert.Equal(before, await Posted.Rows<long>(database, "select (select count(*) from events.mt_events) + 1000000 * (select count(*) from log.checkpoint)"));
        await Eventually.True(async () => (await Posted.Rows<string>(database, "select reason from log.stop")).Count > 0);   // nodes that were stopped before connect anew first
    }

    private static async Task Refused(Deployment node)
    {
        foreach (var english in (bool[])[false, true])
        {
            (string, string) language = ("Accept-Language", english ? "en" : "zh-CN");
            ProblemForm.Assert((await node.Client("publisher").PostText("/v1/procedures", Posted.Body, language)).Refused(HttpStatusCode.ServiceUnavailable, "unavailable"), english);
            using var lines = new StringContent(Routes.Legacy.Body!, System.Text.Encoding.UTF8, Routes.Legacy.ContentType);
            ProblemForm.Assert((await node.Client("publisher").Send(HttpMethod.Post, "/v1/legacy-notices", lines, language)).Refused(HttpStatusCode.ServiceUnavailable, "unavailable"), english);
        }
    }

    /// <summary>Each checkpoint that was ever signed is continued by the newest, and each directory is whole.</summary>
    private async Task Consistent(params string[] names)
    {
        await Collect(names);
        var files = notes.Values.Select((note, i) => (Size: Size(note), File: In($"note-{i}"), Note: note)).OrderBy(each => each.Size).ToList();
        foreach (var (_, file, note) in files) await File.WriteAllTextAsync(file, note, TestContext.Current.CancellationToken);
        foreach (var node in names)
        {
            await Eventually.True(async () => (await File.ReadAllTextAsync(In($"{node}/log/public/checkpoint"), TestContext.Current.CancellationToken)).Split('\n')[1] == $"{files[^1].Size}", 30);
            Assert.StartsWith($"{files[^1].Size} entries", await GoTlog.Accepts("log", In($"{node}/log/public"), vkey), StringComparison.Ordinal);
            foreach (var (size, file, _) in files.Where(each => each.Size > 0))
                Assert.Equal($"{files[^1].Size} continues {size}", await GoTlog.Accepts("consistent", vkey, file, files[^1].File, In($"{node}/log/public")));
        }
    }

    private static long Size(string note) => long.Parse(note.Split('\n')[1], CultureInfo.InvariantCulture);

    private string In(string path) => Path.Combine(directory.FullName, path);
}
