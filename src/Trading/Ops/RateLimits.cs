using System.Globalization;
using System.Threading.RateLimiting;
using Trading.Http;

namespace Trading.Ops;

/// <summary>A token bucket for each client: by subject where there is one, else by address.</summary>
public static class RateLimits
{
    public static void AddRateLimits(this WebApplicationBuilder builder, Limits limits) => builder.Services.AddRateLimiter(o =>
    {
        o.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (bool, string)>(http =>
        {
            var writes = HttpMethods.IsPost(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<RecordsNothing>() is null;
            var client = http.User.FindFirst("sub")?.Value ?? http.Connection.RemoteIpAddress?.ToString() ?? "";
            return http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
                ? RateLimitPartition.GetNoLimiter((writes, ""))
                : RateLimitPartition.GetTokenBucketLimiter((writes, client), _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = limits.Burst,
                    TokensPerPeriod = Math.Max(1, (writes ? limits.WritesPerMinute : limits.ReadsPerMinute) / 60),
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                    QueueLimit = 0,
                });
        });
        o.OnRejected = async (context, _) =>
        {
            var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
            context.HttpContext.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
            await Problem.Of(context.HttpContext, ProblemKind.RateLimited).Write(context.HttpContext);
        };
    });
}
