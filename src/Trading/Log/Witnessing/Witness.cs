using System.Text;
using Trading.Log.Notes;
using Trading.Log.Publishing;
using Trading.Merkle;

namespace Trading.Log.Witnessing;

/// <summary>What a witness answers.</summary>
public abstract record WitnessReply
{
    /// <summary>200: the cosignature.</summary>
    public sealed record Cosigned(NoteSignature Signature) : WitnessReply;

    /// <summary>409: the size it cosigned last is another, or its root is.</summary>
    public sealed record Conflict(long Size) : WitnessReply;

    /// <summary>400, 403, 404 or 422, as the standard has it.</summary>
    public sealed record Refused(int Status, string Why) : WitnessReply;
}

/// <summary>
/// 见证: remembers of each log the last checkpoint it cosigned, and cosigns the next only if it continues that one. A supervisor's office
/// runs one; a log that shows different histories to different people cannot get both cosigned.
/// </summary>
/// <param name="logs">The keys of the logs that are witnessed; while a log changes its keys there are two of one name.</param>
/// <param name="directory">Where the last checkpoint of each is kept, never to be put back to an older state.</param>
/// <exception cref="IOException">Another witness uses the directory.</exception>
public sealed class Witness(INoteSigner signer, IReadOnlyList<VerifierKey> logs, string directory, TimeProvider clock) : IDisposable
{
    private readonly FileStream only = Fence.Take(directory) ?? throw new IOException($"{directory} is in use by another witness.");
    private readonly SemaphoreSlim gate = new(1);

    public VerifierKey Key => signer.Key;

    public async Task<WitnessReply> Add(AddCheckpoint request, CancellationToken ct)
    {
        if (!SignedNote.TryParse(request.Note, out var note) || !Checkpoint.TryParse(note.Text, out var checkpoint)) return new WitnessReply.Refused(400, "no checkpoint");
        var keys = logs.Where(k => k.Name == checkpoint.Origin).ToList();
        if (keys.Count is 0) return new WitnessReply.Refused(404, "unknown log");
        if (!keys.Any(k => k.HasSigned(note))) return new WitnessReply.Refused(403, "no signature of the log");
        if (request.Older > checkpoint.Size) return new WitnessReply.Refused(400, "the old size is larger than the checkpoint's");

        await gate.WaitAsync(ct);
        try
        {
            var last = await Last(checkpoint.Origin, ct);
            if (last is not null && last.Size == checkpoint.Size && !last.Root.AsSpan().SequenceEqual(checkpoint.Root))
            {
                await KeepEvidence(checkpoint, request.Note, ct);
                return new WitnessReply.Conflict(last.Size);
            }

            if (request.Older != (last?.Size ?? 0)) return new WitnessReply.Conflict(last?.Size ?? 0);
            if (!Continues(request, last, checkpoint)) return new WitnessReply.Refused(422, "the checkpoint does not continue the last one");

            await DurableFile.Write(FileOf(checkpoint.Origin), Encoding.UTF8.GetBytes(request.Note), ct);
            return new WitnessReply.Cosigned(signer.Sign(note.Text, clock.GetUtcNow()));
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        gate.Dispose();
        only.Dispose();
    }

    /// <summary>Every tree continues the empty one, which has one root and needs no proof.</summary>
    private static bool Continues(AddCheckpoint request, Checkpoint? last, Checkpoint checkpoint)
    {
        var hash = TreeHash.Sha256;
        if (request.Older > 0) return Proof.IsConsistent(hash, request.Older, checkpoint.Size, last!.Root, checkpoint.Root, request.Proof);
        return request.Proof.Count is 0 && (checkpoint.Size > 0 || checkpoint.Root.AsSpan().SequenceEqual(hash.Empty));
    }

    private async Task<Checkpoint?> Last(string origin, CancellationToken ct)
    {
        var file = FileOf(origin);
        if (!File.Exists(file)) return null;
        return SignedNote.TryParse(await File.ReadAllTextAsync(file, ct), out var note) && Checkpoint.TryParse(note.Text, out var checkpoint) && checkpoint.Origin == origin
            ? checkpoint
            : throw new LogStoppedException($"{file} holds no checkpoint of {origin}.");
    }

    /// <summary>Two roots of one size, both signed, prove to everybody that the log has two histories.</summary>
    private Task KeepEvidence(Checkpoint checkpoint, string note, CancellationToken ct) =>
        DurableFile.Write($"{FileOf(checkpoint.Origin)}.{checkpoint.Size}.contradicted", Encoding.UTF8.GetBytes(note), ct);

    private string FileOf(string origin) => Path.Combine(directory, $"{Uri.EscapeDataString(origin)}.checkpoint");
}
