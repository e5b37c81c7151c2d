using System.Text;
using Npgsql;
using Trading.Log.Notes;
using Trading.Merkle;

namespace Trading.Log.Publishing;

/// <summary>Puts a tree before the public: as files that any web server can serve, then by a signed checkpoint.</summary>
public sealed class Publisher(NpgsqlDataSource database, PublishedTree tree, Fence fence, string directory)
{
    private readonly LogTiles tiles = new(database, tree.Hash);
    private (long Size, SignedNote Note, string Told)? last;

    /// <summary>Takes up publishing where it was left, if the database may go on from there, and puts back what a loss of power took.</summary>
    /// <exception cref="LogStoppedException">It may not.</exception>
    public async Task Begin(CancellationToken ct)
    {
        if (await fence.Check(tiles, (await Head(ct)).Size, await Last(ct), ct) is { } published)
            foreach (var tile in Tile.Grown(0, published.Size).Where(tile => !tile.IsFull)) await WriteTile(tile, ct);
    }

    /// <summary>Publishes what the database has, unless it is published already.</summary>
    /// <exception cref="LogStoppedException">The database contradicts what was published.</exception>
    public async Task Publish(DateTimeOffset now, CancellationToken ct)
    {
        var (size, root) = await Head(ct);
        var published = await fence.Check(tiles, size, await Last(ct), ct);
        if (published?.Size == size)
        {
            await Tell(published, await fence.Note(ct), ct);
            return;
        }

        foreach (var tile in Tile.Grown(published?.Size ?? 0, size)) await WriteTile(tile, ct);
        var checkpoint = new Checkpoint(tree.Origin, size, root);
        var note = tree.Sign(checkpoint, now);
        await fence.Move(note, ct);
        await Tell(checkpoint, note, ct);
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
        await Write(checkpoint.Size, note, await Cosigned(checkpoint.Size, note, ct), ct);   // last: whoever has read it finds it in the database
    }

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

    private async Task WriteTile(Tile tile, CancellationToken ct)
    {
        await Write(tile, tile.Path, await tiles.Read(tile, ct), ct);
        if (tile.Level > 0 || tree.Prefix.Length > 0) return;   // the entries are the same for every tree
        await Write(tile, tile.EntriesPath, await tiles.ReadEntries(tile, ct), ct);
        await WriteNotices(tile, ct);
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

    private async Task<(long Size, byte[] Root)> Head(CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select size, root from {LogSchema.Name}.head where tree = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = tree.Hash.Name });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)) : (0, tree.Hash.Empty);
    }

    private async Task<long?> Last(CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select max(size) from {LogSchema.Name}.checkpoint where tree = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = tree.Hash.Name });
        return await command.ExecuteScalarAsync(ct) as long?;
    }
}
