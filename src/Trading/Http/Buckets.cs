using System.Collections.Concurrent;

namespace Trading.Http;

/// <summary>
/// The buckets of all clients. Of each only the moment is stored at which it is full again; a bucket that is full is not stored. A bucket
/// may owe as many tokens as it holds: what an answer cost is known when it has been made.
/// </summary>
/// <param name="clock">Of real time.</param>
public sealed class Buckets(Bucket reads, Bucket writes, Bucket readiness, TimeProvider clock)
{
    private const int FirstsBetweenSweeps = 10_000;

    private readonly ConcurrentDictionary<(Bucket Bucket, string Client), long> fullAt = [];
    private int firsts;

    public Bucket Reads { get; } = reads;

    public Bucket Writes { get; } = writes;

    /// <summary>For <c>/health/ready</c> and <c>/health/reading</c>: who watches the service is not kept away by who reads it through the same address.</summary>
    public Bucket Readiness { get; } = readiness;

    /// <summary>Takes tokens out of a client's bucket, all or none.</summary>
    /// <param name="left">How many are in it then; less than none where it owes some.</param>
    public bool TryTake(Bucket bucket, string client, int tokens, out long left)
    {
        while (true)
        {
            var now = clock.GetTimestamp();
            var known = fullAt.TryGetValue((bucket, client), out var full);
            left = Left(bucket, full, now);
            if (left < tokens) return false;
            if (!Replace(bucket, client, known, full, Later(bucket, full, now, tokens), now)) continue;
            left -= tokens;
            return true;
        }
    }

    /// <summary>Takes tokens whether they are there or not, for what has been done already.</summary>
    /// <returns>How many are left.</returns>
    public long Charge(Bucket bucket, string client, long tokens)
    {
        while (true)
        {
            var now = clock.GetTimestamp();
            var known = fullAt.TryGetValue((bucket, client), out var full);
            var later = Math.Min(Later(bucket, full, now, Math.Min(tokens, 2L * bucket.Burst)), Later(bucket, now, now, 2L * bucket.Burst));
            if (Replace(bucket, client, known, full, later, now)) return Left(bucket, later, now);
        }
    }

    private long Left(Bucket bucket, long full, long now) =>
        full <= now ? bucket.Burst : bucket.Burst - (long)Math.Ceiling((full - now) * (double)bucket.PerSecond / clock.TimestampFrequency);

    private long Later(Bucket bucket, long full, long now, long tokens) => Math.Max(full, now) + tokens * clock.TimestampFrequency / bucket.PerSecond;

    /// <returns>False where another request was faster.</returns>
    private bool Replace(Bucket bucket, string client, bool known, long before, long after, long now)
    {
        if (known) return fullAt.TryUpdate((bucket, client), after, before);
        if (!fullAt.TryAdd((bucket, client), after)) return false;
        if (Interlocked.Increment(ref firsts) % FirstsBetweenSweeps is 0)
            foreach (var each in fullAt)
                if (each.Value <= now) fullAt.TryRemove(each);
        return true;
    }
}
