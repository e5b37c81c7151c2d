using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Trading.Http;

/// <summary>Strong entity tags (RFC 9110 §8.8.3).</summary>
public static class ETag
{
    public static string OfVersion(long version) => $"\"{version.ToString(CultureInfo.InvariantCulture)}\"";

    public static string OfBytes(ReadOnlySpan<byte> bytes) => $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)[..16])}\"";

    /// <summary>Whether the client already holds what the tag stands for (<c>If-None-Match</c>).</summary>
    public static bool IsHeld(HttpRequest request, string tag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var held)
        && held.Any(h => h.Tag == "*" || h.Tag == tag);

    /// <summary>The version a write insists on (<c>If-Match</c>); absent, or any with <c>*</c>.</summary>
    /// <returns>False when the header is there but is not the tag of a version.</returns>
    public static bool TryReadIfMatch(HttpRequest request, out long? version)
    {
        version = null;
        var header = request.Headers.IfMatch.ToString();
        if (header is "" or "*") return true;
        if (header is not ['"', .. var digits, '"'] || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed))
            return false;
        version = parsed;
        return true;
    }
}
