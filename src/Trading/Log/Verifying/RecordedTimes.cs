using System.Globalization;
using Npgsql;
using Trading.Store;

namespace Trading.Log.Verifying;

/// <summary>
/// Checks when events were recorded, in the order of the log: no stream steps back in time, no event is dated much before one that had its
/// position earlier, and none is dated in the future. In a database of trials the times are those of a clock that is set, and are not checked.
/// </summary>
internal sealed class RecordedTimes
{
    /// <summary>By how much a recording may be overtaken: it is dated when it begins and has its place when it commits.</summary>
    private static readonly TimeSpan late = TimeSpan.FromMinutes(5);

    private readonly Dictionary<Guid, DateTime> streams = [];
    private DateTime latest = DateTime.MinValue, until;
    private bool areChecked;

    public async Task Begin(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select not trial, clock_timestamp() + tolerance from {ClockSchema.Name}", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        (areChecked, until) = (reader.GetBoolean(0), reader.GetFieldValue<DateTime>(1));
    }

    public void Check(RecordedEvent e, long position, Findings findings)
    {
        if (!areChecked) return;
        var name = $"event {e.EventId} at position {position} is dated {Written(e.RecordedAt)}";
        if (streams.TryGetValue(e.Stream, out var earlier) && e.RecordedAt < earlier) findings.Add($"{name}, and the one before it in its stream {Written(earlier)}");
        else if (latest - e.RecordedAt > late) findings.Add($"{name}, and one at an earlier position {Written(latest)}");
        if (e.RecordedAt > until) findings.Add($"{name}, which is yet to come");
        streams[e.Stream] = e.RecordedAt;
        if (e.RecordedAt > latest && e.RecordedAt <= until) latest = e.RecordedAt;
    }

    private static string Written(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
