using Trading.Http;
using Xunit;

namespace Trading.Tests.Http;

public sealed class ThreadTimeTests
{
    private static readonly TimeSpan stretch = TimeSpan.FromMilliseconds(60);

    [Fact]
    public async Task counts_work_on_every_thread_and_no_waiting()
    {
        var (time, elsewhere) = await Task.Run(async () =>
        {
            var started = ThreadTime.Start();
            Work();
            Thread.Sleep(10 * stretch);   // no thread works while it is blocked
            await Task.Delay(10 * stretch, TimeProvider.System, TestContext.Current.CancellationToken);
            await Task.Run(Work, TestContext.Current.CancellationToken);
            return (started, started.Elapsed);
        }, TestContext.Current.CancellationToken);

        Assert.InRange(elsewhere, 2 * stretch, 8 * stretch);
        Work();   // no part of it
        Assert.InRange(time.Elapsed, elsewhere, elsewhere + stretch / 2);
    }

    /// <summary>Keeps a processor busy, as far as it gets one.</summary>
    private static void Work()
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < 3 * stretch)   // a third of a processor is enough
        {
            // busy
        }
    }
}
