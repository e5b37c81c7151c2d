using System.Globalization;
using System.Threading.RateLimiting;

namespace Trading.Http;

/// <summary>A bucket of tokens for the requests of one kind from one client.</summary>
/// <param name="Name">As clients see it in <c>RateLimit</c>.</param>
/// <param name="Burst">How many tokens it holds.</param>
/// <param name="PerSecond">How many it gets back.</param>
public sealed record Bucket(string Name, int Burst, int PerSecond);

/// <summary>
/// 限流: every request takes as many tokens as its endpoint costs, and is told how many are left (RateLimit header fields for HTTP, IETF
/// draft of 2025-09: <c>RateLimit-Policy</c>, <c>RateLimit</c>). Who has none left is told when to come back.
/// </summary>
public sealed class Throttle(RequestDelegate next, Bucket reads, Bucket writes) : IDisposable
{
    private readonly PartitionedRateLimiter<(Bucket Bucket, string Client)> limiter = PartitionedRateLimiter.Create<(Bucket Bucket, string Client), (Bucket, string)>(
        asked => RateLimitPartition.GetTokenBucketLimiter(asked, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = asked.Bucket.Burst, TokensPerPeriod = asked.Bucket.PerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0,
        }));

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
        {
            await next(http);
            return;
        }

        var bucket = HttpMethods.IsPost(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<RecordsNothing>() is null ? writes : reads;
        var asked = (bucket, http.User.FindFirst("sub")?.Value ?? http.Connection.RemoteIpAddress?.ToString() ?? "");
        var cost = Math.Min(Cost.Of(http), bucket.Burst);
        using var lease = limiter.AttemptAcquire(asked, cost);
        var left = limiter.GetStatistics(asked)?.CurrentAvailablePermits ?? 0;
        var headers = http.Response.Headers;
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{bucket.Name}\";q={bucket.Burst};w={Seconds(bucket.Burst)}");
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{bucket.Name}\";r={left};t={Seconds(bucket.Burst - left)}");
        if (lease.IsAcquired)
        {
            await next(http);
            return;
        }

        headers.RetryAfter = Math.Max(1, Seconds(cost - left)).ToString(CultureInfo.InvariantCulture);
        await Problem.Of(http, ProblemKind.RateLimited).Write(http);

        long Seconds(long tokens) => (tokens + bucket.PerSecond - 1) / bucket.PerSecond;
    }

    public void Dispose() => limiter.Dispose();
}
