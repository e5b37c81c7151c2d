using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Trading.Kernel;

/// <summary>A recorded event that something cannot be made of.</summary>
/// <param name="Surface">What cannot be made: an event that can be read, a page, a board, a release.</param>
public sealed record Defect(Guid EventId, string Surface, Exception Cause);

/// <summary>
/// 缺陷: one event that cannot be shown must not take the page it stands on. Whoever makes something of events leaves such an event out and
/// reports it here; the process keeps what was reported, and tells its listeners once of each.
/// </summary>
public static class Defects
{
    public const string MeterName = "Trading";
    private const int MostKept = 10_000;

    private static readonly ConcurrentDictionary<(Guid EventId, string Surface), Defect> kept = [];
    private static readonly Counter<long> counter = new Meter(MeterName).CreateCounter<long>(
        "trading.event.defects", description: "Recorded events that something could not be made of, once for each event and surface.");

    /// <summary>Raised once for each event and surface.</summary>
    public static event Action<Defect>? Found;

    /// <summary>To be used as the filter of a catch: false for what is no fault of the event.</summary>
    public static bool Report(Guid eventId, string surface, Exception cause)
    {
        if (cause is OutOfMemoryException or OperationCanceledException) return false;
        var defect = new Defect(eventId, surface, cause);
        if (kept.Count >= MostKept || !kept.TryAdd((eventId, surface), defect)) return true;
        counter.Add(1, new KeyValuePair<string, object?>("surface", surface));
        Found?.Invoke(defect);
        return true;
    }

    public static bool IsKnown(Guid eventId) => kept.Keys.Any(key => key.EventId == eventId);

    /// <summary>As if it had not been reported; if it is still so, it is reported anew.</summary>
    public static void Forget(Guid eventId)
    {
        foreach (var key in kept.Keys.Where(key => key.EventId == eventId)) kept.TryRemove(key, out _);
    }
}
