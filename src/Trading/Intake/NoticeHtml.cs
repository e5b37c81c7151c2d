using System.Text.RegularExpressions;
using Ganss.Xss;

namespace Trading.Intake;

/// <summary>Takes out of a notice's HTML whatever loads or runs anything, and keeps every word it says and how it is laid out.</summary>
public static partial class NoticeHtml
{
    /// <summary>Deeper than any document made by people or word processors; parsing takes time by the square of it.</summary>
    public const int DeepestNesting = 1_000;

    private static readonly string[] Tags =
    [
        "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code", "col",
        "colgroup", "dd", "del", "dfn", "dir", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5",
        "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp",
        "section", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u",
        "ul", "var", "wbr",
    ];

    private static readonly string[] Attributes =
    [
        "abbr", "align", "alt", "bgcolor", "border", "cellpadding", "cellspacing", "char", "charoff", "color", "colspan", "datetime", "dir",
        "face", "frame", "headers", "height", "href", "hspace", "lang", "noshade", "nowrap", "reversed", "rowspan", "rules", "scope", "size",
        "span", "src", "start", "style", "summary", "title", "type", "valign", "value", "vspace", "width",
    ];

    private static readonly string[] Styles =
    [
        "text-align", "text-indent", "vertical-align", "font-weight", "font-style", "text-decoration", "white-space", "border-collapse",
    ];

    private static readonly string[] Schemes = ["http", "https", "mailto", "data"];

    private static readonly string[] StillPictures = ["data:image/png;base64,", "data:image/jpeg;base64,", "data:image/gif;base64,"];

    /// <summary>Elements whose content nobody reads. Of all others that are not kept, the words are.</summary>
    private static readonly HashSet<string> Unread = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "title", "template", "iframe", "frame", "frameset", "noframes", "noembed", "object", "embed", "applet", "audio", "video", "xml",
    };

    /// <summary>Elements that hold nothing, or end by themselves where the next begins: they do not nest.</summary>
    private static readonly HashSet<string> Flat = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "option", "optgroup", "rt", "rp",
    };

    private static readonly HtmlSanitizer Sanitizer = Make();

    public static string Clean(string html) => Sanitizer.Sanitize(html);

    public static bool IsTooDeep(string html)
    {
        var open = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var depth = 0;
        foreach (Match tag in Tag().Matches(html))
        {
            var name = tag.Groups["name"].Value;
            if (Flat.Contains(name)) continue;
            var alike = open.GetValueOrDefault(name);
            var step = !tag.Groups["end"].Success ? 1 : alike > 0 ? -1 : 0;
            open[name] = alike + step;
            depth += step;
            if (depth > DeepestNesting) return true;
        }

        return false;
    }

    private static HtmlSanitizer Make()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = Tags.ToHashSet(StringComparer.OrdinalIgnoreCase),
            AllowedAttributes = Attributes.ToHashSet(StringComparer.OrdinalIgnoreCase),
            AllowedCssProperties = Styles.ToHashSet(StringComparer.OrdinalIgnoreCase),
            AllowedAtRules = new HashSet<AngleSharp.Css.Dom.CssRuleType>(),
            AllowedSchemes = Schemes.ToHashSet(StringComparer.OrdinalIgnoreCase),
            UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "src" },
        })
        { KeepChildNodes = true };
        sanitizer.RemovingTag += (_, removing) =>
        {
            if (Unread.Contains(removing.Tag.LocalName)) removing.Tag.TextContent = "";
        };
        sanitizer.FilterUrl += (_, url) =>
        {
            var isImage = string.Equals(url.Tag.LocalName, "img", StringComparison.OrdinalIgnoreCase);
            var isData = url.OriginalUrl.TrimStart().StartsWith("data:", StringComparison.OrdinalIgnoreCase);
            if (isImage ? !IsStillPicture(url.OriginalUrl) : isData) url.SanitizedUrl = null;
        };
        return sanitizer;
    }

    // A picture that comes with the notice tells nobody who reads it; one fetched from elsewhere does.
    private static bool IsStillPicture(string url) =>
        StillPictures.Any(kind => url.StartsWith(kind, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"<(?<end>/)?(?<name>[A-Za-z][^\s/>]*)")]
    private static partial Regex Tag();
}
