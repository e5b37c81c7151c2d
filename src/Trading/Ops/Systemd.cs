using System.Globalization;
using Microsoft.Extensions.Hosting.Systemd;

namespace Trading.Ops;

/// <summary>
/// Where systemd has started the service: says when it is ready and when it ends (<c>Type=notify</c>), and shows that it is alive at least
/// three times in the period after which systemd restarts it (<c>WatchdogSec</c>; sd_watchdog_enabled(3)).
/// </summary>
public static class Systemd
{
    private const string Period = "WATCHDOG_USEC";

    public static void AddSystemd(this WebApplicationBuilder builder)
    {
        builder.Services.AddSystemd();
        if (SystemdHelpers.IsSystemdService() && long.TryParse(builder.Configuration[Period], NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0)
            builder.Services.AddHostedService(services => new Watchdog(services.GetRequiredService<ISystemdNotifier>(), TimeSpan.FromMicroseconds(microseconds)));
    }

    /// <summary>A process whose thread pool is stuck shows no sign of life.</summary>
    private sealed class Watchdog(ISystemdNotifier systemd, TimeSpan period) : BackgroundService
    {
        private const int SignsInPeriod = 3;
        private static readonly ServiceState alive = new("WATCHDOG=1");

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var timer = new PeriodicTimer(period / SignsInPeriod);
            try
            {
                do systemd.Notify(alive);
                while (await timer.WaitForNextTickAsync(stoppingToken));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // the service ends
            }
        }
    }
}
