using System.Runtime.CompilerServices;
using Npgsql;
using Trading.Merkle;

namespace Trading.Log;

/// <summary>A tree's hashes in the database. Those of the leaves of the main tree stand beside the leaves.</summary>
public sealed class LogTiles(NpgsqlDataSource database, TreeHash hash) : ITiles
{
    public async Task<byte[]> Read(Tile tile, CancellationToken ct)
    {
        var leaves = tile.Level is 0 && hash == TreeHash.Sha256;
        await using var command = database.CreateCommand(leaves
            ? $"select hash from {LogSchema.Name}.leaf where position >= $1 and position < $2 order by position"
            : $"select hash from {LogSchema.Name}.node where tree = $3 and level = $4 and index >= $1 and index < $2 order by index");
        command.Parameters.Add(new NpgsqlParameter { Value = tile.First });
        command.Parameters.Add(new NpgsqlParameter { Value = tile.First + tile.Width });
        if (!leaves)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = hash.Name });
            command.Parameters.Add(new NpgsqlParameter { Value = (short)tile.Level });
        }

        var hashes = new byte[tile.Width * TreeHash.Length];
        var read = 0;
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) reader.GetFieldValue<byte[]>(0).CopyTo(hashes, read++ * TreeHash.Length);
        return read == tile.Width ? hashes : throw new InvalidDataException($"{tile.Path} has {read} hashes.");
    }

    /// <summary>The entries of a tile of level 0, each after its length (C2SP tlog-tiles).</summary>
    public async Task<byte[]> ReadEntries(Tile tile, CancellationToken ct)
    {
        using var bundle = new MemoryStream();
        var read = 0;
        await foreach (var entry in ReadEntries(tile.First, tile.First + tile.Width, ct))
        {
            EntryBundle.Add(bundle, entry);
            read++;
        }

        return read == tile.Width ? bundle.ToArray() : throw new InvalidDataException($"{tile.EntriesPath} has {read} entries.");
    }

    /// <summary>The entries that are there, from one position up to and without another.</summary>
    public async IAsyncEnumerable<byte[]> ReadEntries(long from, long until, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"select bytes from {LogSchema.Name}.leaf where position >= $1 and position < $2 order by position");
        command.Parameters.Add(new NpgsqlParameter { Value = from });
        command.Parameters.Add(new NpgsqlParameter { Value = until });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) yield return reader.GetFieldValue<byte[]>(0);
    }
}
