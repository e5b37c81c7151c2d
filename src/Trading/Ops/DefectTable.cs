using Npgsql;
using Trading.Kernel;
using Trading.Store;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Trading.Ops;

/// <summary>The events that cannot be shown, as every node found them. What is no longer so is taken out.</summary>
public sealed class DefectTable([FromKeyedServices(Pool.Upkeep)] NpgsqlDataSource database)
{
    private const string Name = "intake.event_defect";

    /// <summary>Those nobody has disclosed yet.</summary>
    private const string Undisclosed =
        $"""
        from {Name} d where not exists (
            select from {StoreSetup.EventSchema}.mt_events m
            where m.stream_id = d.stream_id and m.type = 'defect-disclosed' and m.data ->> 'defectOf' = d.event_id::text)
        """;

    public static Table Table()
    {
        var table = new Table(new PostgresqlObjectName("intake", "event_defect", SchemaUtils.IdentifierUsage.General));
        table.AddColumn("event_id", "uuid").AsPrimaryKey();
        table.AddColumn("surface", "text").AsPrimaryKey();
        table.AddColumn("stream_id", "uuid").NotNull();
        table.AddColumn("cause", "text").NotNull();
        return table;
    }

    /// <returns>Whether the event is one of this store that was not known to be defective.</returns>
    public async Task<bool> Keep(Defect defect, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"insert into {Name} (event_id, surface, stream_id, cause) select id, $2, stream_id, $3 from {StoreSetup.EventSchema}.mt_events where id = $1 on conflict do nothing");
        command.Parameters.Add(new NpgsqlParameter { Value = defect.EventId });
        command.Parameters.Add(new NpgsqlParameter { Value = defect.Surface });
        command.Parameters.Add(new NpgsqlParameter { Value = defect.Cause.Message });
        return await command.ExecuteNonQueryAsync(ct) is 1;
    }

    /// <summary>All that are known, each with its procedure.</summary>
    public async Task<IReadOnlyList<(Guid EventId, Guid Procedure)>> All(CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select distinct event_id, stream_id from {Name}");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var all = new List<(Guid, Guid)>();
        while (await reader.ReadAsync(ct)) all.Add((reader.GetGuid(0), reader.GetGuid(1)));
        return all;
    }

    public async Task Drop(Guid eventId, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"delete from {Name} where event_id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = eventId });
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<long> CountUndisclosed(CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select count(distinct d.event_id) {Undisclosed}");
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
