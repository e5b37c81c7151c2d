using Trading.Kernel;

namespace Trading.Log.Stamping;

/// <summary>Has the checkpoint stamped on every day of legal time, as early as there is one; an authority that is down is asked again.</summary>
public sealed partial class DailyStamp(Stamps stamps, ILogger<DailyStamp> log) : BackgroundService
{
    private static readonly TimeSpan pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var patience = Patience.WithStamps(TimeProvider.System, LogUnstamped);
        try
        {
            for (var done = default(DateOnly); ; await Task.Delay(pause, TimeProvider.System, stoppingToken))
                done = await patience.ExecuteAsync(async token =>
                {
                    var today = LegalTime.DayOf(TimeProvider.System.GetUtcNow());   // anew for each attempt, some of which are made after midnight
                    return today == done || await stamps.Stamp(today, token) ? today : done;
                }, stoppingToken);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // the service ends
        }
    }

    [LoggerMessage(LogLevel.Warning, "The checkpoint has no time stamp today and is brought to the authority again.")]
    private partial void LogUnstamped(Exception passing);
}
