using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Trading.Intake.Markup;

/// <summary>The elements, attributes, styles and addresses that are published, each value in its form.</summary>
internal static partial class Permitted
{
    // They decide what is seen, and how foreign elements are parsed.
    private static readonly string[] alsoRead = ["hidden", "open", "class", "id", "text", "background", "encoding"];

    private static readonly FrozenSet<string> elements = FrozenSet.Create(
        StringComparer.Ordinal,
        "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code", "col",
        "colgroup", "dd", "del", "dfn", "dir", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5",
        "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp",
        "section", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u",
        "ul", "var", "wbr");

    /// <summary>Elements whose content nobody reads. Of all others that are not published, the words are.</summary>
    private static readonly FrozenSet<string> unread = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "script", "style", "title", "template", "iframe", "frame", "frameset", "noframes", "noembed", "object", "embed", "applet", "audio", "video", "xml",
        "datalist");

    private static readonly FrozenSet<string> boundaries = FrozenSet.Create(StringComparer.Ordinal, "button", "marquee", "select", "option", "optgroup", "form", "nobr");

    private static readonly FrozenSet<string> empty = FrozenSet.Create(StringComparer.Ordinal, "br", "col", "hr", "img", "wbr");

    private static readonly FrozenDictionary<string, Regex> attributes = Forms(
        (Text(), "abbr alt datetime face headers lang summary title"),
        (Keyword(), "align char dir frame noshade nowrap reversed rules scope type valign"),
        (Measure(), "border cellpadding cellspacing charoff colspan height hspace rowspan size span start value vspace width"));

    private static readonly FrozenDictionary<string, Regex> styles = Forms(
        (Keyword(), "border-collapse font-style font-weight text-align text-decoration vertical-align white-space"),
        (Indent(), "text-indent"));

    private static readonly string[] stillPictures = ["data:image/png;base64,", "data:image/jpeg;base64,", "data:image/gif;base64,"];

    public static bool IsPublished(MarkupElement element) => element.IsHtml && elements.Contains(element.Name);

    public static bool IsUnread(MarkupElement element) => unread.Contains(element.Name);

    /// <summary>Whether others may stand in it that could not stand where it stands, so that without it a parser reads them otherwise.</summary>
    public static bool IsBoundary(MarkupElement element) => !element.IsHtml || boundaries.Contains(element.Name);

    public static bool IsEmpty(string element) => empty.Contains(element);

    /// <summary>Whether an attribute is published or decides what is seen.</summary>
    public static bool IsRead(ReadOnlySpan<char> attribute) =>
        attribute is "style" or "href" or "src" or "color" or "bgcolor" || alsoRead.AsSpan().Contains(attribute.ToString())
        || attributes.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(attribute);

    public static bool IsAttribute(string name, string value) => attributes.TryGetValue(name, out var form) && form.IsMatch(value);

    public static bool IsStyle(string property, string value) => styles.TryGetValue(property, out var form) && form.IsMatch(value);

    // A picture that comes with the notice tells nobody who reads it; one fetched from elsewhere does.
    public static bool IsStillPicture(string address) => Array.Exists(stillPictures, kind => address.StartsWith(kind, StringComparison.OrdinalIgnoreCase));

    /// <summary>An address that can be followed from anywhere; null where there is none. One without a scheme gets https, a path alone has lost its page.</summary>
    public static string? Link(string address)
    {
        var link = Ignored().Replace(address, "").Trim([' ', .. Enumerable.Range(0, ' ').Select(code => (char)code)]);
        if (link.StartsWith("//", StringComparison.Ordinal)) link = "https:" + link;
        return LinkForm().IsMatch(link) && Uri.TryCreate(link, UriKind.Absolute, out _) ? link : null;
    }

    private static FrozenDictionary<string, Regex> Forms(params (Regex Form, string Names)[] forms) =>
        forms.SelectMany(form => form.Names.Split(' ').Select(name => (Name: name, form.Form))).ToFrozenDictionary(form => form.Name, form => form.Form);

    [GeneratedRegex(@"\A[^\0]*\z")]
    private static partial Regex Text();

    [GeneratedRegex(@"\A[A-Za-z0-9 .%-]{0,40}\z")]
    private static partial Regex Keyword();

    [GeneratedRegex(@"\A[+-]?\d{1,4}(\.\d{1,4})?(%|\*|p[xt])?\z")]
    private static partial Regex Measure();

    [GeneratedRegex(@"\A\d{1,3}(\.\d{1,4})?(em|rem|%|p[xtc]|[cm]m|in|ch|ex)?\z")]
    private static partial Regex Indent();

    // What browsers take out of an address before they read it (WHATWG URL).
    [GeneratedRegex(@"[\t\r\n]")]
    private static partial Regex Ignored();

    [GeneratedRegex(@"\A(https?://[^/\\?#\s]|mailto:[^\s])[^\x00-\x20\x7f]*\z", RegexOptions.IgnoreCase)]
    private static partial Regex LinkForm();
}
