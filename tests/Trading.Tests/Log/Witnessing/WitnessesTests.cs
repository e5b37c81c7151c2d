using System.Globalization;
using System.Net;
using System.Text;
using Trading.Log.Notes;
using Trading.Tests.Harness;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Log.Witnessing;

/// <summary>The service and its witnesses as processes of their own, over HTTP.</summary>
public sealed class WitnessesTests : IDisposable
{
    private const string Origin = "trading.example/log";
    private static readonly HttpClient http = new();
    private readonly string directory = Directory.CreateTempSubdirectory("trading-witnesses-").FullName;
    private readonly VerifierKey log;

    public WitnessesTests()
    {
        Directory.CreateDirectory(In("keys"));
        Directory.CreateDirectory(In("witness"));
        log = KeyFile.Create(In("keys/ed25519.private"), Origin, NoteAlgorithm.Ed25519);
    }

    [Fact]
    public async Task the_served_checkpoint_is_cosigned_and_a_witness_that_was_down_catches_up()
    {
        await using var database = await Database.Create("witnessed");
        var witness = await WitnessProcess.Start(In("witness"), "http://127.0.0.1:0", log);
        await using var service = await Start(database, [(witness.Address, witness.Key)], ("Log__Overdue__Degraded", "00:00:02"), ("Log__Overdue__Critical", "00:00:03"));

        var firstProof = await Record(service);
        var first = await Cosigned(service, witness.Key, 0);
        await ProofIsCosigned(service, firstProof, witness.Key);
        await Eventually.True(async () => IsCosigned(await File.ReadAllTextAsync(In("log/public/checkpoint"), TestContext.Current.CancellationToken), witness.Key));
        await Says(service, "healthy");
        await Save(first.Text, "first");
        Assert.Equal($"{first.Size} entries, cosigned by {witness.Key.Name}", await GoTlog.Accepts("cosigned", log.ToString(), witness.Key.ToString(), In("first")));
        await Save(first.Text.Replace("\n— witness", "\n\n— witness", StringComparison.Ordinal), "spoilt");
        await GoTlog.Refuses("cosigned", log.ToString(), witness.Key.ToString(), In("spoilt"));

        await witness.DisposeAsync();
        var secondProof = await Record(service);
        await Eventually.True(async () => (await Served(service)).Size > first.Size);
        var (size, text) = await Served(service);
        Assert.False(IsCosigned(text, witness.Key));
        await ProofIsCosigned(service, firstProof, witness.Key);
        Assert.False(IsCosigned(NoteOf(await Eventually.Get(service.Client(), secondProof, answer => answer.Status is HttpStatusCode.OK)), witness.Key));
        await Says(service, "degraded");
        await service.Running.Until(log => log.Contains($"The witness {witness.Key.Name} has cosigned nothing", StringComparison.Ordinal) ? log : null, TimeSpan.FromSeconds(60));

        await using var back = await WitnessProcess.Start(In("witness"), witness.Address.ToString(), log);
        Assert.Equal(witness.Key.ToString(), back.Key.ToString());
        var second = await Cosigned(service, back.Key, first.Size);
        Assert.Equal(size, second.Size);
        await ProofIsCosigned(service, secondProof, back.Key);
        await Says(service, "healthy");
        await Save(second.Text, "second");
        Assert.StartsWith($"{second.Size} entries", await GoTlog.Accepts("cosigned", log.ToString(), back.Key.ToString(), In("second")), StringComparison.Ordinal);
        Assert.Equal($"{second.Size} continues {first.Size}", await GoTlog.Accepts("consistent", log.ToString(), In("first"), In("second"), In("log/public")));
    }

    [Fact]
    public async Task witnesses_that_are_down_slow_or_hostile_harm_nobody()
    {
        string[] kinds = ["liar", "forger", "huge", "redirecting", "swinging", "garbled", "refusing", "mute"];
        var (swings, swallowed) = (0, 0L);
        var signers = kinds.ToDictionary(kind => kind, kind => new CosignatureSigner($"{kind}.example", new byte[32]));
        await using var hostile = await Loopback.Start(async asked =>
        {
            var kind = asked.Request.Path.Value!.Split('/')[1];
            using var reader = new StreamReader(asked.Request.Body);
            var request = await reader.ReadToEndAsync(asked.RequestAborted);
            asked.Response.StatusCode = kind switch { "redirecting" => 307, "swinging" => 409, "refusing" => 422, _ => 200 };
            switch (kind)
            {
                case "liar":
                    await Say($"{signers[kind].Sign("another\n1\ntext\n", TimeProvider.System.GetUtcNow())}\n");
                    break;
                case "forger":
                    // makes of our note and its answer another note, whose text ends in the answer, and cosigns that
                    var note = $"{request[(request.IndexOf("\n\n", StringComparison.Ordinal) + 2)..]}forged\n";
                    await Say($"forged\n\n{signers[kind].Sign(note, TimeProvider.System.GetUtcNow())}\n");
                    break;
                case "huge":
                    for (var i = 0; i < 10_000; i++) await Say(new string('x', 10_000));
                    Interlocked.Increment(ref swallowed);
                    break;
                case "redirecting":
                    asked.Response.Headers.Location = "/elsewhere/add-checkpoint";
                    break;
                case "swinging":
                    await Say(string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref swings) % 2}\n"));
                    break;
                case "garbled":
                    asked.Response.ContentType = "text/plain; charset=none-such";
                    await asked.Response.Body.WriteAsync(new byte[] { 0xff, 0xfe, 0x00 }, asked.RequestAborted);
                    break;
                case "mute":
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, asked.RequestAborted);
                    break;
            }

            Task Say(string text) => asked.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), asked.RequestAborted).AsTask();
        });

        await using var database = await Database.Create("hostile");
        await using var witness = await WitnessProcess.Start(In("witness"), "http://127.0.0.1:0", log);
        await using var service = await Start(database,
        [
            .. kinds.Select(kind => (new Uri(hostile.Address, kind), signers[kind].Key)),
            (new Uri("http://127.0.0.1:1/"), new CosignatureSigner("absent.example", new byte[32]).Key),
            (witness.Address, witness.Key),
        ]);

        var size = 0L;
        for (var round = 0; round < 3; round++)
        {
            await Record(service);
            (size, var text) = await Cosigned(service, witness.Key, size);
            Assert.True(SignedNote.TryParse(text, out var note));
            Assert.Equal([Origin, witness.Key.Name], note.Signatures.Select(s => s.Name));
        }

        await Eventually.True(() => Task.FromResult(kinds.All(kind => hostile.Asked.Count(path => path == $"/{kind}/add-checkpoint") >= 2)), seconds: 60);
        Assert.Equal(0, Interlocked.Read(ref swallowed));
        Assert.DoesNotContain(hostile.Asked, path => path.StartsWith("/elsewhere", StringComparison.Ordinal));
        Assert.InRange(hostile.Asked.Count(path => path.StartsWith("/swinging", StringComparison.Ordinal)), 2, 50);
        await Record(service);
        Assert.True(IsCosigned((await Cosigned(service, witness.Key, size)).Text, witness.Key));
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private Task<Deployment> Start(Database database, (Uri Address, VerifierKey Key)[] witnesses, params (string, string?)[] settings) => Deployment.Start(database,
    [
        .. settings,
        ("Log__Origin", Origin), ("Log__Directory", In("log")), ("Log__Keys", In("keys")), ("Log__Fence", In("fence")),
        .. witnesses.SelectMany((w, i) => new (string, string?)[] { ($"Log__Witnesses__{i}__Address", w.Address.ToString()), ($"Log__Witnesses__{i}__Key", w.Key.ToString()) }),
    ]);

    /// <returns>Where its proof is.</returns>
    private static async Task<string> Record(Deployment service) =>
        (string)(await service.Client("publisher").PostText("/v1/procedures", Posted.Body)).Expect(HttpStatusCode.Created).Json["links"]!["receipt"]!;

    private static Task<Answer> ProofIsCosigned(Deployment service, string proof, VerifierKey witness) =>
        Eventually.Get(service.Client(), proof, answer => answer.Status is HttpStatusCode.OK && IsCosigned(NoteOf(answer), witness));

    private static string NoteOf(Answer proof) => proof.Body[(proof.Body.IndexOf("\n\n", StringComparison.Ordinal) + 2)..];

    private static Task<Answer> Says(Deployment service, string how) =>
        Eventually.Get(service.Client(), "/health/ready", answer => (string?)answer.Json["parts"]?["witnesses"] == how);

    /// <summary>Waits until a checkpoint larger than this is served with the witness's cosignature.</summary>
    private static async Task<(long Size, string Text)> Cosigned(Deployment service, VerifierKey witness, long larger)
    {
        (long Size, string Text) served = default;
        await Eventually.True(async () => (served = await Served(service)).Size > larger && IsCosigned(served.Text, witness), seconds: 60);
        return served;
    }

    private static async Task<(long Size, string Text)> Served(Deployment service)
    {
        using var answer = await http.GetAsync(new Uri(service.Address, "/log/checkpoint"), TestContext.Current.CancellationToken);
        if (answer.StatusCode is HttpStatusCode.NotFound) return (-1, "");
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(SignedNote.TryParse(text, out var note), text);
        Assert.True(Checkpoint.TryParse(note.Text, out var checkpoint), text);
        return (checkpoint.Size, text);
    }

    private static bool IsCosigned(string text, VerifierKey witness) => SignedNote.TryParse(text, out var note) && witness.HasSigned(note);

    private Task Save(string text, string name) => File.WriteAllTextAsync(In(name), text, TestContext.Current.CancellationToken);

    private string In(string path) => Path.Combine(directory, path);
}
