namespace Trading.Http;

/// <summary>What every answer says to browsers: take it for what it is, and let it load nothing but, at /docs, what this service serves.</summary>
public sealed class AnswerHeaders(RequestDelegate next)
{
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'";

    // Swagger UI starts itself from a script in the page, styles its elements and draws with data addresses.
    private const string SwaggerUi = Nothing + "; base-uri 'none'; form-action 'none'; connect-src 'self'; img-src 'self' data:; "
        + "script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'";

    public Task InvokeAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = http.Request.Path.StartsWithSegments("/docs", StringComparison.Ordinal) ? SwaggerUi : Nothing;
        return next(http);
    }
}
