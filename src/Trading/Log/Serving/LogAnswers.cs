using System.Text;
using FastEndpoints;

namespace Trading.Log.Serving;

/// <summary>How the log's resources are answered: as they are, and cacheable for as long as they hold.</summary>
internal static class LogAnswers
{
    public const string Immutable = "public, max-age=31536000, immutable";
    public const string Fresh = "public, max-age=1";

    public static Task Answer(this IEndpoint endpoint, byte[] bytes, string mediaType, string cacheControl, CancellationToken ct)
    {
        var response = endpoint.HttpContext.Response;
        endpoint.HttpContext.MarkResponseStart();
        response.Headers.CacheControl = cacheControl;
        response.ContentType = mediaType;
        response.ContentLength = bytes.Length;
        return response.Body.WriteAsync(bytes, ct).AsTask();
    }

    public static Task AnswerText(this IEndpoint endpoint, string text, string cacheControl, CancellationToken ct) =>
        endpoint.Answer(Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8", cacheControl, ct);
}
