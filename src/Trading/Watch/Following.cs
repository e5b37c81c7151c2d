using Npgsql;
using Trading.Kernel;
using Trading.Law;
using Trading.Log;
using Trading.Store;
using Trading.Supervision.Alerts;

namespace Trading.Watch;

/// <summary>Follows the log, position by position, and has a look taken at every procedure in which something may begin or end.</summary>
public sealed class Following([FromKeyedServices(Pool.Upkeep)] NpgsqlDataSource database, Lawbook law)
{
    private const int MostAtOnce = 1000;

    private readonly (string Type, string Category)[] concerning =
        [.. Watching.Concerning(law).Select(of => (of.Type, WireNames.Of(of.Category)))];

    /// <summary>Begins where it left off; from the first event when the law is another than it was, for it may await more.</summary>
    public async Task Begin(CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            insert into {WatchSchema.Name}.progress as p (id, position, law) values (1, 0, $1)
            on conflict (id) do update set position = 0, law = excluded.law where p.law <> excluded.law
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = law.Fingerprint });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Whether nothing that is recorded is still to be followed.</summary>
    public async Task<bool> IsThrough(CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            select not exists (select from {LogSchema.Name}.pending)
                and not exists (select from {LogSchema.Name}.leaf where position >= (select position from {WatchSchema.Name}.progress))
            """);
        return await command.ExecuteScalarAsync(ct) is true;
    }

    /// <summary>Takes what has got a position since, at most a batch of it, in one transaction. Somebody else may be at it; then nothing is done.</summary>
    /// <returns>How many positions it went forward.</returns>
    public async Task<int> Pass(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = new NpgsqlCommand(
            $$"""
            with reached as materialized (
                select position from {{WatchSchema.Name}}.progress where id = 1 for update skip locked),
            come as materialized (
                select l.position, l.stream, l.event_id from reached cross join lateral (
                    select * from {{LogSchema.Name}}.leaf l where l.position >= reached.position order by l.position limit {{MostAtOnce}}) l),
            concerned as (
                select distinct come.stream from come
                join {{StoreSetup.EventSchema}}.mt_events e on e.id = come.event_id
                join unnest($1, $2) as c (type, category) on c.type = e.type and c.category = e.data #>> '{notice,heading,category}'),
            looked as (
                insert into {{WatchSchema.Name}}.look (procedure_id, look_at) select stream, '-infinity' from concerned order by stream
                on conflict (procedure_id) do update set look_at = excluded.look_at)
            update {{WatchSchema.Name}}.progress set position = position + come.number from (select count(*) as number from come) come
            where id = 1 and come.number > 0 returning come.number
            """, connection, transaction);
        command.Parameters.Add(new NpgsqlParameter { Value = concerning.Select(of => of.Type).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = concerning.Select(of => of.Category).ToArray() });
        var number = await command.ExecuteScalarAsync(ct) is long come ? (int)come : 0;
        await transaction.CommitAsync(ct);
        return number;
    }
}
