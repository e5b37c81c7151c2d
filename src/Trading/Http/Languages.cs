using Microsoft.Net.Http.Headers;
using Trading.Kernel;

namespace Trading.Http;

public static class Languages
{
    /// <summary>The language of the answer by <c>Accept-Language</c> (RFC 9110 §12.5.4); Chinese unless English is preferred.</summary>
    public static Language Language(this HttpContext http)
    {
        if (!StringWithQualityHeaderValue.TryParseList(http.Request.Headers.AcceptLanguage, out var accepted)) return Kernel.Language.Zh;
        return Quality(accepted, "en") > Quality(accepted, "zh") ? Kernel.Language.En : Kernel.Language.Zh;
    }

    private static double Quality(IList<StringWithQualityHeaderValue> accepted, string language) => accepted
        .Where(a => a.Value.StartsWith(language, StringComparison.OrdinalIgnoreCase))
        .Select(a => a.Quality ?? 1).DefaultIfEmpty(0).Max();
}
