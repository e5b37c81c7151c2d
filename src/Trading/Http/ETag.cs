using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Trading.Http;

/// <summary>Strong entity tags (RFC 9110 §8.8.3).</summary>
public static class ETag
{
    /// <param name="missing">How many positions the answer will tell once they are published: until then it is another answer of the same version.</param>
    public static string OfVersion(long version, int missing = 0) =>
        missing is 0 ? string.Create(CultureInfo.InvariantCulture, $"\"{version}\"") : string.Create(CultureInfo.InvariantCulture, $"\"{version}.{missing}\"");

    public static string OfBytes(ReadOnlySpan<byte> bytes) => $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)[..16])}\"";

    /// <summary>Whether the client already holds what the tag stands for (<c>If-None-Match</c>).</summary>
    public static bool IsHeld(HttpRequest request, string tag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var held)
        && held.Any(h => h.Tag == "*" || h.Tag == tag);

    /// <summary>
    /// The version a write insists on (<c>If-Match</c>); absent, or any with <c>*</c>. What positions an answer had left out is all one.
    /// </summary>
    /// <returns>False when the header is there but is not the tag of a version.</returns>
    public static bool TryReadIfMatch(HttpRequest request, out long? version)
    {
        version = null;
        var header = request.Headers.IfMatch.ToString();
        if (header is "" or "*") return true;
        if (header is not ['"', .. var tag, '"'] || !IsOfVersion(tag.Split('.'), out var parsed)) return false;
        version = parsed;
        return true;
    }

    private static bool IsOfVersion(string[] numbers, out long version)
    {
        version = 0;
        return numbers.Length <= 2 && numbers.All(number => IsNumber(number, out _)) && IsNumber(numbers[0], out version);
    }

    private static bool IsNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
