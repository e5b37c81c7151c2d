using System.Diagnostics;

namespace Trading.Bench;

/// <summary>A closed loop: so many workers, each beginning its next operation when the last has ended.</summary>
internal static class Load
{
    /// <param name="operation">Of one worker; false when there is nothing left to do.</param>
    public static async Task<Slice> Drive(Service service, Pace pace, Func<int, Task<bool>> operation)
    {
        var (serviceCpu, postgresCpu) = (service.Cpu, service.PostgresCpu);
        var began = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, pace.Workers).Select(worker => Task.Run(async () =>
        {
            var done = 0;
            while (Stopwatch.GetElapsedTime(began) < pace.Slice && await operation(worker)) done++;
            return done;
        })));
        var elapsed = Stopwatch.GetElapsedTime(began);
        return new Slice(counts.Sum(), elapsed, service.Cpu - serviceCpu, service.PostgresCpu - postgresCpu);
    }
}
