using Npgsql;
using Trading.Merkle;

namespace Trading.Log;

/// <summary>The newest checkpoint of a tree with the cosignatures that have arrived for it.</summary>
public sealed record CosignedCheckpoint(long Size, string Note)
{
    /// <returns>Null until a checkpoint has been published.</returns>
    public static async Task<CosignedCheckpoint?> Newest(NpgsqlDataSource database, TreeHash tree, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            select c.size, c.note || coalesce((select string_agg(s.line || chr(10), '' order by s.witness) from {LogSchema.Name}.cosignature s
                                               where s.tree = c.tree and s.size = c.size), '')
            from {LogSchema.Name}.checkpoint c where c.tree = $1 order by c.size desc limit 1
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = tree.Name });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new CosignedCheckpoint(reader.GetInt64(0), reader.GetString(1)) : null;
    }
}
