using System.Text;
using Npgsql;
using Trading.Log.Notes;
using Trading.Merkle;

namespace Trading.Log.Publishing;

/// <summary>
/// Puts a tree before the public: as files that any web server can serve, then by a signed checkpoint. A node that does not lead follows:
/// it checks what another has published, keeps its own directory whole and moves its own fence.
/// </summary>
public sealed class Publisher(NpgsqlDataSource database, PublishedTree tree, Fence fence, string directory)
{
    private readonly LogTiles tiles = new(database, tree.Hash);
    private (long Size, SignedNote Note, string Told)? last;
    private Checkpoint? held;
    private bool whole;

    /// <summary>Compares the database with what this node knows to be published: its fence, and the checkpoint in its directory.</summary>
    /// <returns>The fence; null while nothing is published.</returns>
    /// <exception cref="LogStoppedException">They differ, or the fence cannot be read.</exception>
    public async Task<Checkpoint?> Check(CancellationToken ct)
    {
        var published = await fence.Published(ct);   // before the database, which may grow meanwhile
        var here = held is null && File.Exists(In("checkpoint")) ? tree.Open(await File.ReadAllTextAsync(In("checkpoint"), ct)) : null;
        var head = await Head(ct);
        if (published is null)
        {
            fence.CheckAbsence(Math.Max(head.Last ?? 0, here?.Size ?? 0));
            return null;
        }

        if (here?.Size > published.Size) await fence.Check(tiles, here, head.Size, ct);
        if (head.Size < published.Size || held?.Size != published.Size) await fence.Check(tiles, published, head.Size, ct);
        return held = published;
    }

    /// <summary>Takes over the newest checkpoint that another node has published.</summary>
    /// <param name="serves">Whether the directory is this node's to keep whole.</param>
    /// <exception cref="LogStoppedException">The database differs from the fence or from the checkpoint, or no key of ours has signed it.</exception>
    public async Task Follow(bool serves, CancellationToken ct)
    {
        var published = await Check(ct);
        var (_, _, newest) = await Head(ct);
        var moves = newest is { } size && size > (published?.Size ?? -1);
        if (moves)
        {
            var note = await Note(newest!.Value, ct);
            var checkpoint = tree.Open(note.ToString())
                ?? throw new LogStoppedException($"The checkpoint of {newest} entries in the database is signed by no key of {tree.Origin} that this node has. All nodes need the same Log:Keys.");
            if (checkpoint.Size != newest) throw new LogStoppedException($"What the database holds as the checkpoint of {newest} entries of {tree.Origin} is that of {checkpoint.Size}.");
            await fence.Check(tiles, checkpoint, (await Head(ct)).Size, ct);
            if (serves) await Complete(published?.Size ?? 0, checkpoint.Size, ct);
            await fence.Move(tree.Own(note), ct);
            published = held = checkpoint;
        }

        if (!serves || published is null) return;
        if (!whole) await Complete(0, published.Size, ct);
        if (moves || last is null) await Write(published.Size, await fence.Note(ct), ct);
    }

    /// <summary>Takes up publishing where it was left, if the database may go on from there, and makes every file that is missing.</summary>
    /// <exception cref="LogStoppedException">It may not.</exception>
    public async Task Begin(CancellationToken ct)
    {
        await Follow(serves: false, ct);
        if (await fence.Published(ct) is { } published) await Complete(0, published.Size, ct);
    }

    /// <summary>Publishes what the database has, unless it is published already.</summary>
    /// <exception cref="LogStoppedException">The database contradicts what was published.</exception>
    public async Task Publish(DateTimeOffset now, CancellationToken ct)
    {
        var published = await fence.Published(ct);
        var (size, root, newest) = await Head(ct);
        if (published is null) fence.CheckAbsence(newest ?? 0);
        else await fence.Check(tiles, published, size, ct);
        if (published?.Size == size)
        {
            await Tell(published, await fence.Note(ct), ct);
            return;
        }

        if (newest > (published?.Size ?? 0))
            throw new LogStoppedException($"The database holds a checkpoint of {newest} entries of {tree.Origin}, but this node has published {published?.Size ?? 0}.");
        await fence.CheckGrowth(tiles, published, size, root, ct);
        await CheckGrown(published?.Size ?? 0, size, ct);
        foreach (var tile in Tile.Grown(published?.Size ?? 0, size)) await WriteTile(tile, ct);
        var checkpoint = new Checkpoint(tree.Origin, size, root);
        var note = tree.Sign(checkpoint, now);
        await fence.Move(note, ct);
        held = checkpoint;
        await Tell(checkpoint, note, ct);
    }

    private async Task CheckGrown(long older, long newer, CancellationToken ct)
    {
        try
        {
            await new GrownHashes(tiles, tree.Hash).Check(older, newer, ct);
        }
        catch (InvalidDataException wrong)
        {
            throw new LogStoppedException($"The tree {tree.Origin} in the database is not made of its entries: {wrong.Message}") { DatabaseDiffers = true };
        }
    }

    /// <summary>Puts the cosignatures that have arrived since under the checkpoint that was published last.</summary>
    public async Task AddCosignatures(CancellationToken ct)
    {
        if (last is var (size, note, told) && await Cosigned(size, note, ct) is var text && text != told) await Write(size, note, text, ct);
    }

    private async Task Tell(Checkpoint checkpoint, SignedNote note, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            insert into {LogSchema.Name}.checkpoint (tree, size, note, number)
            select $1, $2, $3, coalesce((select number from {LogSchema.Name}.checkpoint where tree = $1 order by size desc limit 1), 0) + 1
            on conflict (tree, size) do nothing
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = tree.Hash.Name });
        command.Parameters.Add(new NpgsqlParameter { Value = checkpoint.Size });
        command.Parameters.Add(new NpgsqlParameter { Value = note.ToString() });
        await command.ExecuteNonQueryAsync(ct);
        if ((await Note(checkpoint.Size, ct)).Text != note.Text)
            throw new LogStoppedException($"The database holds another checkpoint of {checkpoint.Size} entries of {tree.Origin} than this node has signed.") { DatabaseDiffers = true };
        await Write(checkpoint.Size, note, ct);   // last: whoever has read it finds it in the database
    }

    private async Task Write(long size, SignedNote note, CancellationToken ct) => await Write(size, note, await Cosigned(size, note, ct), ct);

    private async Task Write(long size, SignedNote note, string text, CancellationToken ct)
    {
        await DurableFile.WriteReplaceable(In("checkpoint"), Encoding.UTF8.GetBytes(text), ct);
        last = (size, note, text);
    }

    /// <summary>What the database has as cosignatures may make no other note of ours.</summary>
    private async Task<string> Cosigned(long size, SignedNote note, CancellationToken ct)
    {
        var text = $"{note}{await CosignedCheckpoint.Lines(database, tree.Hash, size, ct)}";
        return SignedNote.TryParse(text, out var cosigned) && cosigned.Text == note.Text ? text : note.ToString();
    }

    /// <summary>Writes what the tree gained from one size to another; from the start, only those of the full tiles that are not there.</summary>
    private async Task Complete(long from, long until, CancellationToken ct)
    {
        foreach (var tile in Tile.Grown(from, until).Where(tile => from > 0 || !tile.IsFull || !File.Exists(In(tile.Path)))) await WriteTile(tile, ct);
        whole |= from is 0;
    }

    /// <summary>The tile comes last: where it is, what belongs to it is there too.</summary>
    private async Task WriteTile(Tile tile, CancellationToken ct)
    {
        if (tile.Level is 0 && tree.Prefix.Length is 0)   // the entries are the same for every tree
        {
            await WriteNotices(tile, ct);
            await Write(tile, tile.EntriesPath, await tiles.ReadEntries(tile, ct), ct);
        }

        await Write(tile, tile.Path, await tiles.Read(tile, ct), ct);
    }

    /// <summary>A full tile is written for ever, and its narrower forms give way to it; one that still grows is soon written again.</summary>
    private async Task Write(Tile tile, string path, byte[] bytes, CancellationToken ct)
    {
        await (tile.IsFull ? DurableFile.Write(In(path), bytes, ct) : DurableFile.WriteReplaceable(In(path), bytes, ct));
        if (tile.IsFull && Directory.Exists(In($"{path}.p"))) Directory.Delete(In($"{path}.p"), recursive: true);
    }

    /// <summary>What notices state that were too long for their leaves, by their position.</summary>
    private async Task WriteNotices(Tile tile, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"select position, notice from {LogSchema.Name}.leaf where position >= $1 and position < $2 and notice is not null");
        command.Parameters.Add(new NpgsqlParameter { Value = tile.First });
        command.Parameters.Add(new NpgsqlParameter { Value = tile.First + tile.Width });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var file = In($"notice/{reader.GetInt64(0)}.json");
            if (!File.Exists(file)) await DurableFile.Write(file, reader.GetFieldValue<byte[]>(1), ct);
        }
    }

    private string In(string path) => Path.Combine(directory, tree.Prefix, path);

    /// <returns>The tree in the database, and the size of the newest checkpoint there.</returns>
    private async Task<(long Size, byte[] Root, long? Last)> Head(CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            select h.size, h.root, c.size from (select max(size) as size from {LogSchema.Name}.checkpoint where tree = $1) c
            left join {LogSchema.Name}.head h on h.tree = $1
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = tree.Hash.Name });
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        long? newest = await reader.IsDBNullAsync(2, ct) ? null : reader.GetInt64(2);
        return await reader.IsDBNullAsync(0, ct) ? (0, tree.Hash.Empty, newest) : (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), newest);
    }

    /// <exception cref="LogStoppedException">It is no note.</exception>
    private async Task<SignedNote> Note(long size, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select note from {LogSchema.Name}.checkpoint where tree = $1 and size = $2");
        command.Parameters.Add(new NpgsqlParameter { Value = tree.Hash.Name });
        command.Parameters.Add(new NpgsqlParameter { Value = size });
        return SignedNote.TryParse((string?)await command.ExecuteScalarAsync(ct) ?? "", out var note)
            ? note
            : throw new LogStoppedException($"The checkpoint of {size} entries in the database is no note.");
    }
}
