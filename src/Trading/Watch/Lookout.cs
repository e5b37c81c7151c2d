using Marten;
using Npgsql;
using Trading.Events;
using Trading.Intake;
using Trading.Law;
using Trading.Store;
using Trading.Supervision.Alerts;

namespace Trading.Watch;

/// <summary>
/// Takes the looks that are due: one procedure at a time, each in one transaction with the alerts it raises, so that whoever is killed has
/// raised all of them or none, and whoever comes second finds them there.
/// </summary>
public sealed partial class Lookout(IDocumentStore store, Lawbook law, TimeProvider clock, ILogger<Lookout> log)
{
    private static readonly TimeSpan postponement = TimeSpan.FromHours(1);

    /// <summary>Takes the look that has been due the longest and that nobody else is taking.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> Look(CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        await session.BeginTransactionAsync(ct);
        var now = clock.GetUtcNow();
        if (await Due(session, now, ct) is not { } procedureId) return false;

        var events = (await session.Events.FetchStreamAsync(procedureId, token: ct)).Readable();
        var watching = Judge(procedureId, [.. events.Select(e => e.Data).OfType<INoticed>()], now);
        foreach (var (alertId, provision, earned) in watching.Alerts)
        {
            var stream = await session.Events.FetchForWriting<Folded<AlertState>>(alertId, ct);
            var missing = (stream.Aggregate?.State ?? AlertState.None).Missing(earned);
            if (missing.Count > 0) stream.AppendMany(missing.Select(alerted => Attribution.Event(session, alerted, now, provision.Pack.ToString())));
        }

        if (watching.Next is { } next) session.QueueSqlCommand($"update {WatchSchema.Name}.look set look_at = ? where procedure_id = ?", next.ToUniversalTime(), procedureId);
        else session.QueueSqlCommand($"delete from {WatchSchema.Name}.look where procedure_id = ?", procedureId);
        Attribution.Set(session, "watch");
        await session.SaveChangesAsync(ct);
        return true;
    }

    /// <summary>A procedure that cannot be judged must not keep the others from being looked at.</summary>
    private Watching Judge(Guid procedureId, IReadOnlyList<INoticed> history, DateTimeOffset now)
    {
        try
        {
            return Watching.Of(law, procedureId, history, now);
        }
        catch (Exception wrong)
        {
            LookFailed(procedureId, wrong);
            return new Watching([], now + postponement);
        }
    }

    [LoggerMessage(LogLevel.Error, "Procedure {procedureId} could not be looked at; it is tried again in an hour.")]
    private partial void LookFailed(Guid procedureId, Exception wrong);

    private static async Task<Guid?> Due(IDocumentSession session, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select procedure_id from {WatchSchema.Name}.look where look_at <= $1 order by look_at limit 1 for update skip locked");
        command.Parameters.Add(new NpgsqlParameter { Value = now.ToUniversalTime() });
        await using var reader = await session.ExecuteReaderAsync(command, ct);
        return await reader.ReadAsync(ct) ? reader.GetGuid(0) : null;
    }
}
