namespace Trading.Http;

/// <summary>
/// How long threads have worked on a request, without the time it waited for the database, for the client or for a thread. The flow of
/// execution brings it along wherever the request goes on, and tells when a thread takes it up and puts it down.
/// </summary>
public sealed class ThreadTime
{
    private static readonly AsyncLocal<ThreadTime?> current = new(Switched);

    [ThreadStatic]
    private static long takenUpAt;

    private long worked;

    /// <summary>Starts to count for everything the caller does from here on.</summary>
    public static ThreadTime Start() => current.Value = new ThreadTime();

    /// <summary>Up to now, asked from within the request.</summary>
    public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(
        0, Interlocked.Read(ref worked) + (current.Value == this ? TimeProvider.System.GetTimestamp() - takenUpAt : 0));

    private static void Switched(AsyncLocalValueChangedArgs<ThreadTime?> switched)
    {
        var now = TimeProvider.System.GetTimestamp();
        if (switched.PreviousValue is { } put) Interlocked.Add(ref put.worked, now - takenUpAt);
        takenUpAt = now;
    }
}
