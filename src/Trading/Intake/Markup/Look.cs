using System.Drawing;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Trading.Intake.Markup;

/// <summary>How text looks at a place, as far as it decides whether a reader sees it.</summary>
/// <param name="Visible">False under <c>visibility: hidden</c>, which what stands inside may undo.</param>
/// <param name="FontSize">In pixels.</param>
/// <param name="Back">Null before a picture.</param>
/// <param name="Plain">Before what is not published: colours are left out, for on white they might hide.</param>
internal readonly partial record struct Look(bool Visible, double FontSize, Color Text, Color? Back, bool Plain)
{
    // Pixels. A point is 1.33; no legible text is that small.
    private const double SmallestText = 1.5;

    // Pixels. Half a sheet of paper: nothing that is to be read is put that far out of its place.
    private const double FarAway = -400;

    private const double LeastOpacity = 0.1;

    // Of 255 in each of red, green and blue.
    private const int LeastContrast = 16;

    public static Look OfPage { get; } = new(true, 16, Color.Black, Color.White, false);

    /// <summary>Whether text that stands here is seen.</summary>
    public bool Shows => Visible && FontSize > SmallestText && Text.A > 0 && !(Back is { } back && AreAlike(Text, back));

    /// <summary>How text looks inside an element; null where it is hidden with all it holds.</summary>
    public Look? Inside(MarkupElement element, IReadOnlyDictionary<string, string> declared)
    {
        if (element["hidden"] is not null || element.Name is "dialog" && element["open"] is null || Hides(declared)) return null;
        var back = ColorOf(declared.GetValueOrDefault("background-color") ?? declared.GetValueOrDefault("background") ?? element["bgcolor"]);
        var text = ColorOf(declared.GetValueOrDefault("color") ?? element["color"] ?? element["text"]);
        var pictured = declared.Any(d => d.Key is "background" or "background-image" && d.Value.Contains("url", StringComparison.Ordinal)) || element["background"] is not null;
        return this with
        {
            Visible = declared.GetValueOrDefault("visibility") switch { "hidden" or "collapse" => false, "visible" => true, _ => Visible },
            FontSize = SizeOf(declared.GetValueOrDefault("font-size") ?? FontShorthand().Match(declared.GetValueOrDefault("font") ?? "").Value) ?? FontSize,
            Text = text ?? (element.Name is "a" && element["href"] is not null ? Color.Blue : Text),
            Back = pictured ? null : back is { A: > 0 } ? back : Back,
            Plain = Plain || pictured || back is { A: > 0 } && !Permitted.IsPublished(element),
        };
    }

    public static Color? ColorOf(string? text)
    {
        if (text is null || ColorForm().Match(text) is not { Success: true } form) return null;
        if (form.Groups["name"] is { Success: true, Value: var name })
            return name is "transparent" ? Color.Transparent : Color.FromName(name) is { IsKnownColor: true, IsSystemColor: false } named ? named : null;
        if (form.Groups["hex"] is { Success: true, Value: var hex })
        {
            if (hex.Length is 3 or 4) hex = string.Concat(hex.Select(digit => new string(digit, 2)));
            var value = int.Parse(hex[..6], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            return Color.FromArgb(hex.Length is 8 ? int.Parse(hex[6..], NumberStyles.HexNumber, CultureInfo.InvariantCulture) : 255, Color.FromArgb(value));
        }

        int Part(string part) => int.Min(255, int.Parse(form.Groups[part].Value, CultureInfo.InvariantCulture));
        var alpha = form.Groups["alpha"] is { Success: true, Value: var share } ? double.Parse(share, CultureInfo.InvariantCulture) : 1;
        return Color.FromArgb(alpha < LeastOpacity ? 0 : 255, Part("red"), Part("green"), Part("blue"));
    }

    /// <summary>A length in pixels; null where it is none.</summary>
    public static double? Pixels(string? text) => LengthForm().Match(text ?? "") is { Success: true } form
        ? double.Parse(form.Groups["number"].Value, CultureInfo.InvariantCulture) * form.Groups["unit"].Value switch
        {
            "pt" => 4 / 3.0,
            "em" or "%" or "rem" or "ch" or "ex" or "vw" or "vh" => 10,
            "pc" => 16,
            "cm" => 37.8,
            "mm" or "q" => 3.78,
            "in" => 96,
            _ => 1,
        }
        : null;

    private static bool Hides(IReadOnlyDictionary<string, string> declared)
    {
        foreach (var (property, value) in declared)
        {
            var hides = property switch
            {
                "display" => value is "none",
                "mso-hide" => value is "all" or "screen",
                "content-visibility" => value is "hidden",
                "opacity" => double.TryParse(value.TrimEnd('%'), CultureInfo.InvariantCulture, out var share) && (value is [.., '%'] ? share / 100 : share) <= LeastOpacity,
                "text-indent" or "left" or "right" or "top" or "bottom" or "margin-left" or "margin-top" or "letter-spacing" or "word-spacing" => Pixels(value) <= FarAway,
                "margin" => value.Split(' ').Any(side => Pixels(side) is { } pixels && pixels <= FarAway),
                "height" or "width" or "max-height" or "max-width" => Pixels(value) is >= 0 and <= 1 && (declared.GetValueOrDefault("overflow") ?? "visible") is not "visible",
                "clip" => value.StartsWith("rect", StringComparison.Ordinal) && Number().Matches(value).All(number => number.Value is "0" or "1"),
                "clip-path" => HidingClip().IsMatch(value),
                "transform" or "filter" => HidingFunction().IsMatch(value),
                _ => false,
            };
            if (hides) return true;
        }

        return false;
    }

    private double? SizeOf(string? text)
    {
        if (LengthForm().Match(text ?? "") is not { Success: true } form) return text is { Length: > 0 } and not "inherit" ? OfPage.FontSize : null;
        var number = double.Parse(form.Groups["number"].Value, CultureInfo.InvariantCulture);
        return form.Groups["unit"].Value switch
        {
            "em" => number * FontSize,
            "%" => number / 100 * FontSize,
            "rem" => number * OfPage.FontSize,
            _ => Pixels(text),
        };
    }

    private static bool AreAlike(Color one, Color other) =>
        int.Abs(one.R - other.R) < LeastContrast && int.Abs(one.G - other.G) < LeastContrast && int.Abs(one.B - other.B) < LeastContrast;

    [GeneratedRegex(@"\A((?<name>[a-z]+)|#(?<hex>[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})|rgba?\(\s*(?<red>\d{1,3})(?>\s*,\s*|\s+)(?<green>\d{1,3})(?>\s*,\s*|\s+)(?<blue>\d{1,3})\s*([,/]\s*(?<alpha>[01]?\.?\d{1,4})\s*)?\))\z", RegexOptions.IgnoreCase)]
    private static partial Regex ColorForm();

    [GeneratedRegex(@"\A(?<number>[+-]?(\d{1,7}(\.\d{0,6})?|\.\d{1,6}))(?<unit>px|pt|em|rem|%|ex|ch|pc|cm|mm|q|in|vw|vh)?\z", RegexOptions.IgnoreCase)]
    private static partial Regex LengthForm();

    [GeneratedRegex(@"(?<![\w.-])((?>\d+(\.\d+)?|\.\d+)(px|pt|em|rem|%)|0)(?=[\s/]|\z)")]
    private static partial Regex FontShorthand();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();

    [GeneratedRegex(@"inset\(\s*([5-9]\d|100)(\.\d+)?%|circle\(\s*0")]
    private static partial Regex HidingClip();

    [GeneratedRegex(@"scale[xy]?\(\s*0(\.0\d*)?\s*[,)]|translate[xy]?\(\s*-\d{4,}|opacity\(\s*0?(\.0\d*)?%?\s*\)")]
    private static partial Regex HidingFunction();
}
