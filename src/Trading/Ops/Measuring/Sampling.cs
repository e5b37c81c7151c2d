using Npgsql;
using Trading.Log;
using Trading.Log.Witnessing;
using Trading.Merkle;
using Trading.Store;
using Trading.Watch;

namespace Trading.Ops.Measuring;

/// <summary>Takes a sample of the database four times a minute. While there is none, because the database is away, nothing is measured of it.</summary>
/// <param name="clock">Of real time, whatever the clock of the sandbox says.</param>
public sealed partial class Sampling(NpgsqlDataSource database, Laggards laggards, TimeProvider clock, ILogger<Sampling> log) : BackgroundService
{
    private const int MostCounted = 100_000;

    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    private static readonly string query =
        $"""
        with waiting as (
            (select e.timestamp from {LogSchema.Name}.pending p join {StoreSetup.EventSchema}.mt_events e on e.seq_id = p.sequence order by p.sequence limit 1)
            union all
            (select e.timestamp from {LogSchema.Name}.leaf l join {StoreSetup.EventSchema}.mt_events e on e.id = l.event_id
             where l.position >= coalesce((select max(size) from {LogSchema.Name}.checkpoint where tree = $1), 0) order by l.position limit 1))
        select
            greatest(0, coalesce(extract(epoch from now() - (select min(timestamp) from waiting)), 0))::double precision,
            (select count(*) from (select from {LogSchema.Name}.pending limit {MostCounted}) as counted),
            coalesce((select max(seq_id) from {StoreSetup.EventSchema}.mt_events), 0)
                - coalesce((select last_seq_id from {StoreSetup.EventSchema}.mt_event_progression where name = 'boards:All'), 0),
            coalesce((select size from {LogSchema.Name}.head where tree = $1), 0) - coalesce((select position from {WatchSchema.Name}.progress), 0),
            (select coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) from pg_stat_archiver)
        """;

    private volatile Sample? last;

    /// <summary>Null before the first sample and while the database is away.</summary>
    public Sample? Last => last;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Patience.Repeat(Period, Take, LogInterrupted, stoppingToken);

    private async ValueTask Take(CancellationToken ct)
    {
        last = null;
        var now = clock.GetUtcNow();
        var witnesses = (await laggards.Find(TimeSpan.Zero, now, ct)).ToDictionary(laggard => laggard.Witness, laggard => (now - laggard.Since).TotalSeconds);
        await using var command = database.CreateCommand(query);
        command.Parameters.Add(new NpgsqlParameter { Value = TreeHash.Sha256.Name });
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        last = new Sample(reader.GetDouble(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetBoolean(4), witnesses);
    }

    [LoggerMessage(LogLevel.Warning, "The database cannot be sampled for metrics.")]
    private partial void LogInterrupted(Exception passing);
}
