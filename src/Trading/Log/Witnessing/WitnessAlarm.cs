using Npgsql;

namespace Trading.Log.Witnessing;

/// <summary>Writes that a witness has left the log alone for too long, and again until it is back: without witnesses nobody would notice two histories.</summary>
/// <param name="clock">Of real time, whatever the clock of the sandbox says.</param>
public sealed partial class WitnessAlarm(Laggards laggards, LogSettings settings, TimeProvider clock, ILogger<WitnessAlarm> log) : BackgroundService
{
    /// <summary>How often it looks within the time that is too long: once an hour in a day.</summary>
    private const int LooksWithin = 24;

    /// <summary>Looks once.</summary>
    public async Task Look(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var laggard in await laggards.Find(settings.Overdue.Critical, now, ct)) LogOverdue(laggard.Witness, (int)(now - laggard.Since).TotalHours);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(settings.Overdue.Critical / LooksWithin, TimeProvider.System, stoppingToken);
                try
                {
                    await Look(stoppingToken);
                }
                catch (NpgsqlException)
                {
                    // /health/ready tells of it
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the service ends
        }
    }

    [LoggerMessage(LogLevel.Critical, "The witness {Witness} has cosigned nothing that was published in the last {Hours} h.")]
    private partial void LogOverdue(string witness, int hours);
}
