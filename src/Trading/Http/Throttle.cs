using System.Globalization;

namespace Trading.Http;

/// <summary>
/// 限流: every request takes as many tokens as its endpoint costs, and is told how many are left (RateLimit header fields for HTTP, IETF
/// draft of 2025-09: <c>RateLimit-Policy</c>, <c>RateLimit</c>). Who has none left is told when to come back.
/// </summary>
/// <param name="bearers">Whether it limits those who bring a token, once it is known whose; otherwise all others, by where they come from.</param>
public sealed class Throttle(RequestDelegate next, Buckets buckets, bool bearers)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Headers.Authorization.Count > 0 != bearers || http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)) return next(http);
        var writes = HttpMethods.IsPost(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<RecordsNothing>() is null;
        var bucket = writes ? buckets.Writes : buckets.Reads;
        var cost = Math.Min(Cost.Of(http), bucket.Burst);
        var client = (bearers ? http.User.FindFirst("sub")?.Value : null) ?? http.Connection.RemoteIpAddress?.ToString() ?? "";
        var isTaken = buckets.TryTake(bucket, client, cost, out var left);
        var headers = http.Response.Headers;
        headers["RateLimit-Policy"] = bucket.Policy;
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{bucket.Name}\";r={left};t={bucket.Seconds(bucket.Burst - left)}");
        if (isTaken) return next(http);
        headers.RetryAfter = Math.Max(1, bucket.Seconds(cost - left)).ToString(CultureInfo.InvariantCulture);
        return Problem.Of(http, ProblemKind.RateLimited).Write(http);
    }
}
