namespace Trading.Http;

/// <summary>What every answer says to browsers: take it for what it is, and let it load nothing.</summary>
public sealed class AnswerHeaders(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        if (!http.Request.Path.StartsWithSegments("/docs", StringComparison.Ordinal))
            headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        return next(http);
    }
}
