using System.Net;
using Trading.Log;
using Trading.Log.Notes;
using Trading.Tests.Harness;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Faults;

/// <summary>The database is away for a while under load. Every part of the service that works in the background goes on once it is back.</summary>
public sealed class DatabaseAwayTests(ITestOutputHelper output) : IDisposable
{
    private const string Origin = "trading.example/log";
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("trading-away-");

    public void Dispose() => directory.Delete(recursive: true);

    [Theory]
    [InlineData("solo")]
    [InlineData("hot-cold")]
    public async Task every_part_goes_on_after_the_database_was_away(string daemon)
    {
        directory.CreateSubdirectory("keys");
        var key = KeyFile.Create(In("keys/ed25519.private"), Origin, NoteAlgorithm.Ed25519);
        await using var database = await Database.Create("away");
        await using var wire = new Wire(database.Application);
        await using var witness = await WitnessProcess.Start(directory.CreateSubdirectory("witness").FullName, "http://127.0.0.1:0", key);
        await using var service = await Deployment.Start(
            database, ("ConnectionStrings__Trading", wire.Connection), ("Projections__Daemon", daemon),
            ("Log__Origin", Origin), ("Log__Keys", In("keys")), ("Log__Witnesses__0__Address", witness.Address.ToString()), ("Log__Witnesses__0__Key", witness.Key.ToString()));
        using var ledger = new Ledger(In("ledger"));
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(Campaign.Longest);
        var (clients, enough) = (new PersistentClients(service.Client("publisher"), ledger), new TaskCompletionSource());
        var posting = clients.Post(enough.Task, bound.Token);
        await ledger.More(50, posting);

        wire.Cut();
        await Eventually.True(() => Task.FromResult(posting.IsFaulted || clients.Refused >= Campaign.Refusals), seconds: 1800);
        wire.Mend();
        await ledger.More(50, posting);
        enough.SetResult();
        await posting;
        output.WriteLine($"{ledger.Count} posts acknowledged, refused: {string.Join(", ", clients.Doubts.Select(d => $"{d.Key} {d.Value} times"))}");

        try
        {
            await GoesOn(service, database, witness.Key, ledger.Read().SelectMany(a => a.Events).Count());
        }
        catch
        {
            output.WriteLine(service.Running.Output);
            throw;
        }
    }

    private static async Task GoesOn(Deployment service, Database database, VerifierKey witness, int events)
    {
        var anyone = service.Client();
        Assert.Equal([events], await Posted.Rows<long>(database, $"select count(*) from events.mt_events where not ({LogSchema.Tombstone})"));

        // the sequencer and the head: the feed has come to the last event
        await Eventually.Get(anyone, $"/v1/changes?after={events - 1}", answer => answer.Status is HttpStatusCode.OK && (long)answer.Json["next"]! == events);

        // the daemon: the lists have, too
        await Eventually.Get(anyone, "/v1/notices?limit=1", answer => answer.Status is HttpStatusCode.OK);
        await Boards.CaughtUp(database, seconds: 90);
        await Eventually.Get(anyone, "/health/ready", answer => answer.Status is HttpStatusCode.OK);

        // the watch over legal times
        await Eventually.True(async () => (await Posted.Rows<long>(database, "select position from watch.progress")).SequenceEqual([events]), seconds: 30);

        // the witness
        await Eventually.True(async () => (await Cosigned(anyone, witness)) == events, seconds: 60);

        // the cache
        await Eventually.Get(anyone, "/v1/codelists", answer => answer.Headers.ContainsKey("Age") && !answer.Headers.ContainsKey("Cache-Status"));
    }

    /// <summary>The size of the served checkpoint, if the witness has cosigned it.</summary>
    private static async Task<long> Cosigned(Client anyone, VerifierKey witness) =>
        SignedNote.TryParse((await anyone.Get("/log/checkpoint")).Body, out var note) && witness.HasSigned(note) && Checkpoint.TryParse(note.Text, out var checkpoint) ? checkpoint.Size : -1;

    private string In(string path) => Path.Combine(directory.FullName, path);
}
