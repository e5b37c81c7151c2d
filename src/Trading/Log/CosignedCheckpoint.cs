using Npgsql;
using Trading.Log.Notes;
using Trading.Log.Publishing;
using Trading.Merkle;

namespace Trading.Log;

/// <summary>A published checkpoint of a tree with the cosignatures that have arrived for it.</summary>
public sealed record CosignedCheckpoint(long Size, string Note)
{
    public static CosignedCheckpoint None { get; } = new(0, "");

    /// <summary>The most cosignatures of a checkpoint that are served; a note with more than 64 signatures is not parsed.</summary>
    private const int MostLines = 48;

    /// <summary>Among so many of the last cosignatures the checkpoint is sought that most witnesses stand behind.</summary>
    private const int MostLookedAt = 64;

    private const string NewestSize = $"(select max(size) from {LogSchema.Name}.checkpoint where tree = $1 and size >= $2 and size < $3)";

    /// <returns>Null until a checkpoint has been published.</returns>
    public static Task<CosignedCheckpoint?> Newest(NpgsqlDataSource database, PublishedTree tree, CancellationToken ct) =>
        Read(database, tree, NewestSize, 0, ct);

    /// <summary>
    /// The checkpoint to prove something by: of those lately cosigned the one that most witnesses stand behind, the newest of these; while
    /// none is cosigned, the newest.
    /// </summary>
    /// <param name="size">It covers at least so many entries.</param>
    /// <returns>Null until one has been published.</returns>
    public static Task<CosignedCheckpoint?> Covering(NpgsqlDataSource database, PublishedTree tree, long size, CancellationToken ct) => Read(
        database, tree,
        $"""
        coalesce((select size from (select size from {LogSchema.Name}.cosignature where tree = $1 and size >= $2 and size < $3 order by size desc limit {MostLookedAt}) late
                  group by size order by count(*) desc, size desc limit 1), {NewestSize})
        """, size, ct);

    /// <summary>The lines of the cosignatures of a checkpoint of this size, by the names of the witnesses.</summary>
    public static async Task<string> Lines(NpgsqlDataSource database, TreeHash tree, long size, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"select array_agg(line order by witness) from {LogSchema.Name}.cosignature where tree = $1 and size = $2");
        command.Parameters.Add(new NpgsqlParameter { Value = tree.Name });
        command.Parameters.Add(new NpgsqlParameter { Value = size });
        return Lines(await command.ExecuteScalarAsync(ct) as string[]);
    }

    /// <summary>Leaves out lines that are no signatures, because a note with one of them cannot be parsed.</summary>
    private static string Lines(string[]? lines) =>
        string.Concat((lines ?? []).Where(line => NoteSignature.TryParse(line, out _)).Take(MostLines).Select(line => line + "\n"));

    /// <summary>What no key of the log has signed is passed over.</summary>
    private static async Task<CosignedCheckpoint?> Read(NpgsqlDataSource database, PublishedTree tree, string chosen, long size, CancellationToken ct)
    {
        var found = await Read(database, tree.Hash, chosen, size, long.MaxValue, ct);
        for (var tries = 0; found is not null && tree.Open(found.Note, found.Size) is null; tries++)
            found = tries < PublishedTree.MostPassedOver ? await Read(database, tree.Hash, chosen, size, found.Size, ct) : null;
        return found;
    }

    private static async Task<CosignedCheckpoint?> Read(NpgsqlDataSource database, TreeHash tree, string chosen, long size, long below, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            select c.size, c.note, (select array_agg(s.line order by s.witness) from {LogSchema.Name}.cosignature s where s.tree = c.tree and s.size = c.size)
            from {LogSchema.Name}.checkpoint c where c.tree = $1 and c.size = {chosen}
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = tree.Name });
        command.Parameters.Add(new NpgsqlParameter { Value = size });
        command.Parameters.Add(new NpgsqlParameter { Value = below });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new CosignedCheckpoint(reader.GetInt64(0), reader.GetString(1) + Lines(await reader.IsDBNullAsync(2, ct) ? null : reader.GetFieldValue<string[]>(2))) : null;
    }
}
