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
        : LengthOf(http.Request.Headers) > MostHeaders
            ? Problem.Of(http, ProblemKind.HeadersTooLarge).Write(http)
        : next(http);

    private static int LengthOf(IHeaderDictionary headers)
    {
        var length = 0;
        foreach (var (name, values) in headers)
        {
            length += name.Length;
            for (var i = 0; i < values.Count; i++) length += values[i]?.Length ?? 0;
        }

        return length;
    }
}
