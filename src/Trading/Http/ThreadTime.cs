using System.Runtime.InteropServices;

namespace Trading.Http;

/// <summary>
/// The processor time that threads have spent on a request. The execution context carries the counter wherever the request continues and
/// reports each switch; at each, the clock of the thread itself is read (clock_gettime(3), CLOCK_THREAD_CPUTIME_ID). Systems other than
/// Linux measure the time that passes instead.
/// </summary>
public sealed partial class ThreadTime
{
    private const int ThreadProcessorTime = 3;

    private static readonly AsyncLocal<ThreadTime?> current = new(Switched);

    [ThreadStatic]
    private static long startedAt;

    private long ticks;

    /// <summary>Starts to count for everything the caller does from here on.</summary>
    public static ThreadTime Start() => current.Value = new ThreadTime();

    /// <summary>Up to now, asked from within the request.</summary>
    public TimeSpan Elapsed => new(Interlocked.Read(ref ticks) + (current.Value == this ? Now() - startedAt : 0));

    private static void Switched(AsyncLocalValueChangedArgs<ThreadTime?> switched)
    {
        var now = Now();
        if (switched.PreviousValue is { } stopped) Interlocked.Add(ref stopped.ticks, now - startedAt);
        startedAt = now;
    }

    /// <summary>Processor time of this thread since it began.</summary>
    private static long Now()
    {
        if (!OperatingSystem.IsLinux()) return TimeProvider.System.GetTimestamp() * TimeSpan.TicksPerSecond / TimeProvider.System.TimestampFrequency;
        return GetTime(ThreadProcessorTime, out var now) is 0
            ? now.Seconds * TimeSpan.TicksPerSecond + now.Nanoseconds / TimeSpan.NanosecondsPerTick
            : throw new InvalidOperationException($"The thread's clock cannot be read: error {Marshal.GetLastPInvokeError()}.");
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static partial int GetTime(int clock, out Timespec now);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Timespec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
