using Npgsql;

namespace Trading.Log;

/// <summary>
/// The mark in the database that stops every node: one node's fence contradicts the database, whatever the fences of the others say. The
/// schema's owner alone can delete it.
/// </summary>
public static class StopMark
{
    /// <exception cref="LogStoppedException">The mark is set; with the reason of the node that set it.</exception>
    public static async Task Check(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select reason from {LogSchema.Name}.stop", connection);
        if (await command.ExecuteScalarAsync(ct) is string reason) throw new LogStoppedException(reason) { DatabaseDiffers = true, IsMarked = true };
    }

    /// <summary>Sets the mark; the first reason stays.</summary>
    public static async Task Set(NpgsqlConnection connection, string reason, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"insert into {LogSchema.Name}.stop (id, reason, node) values (1, $1, $2) on conflict do nothing", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = reason });
        command.Parameters.Add(new NpgsqlParameter { Value = Environment.MachineName });
        await command.ExecuteNonQueryAsync(ct);
    }
}
