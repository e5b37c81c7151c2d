using Microsoft.AspNetCore.Http.Features;

namespace Trading.Http;

/// <summary>Looks at the length of address and headers before anything reads them, and says no in the words of all other problems.</summary>
public sealed class HeadGate(RequestDelegate next)
{
    /// <summary>Path and query, in characters as sent.</summary>
    public const int LongestAddress = 8 * 1024;

    /// <summary>All headers together, in characters.</summary>
    public const int MostHeaders = 32 * 1024;

    public Task InvokeAsync(HttpContext http) =>
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Length > LongestAddress ? Problem.Of(http, ProblemKind.UriTooLong).Write(http)
        : http.Request.Headers.Sum(header => header.Key.Length + header.Value.Sum(value => value?.Length ?? 0)) > MostHeaders
            ? Problem.Of(http, ProblemKind.HeadersTooLarge).Write(http)
        : next(http);
}
