namespace Trading.Http;

/// <summary>
/// Whatever answers GET answers HEAD, with the same headers and no content (RFC 9110 §9.3.2). Endpoints, limits and caches see a GET;
/// the server knows what was asked and sends no content. An endpoint whose content has no end asks <see cref="WantsContent"/>.
/// </summary>
public sealed class HeadRequests(RequestDelegate next)
{
    private static readonly object asked = new();

    /// <summary>False for a HEAD request, whose connection waits for the end of the endpoint before it reads the next request.</summary>
    public static bool WantsContent(HttpContext http) => !http.Items.ContainsKey(asked);

    public Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(Allow, http.Response);
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Items[asked] = true;
            http.Request.Method = HttpMethods.Get;
        }

        return next(http);
    }

    private static Task Allow(object state)
    {
        var headers = ((HttpResponse)state).Headers;
        if (headers.Allow == HttpMethods.Get) headers.Allow = "GET, HEAD";
        return Task.CompletedTask;
    }
}
