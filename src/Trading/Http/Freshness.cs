using System.Collections.Concurrent;

namespace Trading.Http;

/// <summary>
/// When something that answers depend on changed last, counted and not timed: what was made before is stale.
/// </summary>
/// <param name="clock">Of real time.</param>
public sealed class Freshness(TimeProvider clock)
{
    private static readonly TimeSpan longestSilence = TimeSpan.FromSeconds(2);

    private const int MostRemembered = 100_000;

    private readonly ConcurrentDictionary<string, long> changes = [];
    private long now;
    private long forgotten;
    private long heard = clock.GetTimestamp();

    /// <summary>The present.</summary>
    public long Now => Interlocked.Read(ref now);

    /// <summary>
    /// How long this node has been unable to learn of changes, once that is two seconds or more; otherwise zero. Meanwhile an answer may be
    /// older than what other nodes have recorded.
    /// </summary>
    public TimeSpan Silence
    {
        get
        {
            var silence = clock.GetElapsedTime(Interlocked.Read(ref heard));
            return silence >= longestSilence ? silence : TimeSpan.Zero;
        }
    }

    /// <summary>Notes that every change up to now has been received.</summary>
    public void UpToDate() => Interlocked.Exchange(ref heard, clock.GetTimestamp());

    public void Changed(string what)
    {
        changes[what] = Interlocked.Increment(ref now);
        if (changes.Count > MostRemembered) EverythingChanged();
    }

    public void EverythingChanged()
    {
        Interlocked.Exchange(ref forgotten, Interlocked.Increment(ref now));
        changes.Clear();
    }

    /// <summary>Whether nothing of this is known to have changed since then.</summary>
    public bool Holds(IReadOnlyList<string> what, long since)
    {
        if (since < Interlocked.Read(ref forgotten)) return false;
        for (var i = 0; i < what.Count; i++)
            if (changes.TryGetValue(what[i], out var changed) && changed > since) return false;
        return true;
    }
}
