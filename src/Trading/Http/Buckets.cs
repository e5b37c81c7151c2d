using System.Collections.Concurrent;
using System.Globalization;

namespace Trading.Http;

/// <summary>A bucket of tokens for the requests of one kind from one client.</summary>
/// <param name="Name">As clients see it in <c>RateLimit</c>.</param>
/// <param name="Burst">How many tokens it holds.</param>
/// <param name="PerSecond">How many it gets back.</param>
public sealed record Bucket(string Name, int Burst, int PerSecond)
{
    /// <summary>As clients see it in <c>RateLimit-Policy</c>.</summary>
    public string Policy { get; } = string.Create(CultureInfo.InvariantCulture, $"\"{Name}\";q={Burst};w={((long)Burst + PerSecond - 1) / PerSecond}");

    /// <summary>How long it takes to get so many tokens back.</summary>
    public long Seconds(long tokens) => (tokens + PerSecond - 1) / PerSecond;
}

/// <summary>The buckets of all clients. One that is full again is forgotten: it is as good as new.</summary>
/// <param name="clock">Of real time.</param>
public sealed class Buckets(Bucket reads, Bucket writes, TimeProvider clock)
{
    private const int MostUnswept = 10_000;
    private readonly ConcurrentDictionary<(Bucket Bucket, string Client), Level> levels = [];
    private int unswept;

    public Bucket Reads { get; } = reads;

    public Bucket Writes { get; } = writes;

    /// <summary>Takes tokens out of a client's bucket, all or none.</summary>
    /// <param name="left">How many whole tokens are in it then.</param>
    public bool TryTake(Bucket bucket, string client, int tokens, out long left)
    {
        while (true)
        {
            if (!levels.TryGetValue((bucket, client), out var level))
            {
                level = levels.GetOrAdd((bucket, client), static (asked, now) => new Level(asked.Bucket, now), clock.GetTimestamp());
                if (Interlocked.Increment(ref unswept) > MostUnswept) Sweep();
            }

            if (level.TryTake(tokens, clock, out var isTaken, out left)) return isTaken;
        }
    }

    private void Sweep()
    {
        foreach (var (client, level) in levels)
            if (level.TryClose(clock)) levels.TryRemove(client, out _);
        Interlocked.Exchange(ref unswept, 0);
    }

    private sealed class Level(Bucket bucket, long at)
    {
        private readonly Lock turn = new();
        private double tokens = bucket.Burst;
        private long at = at;
        private bool isClosed;

        /// <returns>False when this bucket is forgotten, and another stands in its place.</returns>
        public bool TryTake(int asked, TimeProvider clock, out bool isTaken, out long left)
        {
            lock (turn)
            {
                Fill(clock);
                isTaken = tokens >= asked;
                if (isTaken) tokens -= asked;
                left = (long)tokens;
                return !isClosed;
            }
        }

        public bool TryClose(TimeProvider clock)
        {
            lock (turn)
            {
                Fill(clock);
                return isClosed = tokens >= bucket.Burst;
            }
        }

        private void Fill(TimeProvider clock)
        {
            var now = clock.GetTimestamp();
            tokens = Math.Min(bucket.Burst, tokens + clock.GetElapsedTime(at, now).TotalSeconds * bucket.PerSecond);
            at = now;
        }
    }
}
