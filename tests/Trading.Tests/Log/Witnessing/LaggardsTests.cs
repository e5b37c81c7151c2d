using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Trading.Log;
using Trading.Log.Notes;
using Trading.Log.Witnessing;
using Trading.Ops;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Log.Witnessing;

/// <summary>A witness that no longer cosigns is noticed: after four hours in the readiness, after a day as critical.</summary>
public sealed class LaggardsTests
{
    private const string Steady = "steady.example", Silent = "silent.example";
    private static readonly DateTimeOffset noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task who_leaves_the_growth_of_the_log_uncosigned_is_named_in_due_time()
    {
        await using var log = await KeptLog.Open("laggards");
        var settings = Asking(log, Steady, Silent);
        var laggards = new Laggards(log.Source, settings);
        Assert.Empty(await Find(laggards, TimeSpan.Zero, noon));

        await Publish(log, noon, Steady, Silent);
        Assert.Empty(await Find(laggards, TimeSpan.Zero, noon.AddDays(30)));   // nothing has grown since

        var grown = noon.AddDays(30);
        await Publish(log, grown, Steady);
        await Publish(log, grown.AddHours(1), Steady);
        Assert.Equal([new Laggard(Silent, grown)], await Find(laggards, TimeSpan.FromHours(4), grown.AddHours(4)));
        Assert.Empty(await Find(laggards, TimeSpan.FromHours(4), grown.AddHours(4).AddSeconds(-1)));

        await Publish(log, grown.AddHours(5), Silent);
        Assert.Equal([new Laggard(Steady, grown.AddHours(5))], await Find(laggards, TimeSpan.Zero, grown.AddHours(6)));
    }

    [Fact]
    public async Task a_witness_that_has_never_cosigned_lags_since_the_first_entry()
    {
        await using var log = await KeptLog.Open("never");
        await log.Publish();   // of no entries
        await log.Tamper("update log.checkpoint set published_at = '2026-01-01Z'");
        await Publish(log, noon);
        await Publish(log, noon.AddHours(1));

        Assert.Equal([new Laggard(Silent, noon)], await Find(new Laggards(log.Source, Asking(log, Silent)), TimeSpan.Zero, noon.AddHours(2)));
    }

    [Fact]
    public async Task the_readiness_is_degraded_after_four_hours_and_a_critical_line_is_written_after_a_day()
    {
        await using var log = await KeptLog.Open("overdue");
        var settings = Asking(log, Silent);
        var clock = new TestClock();
        var check = new Health.WitnessCheck(new Laggards(log.Source, settings), settings, clock);
        var written = new Written();
        using var alarm = new WitnessAlarm(new Laggards(log.Source, settings), settings, clock, written);
        await Publish(log, noon);

        Assert.Equal((HealthStatus.Healthy, null, 0), await At(new TimeSpan(3, 59, 59)));
        Assert.Equal((HealthStatus.Degraded, Silent, 0), await At(TimeSpan.FromHours(4)));
        Assert.Equal((HealthStatus.Degraded, Silent, 0), await At(new TimeSpan(23, 59, 59)));
        Assert.Equal((HealthStatus.Degraded, Silent, 1), await At(TimeSpan.FromHours(24)));
        Assert.Equal((HealthStatus.Degraded, Silent, 2), await At(TimeSpan.FromHours(25)));
        Assert.Equal((LogLevel.Critical, $"The witness {Silent} has cosigned nothing that was published in the last 25 h."), written.Lines[^1]);

        await log.Cosign(await log.Ask<long>("select max(size) from log.checkpoint"), Silent);
        Assert.Equal((HealthStatus.Healthy, null, 2), await At(TimeSpan.FromHours(26)));

        async Task<(HealthStatus, string?, int)> At(TimeSpan later)
        {
            clock.Set(noon + later);
            await alarm.Look(TestContext.Current.CancellationToken);
            var found = await check.CheckHealthAsync(new(), TestContext.Current.CancellationToken);
            return (found.Status, found.Description, written.Lines.Count);
        }
    }

    private static Task<IReadOnlyList<Laggard>> Find(Laggards laggards, TimeSpan least, DateTimeOffset now) => laggards.Find(least, now, TestContext.Current.CancellationToken);

    private static LogSettings Asking(KeptLog log, params string[] witnesses) => log.Settings with
    {
        Witnesses = [.. witnesses.Select(name => new WitnessAddress(new Uri("http://127.0.0.1:1/"), new CosignatureSigner(name, new byte[32]).Key))],
    };

    /// <summary>Publishes a larger checkpoint at a time, and has it cosigned.</summary>
    private static async Task Publish(KeptLog log, DateTimeOffset at, params string[] by)
    {
        await log.Record(Lives.All[0].Facts);
        await log.Publish();
        var size = await log.Ask<long>("select max(size) from log.checkpoint");
        await log.Tamper(string.Create(CultureInfo.InvariantCulture, $"update log.checkpoint set published_at = '{at:O}' where size = {size}"));
        await log.Cosign(size, by);
    }

    private sealed class Written : ILogger<WitnessAlarm>
    {
        public List<(LogLevel, string)> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add((logLevel, formatter(state, exception)));
    }
}
