using System.Text.RegularExpressions;

namespace Trading.Intake.Markup;

/// <summary>Declarations of CSS, such as those of a style attribute; the last of each property counts.</summary>
internal static partial class Declarations
{
    // In characters. Of longer ones, such as those that hold a picture, none hides or is published.
    private const int Longest = 500;

    public static void Read(string text, Dictionary<string, string> into)
    {
        foreach (var declaration in WithoutComments(text).Split(';'))
        {
            var colon = declaration.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || declaration.Length > Longest) continue;
            var property = Name(declaration[..colon]);
            var value = declaration[(colon + 1)..];
            var important = value.IndexOf('!', StringComparison.Ordinal);
            into[property] = Unescaped(important < 0 ? value : value[..important]).Trim().ToLowerInvariant();
        }
    }

    public static string WithoutComments(string text) => text.Contains("/*", StringComparison.Ordinal) ? Comment().Replace(text, " ") : text;

    private static string Name(string text) => Unescaped(text).Trim().ToLowerInvariant();

    // Whoever hides text may write "d\69splay" as well.
    private static string Unescaped(string text) => !text.Contains('\\', StringComparison.Ordinal) ? text : Escape().Replace(text, escape =>
        escape.Groups["hex"] is { Success: true, Value: var hex }
            ? Convert.ToInt32(hex, 16) is > 0 and < 0xD800 and var code ? ((char)code).ToString() : ""
            : escape.Groups["char"].Value);

    [GeneratedRegex(@"/\*.*?(\*/|\z)", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\\((?<hex>[0-9a-fA-F]{1,6})\s?|(?<char>.)|\z)", RegexOptions.Singleline)]
    private static partial Regex Escape();
}
