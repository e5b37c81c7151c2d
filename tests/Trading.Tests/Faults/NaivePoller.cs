using Npgsql;

namespace Trading.Tests.Faults;

/// <summary>
/// Reads the event table by its sequence numbers, always behind the highest he has seen, as feeds commonly do: what commits late, under
/// a lower number, he never sees.
/// </summary>
internal sealed class NaivePoller(NpgsqlDataSource database)
{
    private static readonly TimeSpan pace = TimeSpan.FromMilliseconds(10);
    private long last;

    public int Seen { get; private set; }

    public async Task Follow(Task end, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(pace);
        while (!end.IsCompleted)
        {
            await Look(ct);
            await timer.WaitForNextTickAsync(ct);
        }

        await Look(ct);
    }

    private async Task Look(CancellationToken ct)
    {
        await using var command = database.CreateCommand("select seq_id from events.mt_events where seq_id > $1 order by seq_id");
        command.Parameters.Add(new NpgsqlParameter { Value = last });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) (last, Seen) = (reader.GetInt64(0), Seen + 1);
    }
}
