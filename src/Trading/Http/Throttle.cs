using System.Globalization;

namespace Trading.Http;

/// <summary>
/// 限流: every request takes as many tokens as its endpoint costs, and its answer says how many are left (RateLimit header fields for HTTP, IETF
/// draft of 2025-09: <c>RateLimit-Policy</c>, <c>RateLimit</c>). A client without tokens gets 429 with Retry-After.
/// </summary>
/// <param name="bearers">Whether it limits those who bring a token, once it is known whose; otherwise all others, by where they come from.</param>
public sealed class Throttle(RequestDelegate next, Buckets buckets, bool bearers)
{
    private const string Live = "/health/live", Health = "/health";

    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Headers.Authorization.Count > 0 != bearers || http.Request.Path == Live) return next(http);
        var bucket = BucketOf(http, buckets);
        var cost = Math.Min(Cost.Of(http), bucket.Burst);
        var isTaken = buckets.TryTake(bucket, bearers ? http.ClientOf() : ClientAddress.Of(http.Connection.RemoteIpAddress), cost, out var left);
        Tell(http.Response.Headers, bucket, left);
        if (isTaken) return next(http);
        http.Response.Headers.RetryAfter = Math.Max(1, bucket.Seconds(cost - left)).ToString(CultureInfo.InvariantCulture);
        return Problem.Of(http, ProblemKind.RateLimited).Write(http);
    }

    public static Bucket BucketOf(HttpContext http, Buckets buckets) =>
        HttpMethods.IsPost(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<RecordsNothing>() is null ? buckets.Writes
        : http.Request.Path.StartsWithSegments(Health, StringComparison.Ordinal) ? buckets.Readiness
        : buckets.Reads;

    public static void Tell(IHeaderDictionary headers, Bucket bucket, long left)
    {
        headers["RateLimit-Policy"] = bucket.Policy;
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{bucket.Name}\";r={Math.Max(0, left)};t={bucket.Seconds(bucket.Burst - left)}");
    }
}
