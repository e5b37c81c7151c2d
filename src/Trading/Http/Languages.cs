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

    // A range of its own counts before the wildcard.
    private static double Quality(IList<StringWithQualityHeaderValue> accepted, string language) =>
        Best(accepted.Where(a => a.Value.StartsWith(language, StringComparison.OrdinalIgnoreCase))) ?? Best(accepted.Where(a => a.Value == "*")) ?? 0;

    private static double? Best(IEnumerable<StringWithQualityHeaderValue> accepted) => accepted.Select(a => a.Quality ?? 1).Cast<double?>().Max();
}
