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
        var patience = Patience.WithDatabase(TimeProvider.System, LogInterrupted);
        try
        {
            while (true)
            {
                await Task.Delay(settings.Overdue.Critical / LooksWithin, TimeProvider.System, stoppingToken);
                await patience.ExecuteAsync(async token => await Look(token), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the service ends
        }
    }

    [LoggerMessage(LogLevel.Warning, "It cannot be read what witnesses have cosigned; it is tried again.")]
    private partial void LogInterrupted(Exception passing);

    [LoggerMessage(LogLevel.Critical, "The witness {Witness} has cosigned nothing that was published in the last {Hours} h.")]
    private partial void LogOverdue(string witness, int hours);
}
