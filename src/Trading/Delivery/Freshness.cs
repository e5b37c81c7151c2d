using System.Collections.Concurrent;

namespace Trading.Delivery;

/// <summary>When something that answers depend on changed last, counted and not timed: what was made before is stale.</summary>
public sealed class Freshness
{
    private const int MostRemembered = 100_000;

    private readonly ConcurrentDictionary<string, long> changes = [];
    private long now;
    private long forgotten;

    /// <summary>The present.</summary>
    public long Now => Interlocked.Read(ref now);

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

    /// <summary>Whether nothing of this has changed since then.</summary>
    public bool Holds(IEnumerable<string> what, long since) =>
        since >= Interlocked.Read(ref forgotten) && what.All(each => !(changes.TryGetValue(each, out var changed) && changed > since));
}
