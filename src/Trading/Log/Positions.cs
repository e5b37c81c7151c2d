using Npgsql;
using Trading.Store;

namespace Trading.Log;

/// <summary>Positions of recorded events, as far as they are published.</summary>
public sealed class Positions([FromKeyedServices(Pool.Reads)] NpgsqlDataSource database, PublishedHead head, TimeProvider clock)
{
    /// <summary>The largest that anyone may ask for: so far below the end of its type that nothing added to it overflows.</summary>
    public const long Most = 999_999_999_999_999_999;

    /// <summary>Those of a procedure's events, in order, as one JSON array; its arguments are the procedure and <see cref="Published"/>.</summary>
    public const string OfProcedure = $"select coalesce(json_agg(position order by version), '[]') from {LogSchema.Name}.leaf where stream = ? and position < ?";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), Pause = TimeSpan.FromMilliseconds(20), LongestRecording = TimeSpan.FromMinutes(1);

    /// <summary>Whether a version of a procedure stands at a position or before it; each is a column or an argument.</summary>
    public static string IsReached(string procedure, string version, string position) =>
        $"exists (select from {LogSchema.Name}.leaf as l where l.stream = {procedure} and l.version = {version} and l.position <= {position})";

    /// <summary>How many events are published: the least position that is not told yet.</summary>
    public long Published => head.Size;

    /// <summary>Whether a moment is over, so that no event can get it any more as the time of its recording.</summary>
    public bool IsOver(DateTimeOffset moment) => moment < clock.GetUtcNow();

    /// <summary>
    /// Waits until everything that was recorded up to a moment can be read. An event has its time before its transaction commits, so
    /// transactions that write and began before this question are waited for.
    /// </summary>
    /// <param name="moment">One that is over; null waits for nothing.</param>
    /// <exception cref="TimeoutException">A transaction does not end.</exception>
    public async Task Settled(DateTimeOffset? moment, CancellationToken ct)
    {
        if (moment is not { } time || clock.GetUtcNow() - time > LongestRecording) return;
        var asked = await One<DateTimeOffset>("select clock_timestamp()", ct);
        await Until(
            () => One<bool>(
                "select not exists (select from pg_stat_activity where datname = current_database() and backend_xid is not null and pid <> pg_backend_pid() and xact_start <= $1)",
                ct, asked.ToUniversalTime()),
            "A transaction that may hold an event of that time does not end.", ct);
    }

    public Task<IReadOnlyDictionary<Guid, long>> OfEvents(Guid[] events, CancellationToken ct) => Read(
        $"select event_id, position from {LogSchema.Name}.leaf where event_id = any($1) and position < $2",
        [new() { Value = events }, new() { Value = Published }], ct);

    /// <summary>The position of one version of each procedure.</summary>
    public Task<IReadOnlyDictionary<Guid, long>> OfVersions(Guid[] procedures, long[] versions, CancellationToken ct) => Read(
        $"""
        select stream, position from unnest($1, $2) as asked (stream, version) join {LogSchema.Name}.leaf using (stream, version)
        where position < $3
        """,
        [new() { Value = procedures }, new() { Value = versions }, new() { Value = Published }], ct);

    /// <summary>Those of each procedure's events, in order.</summary>
    public async Task<ILookup<Guid, long>> OfProcedures(Guid[] procedures, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"select stream, position from {LogSchema.Name}.leaf where stream = any($1) and position < $2 order by stream, version");
        command.Parameters.Add(new NpgsqlParameter { Value = procedures });
        command.Parameters.Add(new NpgsqlParameter { Value = Published });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<(Guid Procedure, long Position)>();
        while (await reader.ReadAsync(ct)) found.Add((reader.GetGuid(0), reader.GetInt64(1)));
        return found.ToLookup(each => each.Procedure, each => each.Position);
    }

    public async Task<DateTimeOffset> RecordedAt(long position, CancellationToken ct) => await One<DateTimeOffset>(
        $"select e.timestamp from {LogSchema.Name}.leaf as l join {StoreSetup.EventSchema}.mt_events as e on e.seq_id = l.sequence where l.position = $1", ct, position);

    /// <summary>Waits until a view tells of everything that had been recorded by a time, or stands at a position or before it.</summary>
    /// <param name="view">The name of its progress.</param>
    /// <exception cref="TimeoutException">It does not get there.</exception>
    public async Task Reached(string view, DateTimeOffset? time, long? position, CancellationToken ct)
    {
        await Settled(time, ct);
        const string progress = $"select coalesce(max(last_seq_id), 0) from {StoreSetup.EventSchema}.mt_event_progression where name = $1";
        var last = await One<long>(
            position is null
                ? $"select coalesce(max(seq_id), 0) from {StoreSetup.EventSchema}.mt_events where seq_id > ({progress}) and timestamp <= $2"
                : $"select coalesce(max(sequence), 0) from {LogSchema.Name}.leaf where sequence > ({progress}) and position <= $2",
            ct, view, position ?? (object)time!.Value.ToUniversalTime());
        if (last > 0) await Until(async () => await One<long>(progress, ct, view) >= last, $"{view} does not reach what had been recorded by then.", ct);
    }

    private static async Task Until(Func<Task<bool>> reached, string otherwise, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await reached())
        {
            if (patience.IsCancellationRequested) throw new TimeoutException(otherwise);
            await Task.Delay(Pause, ct);
        }
    }

    private async Task<T> One<T>(string question, CancellationToken ct, params object[] arguments)
    {
        await using var command = database.CreateCommand(question);
        foreach (var argument in arguments) command.Parameters.Add(new NpgsqlParameter { Value = argument });
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return await reader.GetFieldValueAsync<T>(0, ct);
    }

    private async Task<IReadOnlyDictionary<Guid, long>> Read(string question, NpgsqlParameter[] arguments, CancellationToken ct)
    {
        await using var command = database.CreateCommand(question);
        command.Parameters.AddRange(arguments);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var positions = new Dictionary<Guid, long>();
        while (await reader.ReadAsync(ct)) positions.Add(reader.GetGuid(0), reader.GetInt64(1));
        return positions;
    }
}
