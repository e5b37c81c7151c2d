using Microsoft.Extensions.Primitives;

namespace Trading.Http;

/// <summary>
/// Headers that every answer carries, problems and files included. Browsers take it for what it is, let it load nothing, at /docs nothing but what
/// this service serves, and come back over TLS where it is read over TLS (RFC 6797).
/// </summary>
/// <param name="isSecure">Whether the public address is https, also where a proxy speaks TLS for the service.</param>
public sealed class AnswerHeaders(bool isSecure)
{
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'";

    // Swagger UI draws with data addresses, and sets styles by script, which no policy forbids.
    private const string SwaggerUi = Nothing + "; base-uri 'none'; form-action 'none'; connect-src 'self'; img-src 'self' data:; script-src 'self'; style-src 'self'";

    // Fixed once: they are set on every answer.
    private static readonly StringValues nothing = Nothing, swaggerUi = SwaggerUi, noSniff = "nosniff", noReferrer = "no-referrer", sameOrigin = "same-origin",
        noDevices = "camera=(), geolocation=(), microphone=(), payment=(), usb=()", aYearOfTls = "max-age=31536000";

    public void Set(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = noSniff;
        headers["Referrer-Policy"] = noReferrer;
        headers["Permissions-Policy"] = noDevices;
        headers["Cross-Origin-Resource-Policy"] = sameOrigin;   // other pages read through CORS, which this does not concern
        headers.ContentSecurityPolicy = http.Request.Path.StartsWithSegments("/docs", StringComparison.Ordinal) ? swaggerUi : nothing;
        if (isSecure || http.Request.IsHttps) headers.StrictTransportSecurity = aYearOfTls;
    }
}
