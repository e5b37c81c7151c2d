using System.Globalization;
using System.Threading.RateLimiting;

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

/// <summary>The buckets of all clients.</summary>
public sealed class Buckets(Bucket reads, Bucket writes) : IDisposable
{
    private readonly PartitionedRateLimiter<(Bucket Bucket, string Client)> limiter = PartitionedRateLimiter.Create<(Bucket Bucket, string Client), (Bucket, string)>(
        asked => RateLimitPartition.GetTokenBucketLimiter(asked, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = asked.Bucket.Burst, TokensPerPeriod = asked.Bucket.PerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0,
        }));

    public Bucket Reads { get; } = reads;

    public Bucket Writes { get; } = writes;

    /// <summary>Takes tokens out of a client's bucket, all or none.</summary>
    /// <param name="left">How many are in it then.</param>
    public bool TryTake(Bucket bucket, string client, int tokens, out long left)
    {
        using var lease = limiter.AttemptAcquire((bucket, client), tokens);
        left = limiter.GetStatistics((bucket, client))?.CurrentAvailablePermits ?? 0;
        return lease.IsAcquired;
    }

    public void Dispose() => limiter.Dispose();
}
