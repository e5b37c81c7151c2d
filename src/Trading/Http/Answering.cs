using System.Text.Json;
using System.Text.Json.Serialization;
using FastEndpoints;
using Trading.Kernel;

namespace Trading.Http;

/// <summary>How an endpoint that reads says yes.</summary>
public static class Answering
{
    public static Task Answer<T>(this IEndpoint endpoint, T answer, string etag, CancellationToken ct)
    {
        var http = endpoint.HttpContext;
        http.MarkResponseStart();
        http.Response.Headers.ETag = etag;
        if (http.Response.Headers.CacheControl.Count is 0) http.Response.Headers.CacheControl = "no-cache";
        if (ETag.IsHeld(http.Request, etag))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        return http.Response.WriteAsJsonAsync(answer, WireJson.Stored, "application/json; charset=utf-8", ct);
    }

    /// <summary>What FastEndpoints answers by itself: it has nothing to say but problems.</summary>
    public static Task Write(HttpResponse response, object? answer, string contentType, JsonSerializerContext? context, CancellationToken ct) =>
        answer is Problem problem
            ? problem.Write(response.HttpContext)
            : response.WriteAsJsonAsync(answer, WireJson.Stored, contentType, ct);

    /// <summary>With an entity tag made of the answer's own bytes.</summary>
    public static Task Answer<T>(this IEndpoint endpoint, T answer, CancellationToken ct)
    {
        var http = endpoint.HttpContext;
        http.MarkResponseStart();
        var bytes = JsonSerializer.SerializeToUtf8Bytes(answer, WireJson.Stored);
        var etag = ETag.OfBytes(bytes);
        http.Response.Headers.ETag = etag;
        if (http.Response.Headers.CacheControl.Count is 0) http.Response.Headers.CacheControl = "no-cache";
        if (ETag.IsHeld(http.Request, etag))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = bytes.Length;
        return http.Response.Body.WriteAsync(bytes, ct).AsTask();
    }
}
