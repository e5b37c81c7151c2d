using Npgsql;
using Trading.Merkle;
using Trading.Store;

namespace Trading.Log.Witnessing;

/// <summary>A witness that has left something uncosigned.</summary>
/// <param name="Since">When the first checkpoint was published that it has not cosigned, nor any later one.</param>
public sealed record Laggard(string Witness, DateTimeOffset Since);

/// <summary>Finds the witnesses that do not keep up. One that has cosigned the last checkpoint is none, however long ago that was.</summary>
public sealed class Laggards([FromKeyedServices(Pool.Upkeep)] NpgsqlDataSource database, LogSettings settings)
{
    /// <summary>Those that lag for at least this long.</summary>
    public async Task<IReadOnlyList<Laggard>> Find(TimeSpan least, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            select asked.name, uncosigned.published_at from unnest($2) as asked (name), lateral (
                select c.published_at from {LogSchema.Name}.checkpoint c
                where c.tree = $1 and c.size > coalesce((select max(s.size) from {LogSchema.Name}.cosignature s where s.tree = $1 and s.witness = asked.name), 0)
                order by c.size limit 1) uncosigned
            where uncosigned.published_at <= $3 order by asked.name
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = TreeHash.Sha256.Name });
        command.Parameters.Add(new NpgsqlParameter { Value = settings.Witnesses.Select(w => w.Key.Name).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = (now - least).ToUniversalTime() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var laggards = new List<Laggard>();
        while (await reader.ReadAsync(ct)) laggards.Add(new Laggard(reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1)));
        return laggards;
    }
}
