using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Net.Http.Headers;
using Trading.Http;

namespace Trading.Delivery;

/// <summary>
/// Caches public GET responses in the coding in which they were sent; requests with a token bypass the cache. Of several requests for the
/// same response at once, one makes it and the others wait. While the database is away, cached responses are served for up to an hour and marked as possibly outdated
/// (<c>Cache-Status</c>, RFC 9211, with a negative <c>ttl</c>).
/// </summary>
/// <param name="clock">Of real time.</param>
public sealed class Keeping(RequestDelegate next, KeptAnswers answers, Freshness freshness, IResponseCompressionProvider codings, Buckets buckets, TimeProvider clock)
{
    private const string Identity = "identity";
    private static readonly string[] ofContent = [HeaderNames.ContentType, HeaderNames.ContentEncoding, HeaderNames.ContentLanguage];
    private readonly ConcurrentDictionary<Asked, Task> making = [];

    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        if (http.GetEndpoint()?.Metadata.GetMetadata<Keepable>() is null || !HttpMethods.IsGet(request.Method) || request.Headers.Authorization.Count > 0) return next(http);
        var asked = new Asked(request.Path.Value!, request.QueryString.Value ?? "", request.Headers["Accept-Datetime"].ToString(), Coding(http));
        return answers.Find(asked) is { } kept ? Give(http, kept) : MakeOnce(http, asked);
    }

    private string Coding(HttpContext http) => http.Request.Headers.AcceptEncoding.Count is 0 ? "" : codings.GetCompressionProvider(http)?.EncodingName ?? Identity;

    private async Task MakeOnce(HttpContext http, Asked asked)
    {
        var made = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = making.GetOrAdd(asked, made.Task);
        if (first != made.Task)
        {
            await first.WaitAsync(http.RequestAborted);
            await (answers.Find(asked) is { } kept ? Give(http, kept) : Make(http, asked));
            return;
        }

        ReadOnlyMemory<byte> body;
        try
        {
            body = await Made(http, asked);
        }
        finally
        {
            making.TryRemove(asked, out _);
            made.SetResult();
        }

        await Send(http, body);   // others who ask the same do not wait for this client to take it
    }

    private async Task Make(HttpContext http, Asked asked) => await Send(http, await Made(http, asked));

    private async Task<ReadOnlyMemory<byte>> Made(HttpContext http, Asked asked)
    {
        var (since, madeAt, dependences) = (freshness.Now, clock.GetTimestamp(), new Dependences());
        var sent = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var before = http.Response.Headers.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var body = new MemoryStream();
        var held = new StreamResponseBodyFeature(body);
        http.Features.Set(dependences);
        http.Features.Set<IHttpResponseBodyFeature>(held);
        try
        {
            await next(http);
            await held.CompleteAsync();
        }
        finally
        {
            http.Features.Set(sent);
        }

        var response = http.Response;
        if (response.StatusCode is StatusCodes.Status200OK && !response.Headers.CacheControl.ToString().Contains("no-store", StringComparison.Ordinal))
            answers.Keep(asked, new KeptAnswer(
                body.ToArray(), response.Headers.ETag.ToString(),
                [.. response.Headers.Where(header => !before.Contains(header.Key) && header.Key is not "Content-Length")], dependences.On, since, madeAt));
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static async Task Send(HttpContext http, ReadOnlyMemory<byte> body)
    {
        if (body.Length is 0) return;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    private Task Give(HttpContext http, KeptAnswer kept)
    {
        var response = http.Response;
        var isHeld = http.Request.Headers.IfNoneMatch.Count > 0 && ETag.IsHeld(http.Request, kept.ETag);
        foreach (var (name, value) in kept.Headers)
            if (!isHeld || !ofContent.Contains(name)) response.Headers[name] = value;
        response.Headers.Age = ((long)clock.GetElapsedTime(kept.MadeAt).TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (freshness.Silence is { Ticks: > 0 } silence)
            response.Headers["Cache-Status"] = string.Create(CultureInfo.InvariantCulture, $"trading; hit; ttl=-{(long)silence.TotalSeconds}; detail=database-away");
        if (isHeld)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentLength = kept.Body.Length;
        if (kept.Body.Length >= Account.BytesPerToken) Charge(http, kept.Body.Length / Account.BytesPerToken - Cost.Of(http));
        var written = response.BodyWriter.WriteAsync(kept.Body, CancellationToken.None);   // asking for the token of an aborted request makes one
        return written.IsCompletedSuccessfully ? Task.CompletedTask : written.AsTask();
    }

    private void Charge(HttpContext http, long tokens)
    {
        if (tokens > 0) Throttle.Tell(http.Response.Headers, buckets.Reads, buckets.Charge(buckets.Reads, http.ClientOf(), tokens));
    }
}
