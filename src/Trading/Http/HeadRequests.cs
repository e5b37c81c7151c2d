namespace Trading.Http;

/// <summary>
/// Whatever answers GET answers HEAD, with the same headers and no content (RFC 9110 §9.3.2). Endpoints, limits and caches see a GET;
/// the server knows what was asked and sends no content.
/// </summary>
public sealed class HeadRequests(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(Allow, http.Response);
        if (HttpMethods.IsHead(http.Request.Method)) http.Request.Method = HttpMethods.Get;
        return next(http);
    }

    private static Task Allow(object state)
    {
        var headers = ((HttpResponse)state).Headers;
        if (headers.Allow == HttpMethods.Get) headers.Allow = "GET, HEAD";
        return Task.CompletedTask;
    }
}
