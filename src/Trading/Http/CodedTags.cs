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
        var headers = http.Request.Headers;
        return headers.IfNoneMatch.Count + headers.IfMatch.Count + headers.AcceptEncoding.Count is 0 ? next(http) : Translate(http, headers);
    }

    private Task Translate(HttpContext http, IHeaderDictionary headers)
    {
        var held = Plain(headers.IfNoneMatch, plain => headers.IfNoneMatch = plain);
        Plain(headers.IfMatch, plain => headers.IfMatch = plain);
        http.Response.OnStarting(() => Code(http.Response, held));
        return next(http);
    }

    private static Task Code(HttpResponse response, string? held)
    {
        var headers = response.Headers;
        var coding = response.StatusCode is StatusCodes.Status304NotModified ? held : $"+{headers.ContentEncoding}\"";
        if (codings.Contains(coding) && headers.ETag.ToString() is ['"', .., '"'] tag) headers.ETag = tag[..^1] + coding;
        return Task.CompletedTask;
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
