using System.Globalization;
using Microsoft.AspNetCore.OutputCaching;
using Trading.Http;

namespace Trading.Delivery;

/// <summary>Keeps what anyone may read, as anyone is told it; whoever brings a token is answered anew.</summary>
public sealed class KeepForAnyone(Freshness freshness) : IOutputCachePolicy
{
    private static readonly TimeSpan longest = TimeSpan.FromHours(1);

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var request = context.HttpContext.Request;
        var anyone = HttpMethods.IsGet(request.Method) && request.Headers.Authorization.Count is 0 && context.HttpContext.User.Identity?.IsAuthenticated is not true;
        (context.EnableOutputCaching, context.AllowCacheLookup, context.AllowCacheStorage, context.AllowLocking) = (anyone, anyone, anyone, true);
        context.CacheVaryByRules.QueryKeys = "*";
        context.CacheVaryByRules.HeaderNames = "Accept-Datetime";
        context.CacheVaryByRules.VaryByHost = false;
        context.ResponseExpirationTimeSpan = longest;
        context.Tags.Add(Dependence.Since + freshness.Now.ToString(CultureInfo.InvariantCulture));
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        context.AllowCacheStorage &= response.StatusCode is StatusCodes.Status200OK && !response.Headers.CacheControl.ToString().Contains("no-store", StringComparison.Ordinal);
        return ValueTask.CompletedTask;
    }
}
