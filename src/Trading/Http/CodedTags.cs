using Microsoft.Extensions.Primitives;

namespace Trading.Http;

/// <summary>
/// What is compressed is another representation and has another strong entity tag (RFC 9110 §8.8.3.3): that of the plain one with the coding
/// before the closing quote, as in <c>"7+br"</c>. Within the service there are plain tags only.
/// </summary>
public sealed class CodedTags(RequestDelegate next)
{
    private static readonly string[] codings = ["+br\"", "+gzip\""];

    public Task InvokeAsync(HttpContext http)
    {
        var held = Plain(http.Request.Headers.IfNoneMatch, plain => http.Request.Headers.IfNoneMatch = plain);
        Plain(http.Request.Headers.IfMatch, plain => http.Request.Headers.IfMatch = plain);
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            var coding = http.Response.StatusCode is StatusCodes.Status304NotModified ? held : $"+{headers.ContentEncoding}\"";
            if (codings.Contains(coding) && headers.ETag.ToString() is ['"', .., '"'] tag) headers.ETag = tag[..^1] + coding;
            return Task.CompletedTask;
        });
        return next(http);
    }

    /// <returns>The coding of the tags that were there.</returns>
    private static string? Plain(StringValues tags, Action<StringValues> set)
    {
        var text = tags.ToString();
        if (Array.Find(codings, coding => text.Contains(coding, StringComparison.Ordinal)) is not { } found) return null;
        set(codings.Aggregate(text, (t, coding) => t.Replace(coding, "\"", StringComparison.Ordinal)));
        return found;
    }
}
