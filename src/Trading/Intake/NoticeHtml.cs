using Ganss.Xss;

namespace Trading.Intake;

/// <summary>Takes out of a notice's HTML whatever loads or runs anything, and keeps what it says and how it is laid out.</summary>
public static class NoticeHtml
{
    private static readonly HashSet<string> LayoutOnly = new(StringComparer.OrdinalIgnoreCase)
    {
        "text-align", "text-indent", "vertical-align", "font-weight", "font-style", "text-decoration", "white-space", "border-collapse",
    };

    private static readonly string[] Interactive =
    [
        "form", "input", "button", "select", "option", "optgroup", "textarea", "label", "fieldset", "legend", "datalist", "keygen", "output",
        "menu", "menuitem", "details", "summary", "picture", "source", "video", "audio", "style", "link", "meta", "base",
    ];

    private static readonly string[] Reaching =
    [
        "class", "id", "name", "action", "method", "background", "srcset", "usemap", "ismap", "longdesc", "accesskey", "tabindex",
        "contenteditable", "draggable", "dropzone", "cite",
    ];

    private static readonly string[] Schemes = ["http", "https", "mailto", "data"];

    private static readonly string[] StillPictures = ["data:image/png;base64,", "data:image/jpeg;base64,", "data:image/gif;base64,"];

    private static readonly HtmlSanitizer Sanitizer = Make();

    public static string Clean(string html) => Sanitizer.Sanitize(html);

    private static HtmlSanitizer Make()
    {
        var sanitizer = new HtmlSanitizer { KeepChildNodes = false };
        sanitizer.AllowedTags.ExceptWith(Interactive);
        sanitizer.AllowedAttributes.ExceptWith(Reaching);
        sanitizer.AllowedCssProperties.IntersectWith(LayoutOnly);
        sanitizer.AllowedAtRules.Clear();
        sanitizer.AllowedSchemes.Clear();
        sanitizer.AllowedSchemes.UnionWith(Schemes);
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
}
