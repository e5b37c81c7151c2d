using Microsoft.Extensions.Primitives;

namespace Trading.Http;

/// <summary>The <c>Idempotency-Key</c> header: a structured-field string (RFC 8941), or the bare key.</summary>
public static class IdempotencyKey
{
    public const int Longest = 255;

    /// <summary>The key, or null when there is not exactly one or it is not visible ASCII of 1 to 255 characters.</summary>
    public static string? Read(StringValues headers)
    {
        var header = headers is [var only] ? only : null;
        var key = header is ['"', .. var quoted, '"'] ? quoted : header;
        return key is { Length: >= 1 and <= Longest } && key.All(c => c is > ' ' and <= '~' and not ('"' or '\\')) ? key : null;
    }
}
