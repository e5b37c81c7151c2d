using System.Net.Http.Headers;
using System.Text;
using System.Text.Unicode;
using FluentValidation.Results;
using Microsoft.AspNetCore.Http.Features;
using Trading.Kernel;

namespace Trading.Http;

/// <summary>How large a body an endpoint takes, in bytes, and of which type.</summary>
/// <param name="Line">What each line of the body is, where the body is lines.</param>
public sealed record BodyLimits(long MostBytes, string MediaType, Type? Line = null)
{
    public static readonly BodyLimits Json = new(1 << 20, "application/json");
}

/// <summary>
/// Looks at type and size before anything reads the body, and holds it in memory, so that what is signed for is what was sent; but for a
/// body of lines, which its endpoint reads one by one.
/// </summary>
public sealed class BodyGate(RequestDelegate next)
{
    /// <summary>The only parameter a posting takes: misspelt, it would record what was only to be shown.</summary>
    private const string DryRun = "dryRun";

    public static readonly Wording UnknownParameter = new("没有此参数。", "There is no such parameter.");

    private static readonly object Key = new();

    public static ReadOnlyMemory<byte> BodyOf(HttpContext http) => (byte[])http.Items[Key]!;

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint() is not { } endpoint || !HttpMethods.IsPost(http.Request.Method))
        {
            await next(http);
            return;
        }

        if (http.Request.Query.Keys.FirstOrDefault(name => name is not DryRun) is { } misspelt)
        {
            await (Problem.Of(http, ProblemKind.Validation) with
            {
                Errors = [new ProblemError(misspelt, "unknown-parameter", UnknownParameter.In(http.Language()))],
            }).Write(http);
            return;
        }

        var limits = endpoint.Metadata.GetMetadata<BodyLimits>() ?? BodyLimits.Json;
        if (!IsOfType(http.Request, limits.MediaType))
        {
            http.Response.Headers.Accept = limits.MediaType;
            await Problem.Of(http, ProblemKind.UnsupportedMediaType).Write(http);
            return;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = limits.Line is null ? null : limits.MostBytes;
        if (http.Request.ContentLength > limits.MostBytes)
        {
            await Refuse(http);
            return;
        }

        if (limits.Line is not null)
        {
            await next(http);   // it is read line by line
            return;
        }

        if (await Read(http.Request, limits.MostBytes) is not { } body)
        {
            await Refuse(http);
            return;
        }

        Account.Of(http)?.Count(body.Length);
        if (limits.MediaType == BodyLimits.Json.MediaType && Flaw(body) is { } flaw)
        {
            await BodyErrors.Problem(http, [flaw]).Write(http);
            return;
        }

        http.Items[Key] = body;
        http.Request.ContentType = limits.MediaType;   // a charset in quotes is legal, and too much for the serializer behind
        http.Request.Body = new MemoryStream(body, writable: false);
        await next(http);
    }

    private static Task Refuse(HttpContext http)
    {
        http.Response.Headers.Connection = "close";
        return Problem.Of(http, ProblemKind.TooLarge).Write(http);
    }

    /// <summary>What the serializer would let pass.</summary>
    private static ValidationFailure? Flaw(ReadOnlySpan<byte> body) =>
        body.StartsWith(Encoding.UTF8.Preamble) || !Utf8.IsValid(body) ? BodyErrors.Malformed
        : NullItems.FirstIn(body) is { } pointer ? BodyErrors.NullItem(pointer)
        : null;

    private static bool IsOfType(HttpRequest request, string mediaType) =>
        request.Headers.ContentEncoding.Count is 0
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && string.Equals(type.MediaType, mediaType, StringComparison.OrdinalIgnoreCase)
        && (type.CharSet?.Trim('"').ToUpperInvariant() is null or "UTF-8");

    private static async Task<byte[]?> Read(HttpRequest request, long most)
    {
        using var held = new MemoryStream((int)Math.Min(request.ContentLength ?? 4096, most));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            if (held.Length + read > most) return null;
            held.Write(buffer, 0, read);
        }

        return held.ToArray();
    }
}
