using System.Text.Json;
using System.Text.Json.Serialization;
using FastEndpoints;
using Trading.Kernel;

namespace Trading.Http;

/// <summary>How an endpoint that reads says yes.</summary>
public static class Answering
{
    private const string Json = "application/json; charset=utf-8";

    public static Task Answer<T>(this IEndpoint endpoint, T answer, string etag, CancellationToken ct)
    {
        endpoint.HttpContext.MarkResponseStart();
        return endpoint.HttpContext.Holds(etag)
            ? Task.CompletedTask
            : endpoint.HttpContext.Response.WriteAsJsonAsync(answer, WireJson.Stored, Json, ct);
    }

    /// <summary>With an entity tag made of the answer's own bytes.</summary>
    public static Task Answer<T>(this IEndpoint endpoint, T answer, CancellationToken ct) =>
        endpoint.Answer(JsonSerializer.SerializeToUtf8Bytes(answer, WireJson.Stored), Json, ct);

    /// <summary>With an entity tag made of the bytes.</summary>
    public static Task Answer(this IEndpoint endpoint, byte[] bytes, string mediaType, CancellationToken ct)
    {
        endpoint.HttpContext.MarkResponseStart();
        return endpoint.HttpContext.Answer(bytes, mediaType, ct);
    }

    /// <summary>Likewise, where there is no endpoint of FastEndpoints.</summary>
    public static Task Answer(this HttpContext http, byte[] bytes, string mediaType, CancellationToken ct)
    {
        if (http.Holds(ETag.OfBytes(bytes))) return Task.CompletedTask;
        http.Response.ContentType = mediaType;
        http.Response.ContentLength = bytes.Length;
        return http.Response.Body.WriteAsync(bytes, ct).AsTask();
    }

    /// <summary>Tells the entity tag; where the client holds what it stands for, that is the answer (304). It is asked again unless said otherwise before.</summary>
    public static bool Holds(this HttpContext http, string etag)
    {
        http.Response.Headers.ETag = etag;
        if (http.Response.Headers.CacheControl.Count is 0) http.Response.Headers.CacheControl = "no-cache";
        if (!ETag.IsHeld(http.Request, etag)) return false;
        http.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    /// <summary>What FastEndpoints answers by itself: it has nothing to say but problems.</summary>
    public static Task Write(HttpResponse response, object? answer, string contentType, JsonSerializerContext? context, CancellationToken ct) =>
        answer is Problem problem
            ? problem.Write(response.HttpContext)
            : response.WriteAsJsonAsync(answer, WireJson.Stored, contentType, ct);
}
