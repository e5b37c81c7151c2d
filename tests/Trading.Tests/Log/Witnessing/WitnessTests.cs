using Trading.Log;
using Trading.Log.Notes;
using Trading.Log.Witnessing;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Log.Witnessing;

public sealed class WitnessTests : IDisposable
{
    private const string Origin = "log.example/2026";
    private static readonly SignedTree tree = new(Origin);
    private readonly string directory = Directory.CreateTempSubdirectory("trading-witness-").FullName;
    private readonly TestClock clock = new();

    [Fact]
    public async Task cosigns_a_log_as_it_grows()
    {
        using var witness = Open();
        foreach (var (older, newer) in ((long, long)[])[(0, 0), (0, 3), (3, 3), (3, 4), (4, 300), (300, 301)])
        {
            var request = await tree.Request(older, newer);
            var cosigned = Assert.IsType<WitnessReply.Cosigned>(await witness.Add(request, TestContext.Current.CancellationToken));
            Assert.True(SignedNote.TryParse($"{request.Note}{cosigned.Signature}\n", out var note));
            Assert.True(witness.Key.HasSigned(note), $"{older} to {newer}");
            Assert.Equal(clock.GetUtcNow(), witness.Key.CosignedAt(note));
        }
    }

    [Fact]
    public async Task of_requests_that_race_it_cosigns_one_history_and_never_goes_back()
    {
        using var witness = Open();
        Assert.IsType<WitnessReply.Cosigned>(await Add(witness, 0, 1));
        for (var round = 0; round < 20; round++)
        {
            var (last, sizes) = (1L + (10 * round), Enumerable.Range(1, 8).Select(i => 1L + (10 * round) + i).ToList());
            var requests = await Task.WhenAll(sizes.Select(size => tree.Request(last, size)));
            using var start = new Barrier(requests.Length);
            var replies = await Task.WhenAll(requests.Select(request => Task.Factory.StartNew(() =>
            {
                start.SignalAndWait(TestContext.Current.CancellationToken);
                return witness.Add(request, TestContext.Current.CancellationToken);
            }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

            var winner = Assert.Single(sizes.Zip(replies), r => r.Second is WitnessReply.Cosigned).First;
            Assert.All(replies.Where(r => r is not WitnessReply.Cosigned), r => Assert.Equal(new WitnessReply.Conflict(winner), r));
            Assert.IsType<WitnessReply.Cosigned>(await Add(witness, winner, 11 + (10 * round)));
        }
    }

    [Fact]
    public async Task remembers_over_a_restart()
    {
        using (var witness = Open()) Assert.IsType<WitnessReply.Cosigned>(await Add(witness, 0, 7));
        using var again = Open();
        Assert.Equal(new WitnessReply.Conflict(7), await Add(again, 0, 3));
        Assert.Equal(new WitnessReply.Conflict(7), await Add(again, 3, 9));
        Assert.IsType<WitnessReply.Cosigned>(await Add(again, 7, 9));
    }

    [Fact]
    public async Task a_log_with_two_histories_gets_only_one_cosigned_and_leaves_the_proof_of_it()
    {
        using var witness = Open();
        Assert.IsType<WitnessReply.Cosigned>(await Add(witness, 0, 5));
        var forged = tree.Note(5, await SignedTree.Root(4));
        Assert.Equal(new WitnessReply.Conflict(5), await witness.Add(new AddCheckpoint(5, [], forged), TestContext.Current.CancellationToken));
        Assert.Equal(new WitnessReply.Conflict(5), await witness.Add(new AddCheckpoint(0, [], forged), TestContext.Current.CancellationToken));
        foreach (var proof in (IReadOnlyList<byte[]>[])[[], await SignedTree.ProofOf(5, 8), await SignedTree.ProofOf(4, 8)])
            Assert.Equal(422, Assert.IsType<WitnessReply.Refused>(
                await witness.Add(new AddCheckpoint(5, proof, tree.Note(8, await SignedTree.Root(9))), TestContext.Current.CancellationToken)).Status);

        Assert.Equal(forged, await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(directory, "*.contradicted")), TestContext.Current.CancellationToken));
        Assert.IsType<WitnessReply.Cosigned>(await Add(witness, 5, 8));
    }

    [Fact]
    public async Task takes_any_of_a_logs_keys_and_ignores_signatures_of_others()
    {
        var renewed = new SignedTree(Origin, secret: 2);
        using var witness = Open(tree.Key, renewed.Key);
        Assert.IsType<WitnessReply.Cosigned>(await Add(witness, 0, 2));
        Assert.True(SignedNote.TryParse(await renewed.Note(3), out var note));
        Assert.True(SignedNote.TryParse(await new SignedTree(Origin, secret: 3).Note(3), out var foreign));
        var both = note with { Signatures = [.. foreign.Signatures, .. note.Signatures] };
        Assert.IsType<WitnessReply.Cosigned>(
            await witness.Add(new AddCheckpoint(2, await SignedTree.ProofOf(2, 3), both.ToString()), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task keeps_logs_apart()
    {
        var other = new SignedTree("log.example/2027");
        using var witness = Open(tree.Key, other.Key);
        Assert.IsType<WitnessReply.Cosigned>(await Add(witness, 0, 5));
        Assert.IsType<WitnessReply.Cosigned>(await witness.Add(await other.Request(0, 2), TestContext.Current.CancellationToken));
        Assert.IsType<WitnessReply.Cosigned>(await Add(witness, 5, 6));
    }

    [Fact]
    public async Task stops_when_its_memory_is_spoilt()
    {
        using var witness = Open();
        Assert.IsType<WitnessReply.Cosigned>(await Add(witness, 0, 5));
        await File.WriteAllTextAsync(Assert.Single(Directory.GetFiles(directory, "*.checkpoint")), "", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<LogStoppedException>(() => Add(witness, 0, 6));
    }

    [Fact]
    public void a_directory_has_one_witness()
    {
        using var witness = Open();
        Assert.Throws<IOException>(() => Open());
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private Witness Open(params VerifierKey[] logs) =>
        new(new CosignatureSigner("witness.example", new byte[32]), logs is [] ? [tree.Key] : logs, directory, clock);

    private static async Task<WitnessReply> Add(Witness witness, long older, long newer) =>
        await witness.Add(await tree.Request(older, newer), TestContext.Current.CancellationToken);
}
