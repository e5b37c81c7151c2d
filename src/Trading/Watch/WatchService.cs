using JasperFx;
using JasperFx.Events;
using Trading.Store;

namespace Trading.Watch;

/// <summary>
/// 监察: keeps watch over the times the law sets, on every node that is to; what one node is at, the others pass over. What goes wrong on
/// the way is tried again, for nothing was recorded of it.
/// </summary>
public sealed partial class WatchService(Following following, Lookout lookout, WriteGate gate, ILogger<WatchService> log) : BackgroundService
{
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var begun = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!begun) await following.Begin(stoppingToken);
                begun = true;
                while (await following.Pass(stoppingToken) > 0) { }
                while (gate.Closed is null && await lookout.Look(stoppingToken)) { }
                await Task.Delay(pause, TimeProvider.System, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception race) when (race is ConcurrencyException or EventStreamUnexpectedMaxEventIdException)
            {
                // another node was at the same alert
            }
            catch (Exception passing) when (!stoppingToken.IsCancellationRequested)
            {
                WatchInterrupted(passing);
                await Rest(stoppingToken);
            }
        }
    }

    private static async Task Rest(CancellationToken ct)
    {
        try
        {
            await Task.Delay(patience, TimeProvider.System, ct);
        }
        catch (OperationCanceledException)
        {
            // it ends
        }
    }

    [LoggerMessage(LogLevel.Warning, "The watch over legal times was interrupted and is taken up again.")]
    private partial void WatchInterrupted(Exception passing);
}
