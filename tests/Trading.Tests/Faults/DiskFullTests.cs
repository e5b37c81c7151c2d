using System.Net;
using Trading.Tests.Harness;
using Trading.Tests.Ops;
using Xunit;

namespace Trading.Tests.Faults;

/// <summary>
/// The disk that holds everything fills up under load, until PostgreSQL ends. What is in memory and in files is readable meanwhile, and once
/// there is space again everything goes on by itself.
/// </summary>
public sealed class DiskFullTests(ITestOutputHelper output) : IDisposable
{
    private const int Megabytes = 240;
    private readonly DirectoryInfo own = Directory.CreateTempSubdirectory("trading-disk-full-");

    public void Dispose() => own.Delete(recursive: true);

    [Fact]
    public async Task a_full_disk_loses_nothing_and_everything_comes_back_when_there_is_space_again()
    {
        await using var disk = await SmallDisk.Mount(Megabytes);
        await using var run = await RunScript.Start(disk.Directory, ["--empty"]);
        using var ledger = new Ledger(Path.Combine(own.FullName, "ledger"));
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(Campaign.Longest);
        var (clients, enough) = (new PersistentClients(run.Client("publisher"), ledger), new TaskCompletionSource());
        var application = run.Application;
        var posting = clients.Post(enough.Task, bound.Token);
        await ledger.More(50, posting);

        for (var episode = 1; episode <= Campaign.DiskFullOfRun; episode++)
        {
            var restarts = Restarts(run);
            (await run.Client().Get("/v1/codelists")).Expect(HttpStatusCode.OK);   // it is kept now
            disk.Fill();
            var noticed = clients.Refused;
            await Eventually.True(() => Task.FromResult(clients.Refused > noticed || posting.IsFaulted), seconds: 300);
            if (run.Postgres is { } postgres) await Running.Signal(postgres, "KILL");   // sooner or later it ends by itself, where its own log finds no space
            await Eventually.True(() => Task.FromResult(Restarts(run) > restarts || posting.IsFaulted), seconds: 60);
            await Readable(run);
            var (code, refused) = (await run.Client().Get("/v1/notices"), clients.Refused);
            Assert.Equal("unreachable", (string?)code.Refused(HttpStatusCode.ServiceUnavailable, "unavailable").Json["facts"]!["database"]);
            Assert.True(refused > 0);

            disk.Free();
            await ledger.More(50, posting);
            await run.Ready();
        }

        enough.SetResult();
        await posting;
        output.WriteLine($"{ledger.Count} posts acknowledged; refused: {string.Join(", ", clients.Doubts.Select(d => $"{d.Key} {d.Value} times"))}");
        Assert.Equal(application, run.Application);
        await InOrder(run, ledger);
        Assert.Equal(0, await run.Stop("TERM"));
    }

    private static int Restarts(RunScript run) => run.Output.Split("postgres ended with code").Length - 1;

    private static async Task Readable(RunScript run)
    {
        await Eventually.Get(run.Client(), "/v1/codelists", answer => answer.Status is HttpStatusCode.OK && answer.Headers.ContainsKey("Cache-Status"));
        foreach (var path in (string[])["/docs/index.html", "/openapi/v1.json", "/log/checkpoint", "/log/keys", "/health/live"])
            (await run.Client().Get(path)).Expect(HttpStatusCode.OK);
    }

    /// <summary>The feed tells exactly what was acknowledged, each event once, and the log is in order.</summary>
    private async Task InOrder(RunScript run, Ledger ledger)
    {
        var acknowledged = ledger.Read().SelectMany(a => a.Events).ToList();
        var told = new List<Guid>();
        await Eventually.True(async () =>
        {
            var page = (await run.Client().Get($"/v1/changes?after={told.Count}&limit=500")).Expect(HttpStatusCode.OK).Json;
            told.AddRange(page["items"]!.AsArray().Select(item => Guid.Parse((string)item!["eventId"]!)));
            return told.Count >= acknowledged.Count;
        }, seconds: 60);
        Assert.Equal(acknowledged.Order(), told.Order());

        var (code, said) = await RunScript.RunToEnd("ops/verify", "--data", run.Directory.FullName, "--database");
        output.WriteLine(said.Trim());
        Assert.True(code is 0, said);
    }
}
