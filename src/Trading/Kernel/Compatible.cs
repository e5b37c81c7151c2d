using System.Globalization;
using System.Text;

namespace Trading.Kernel;

/// <summary>
/// Compatibility forms made one (Unicode NFKC), of any text there is. .NET normalises neither U+FFFE nor half a surrogate pair; each is a blank here.
/// Of the marks on one letter only the first 30 count, as in the Stream-Safe Text Format (UAX #15 §13): to sort more of them takes time by their square.
/// </summary>
public static class Compatible
{
    private const char NotACharacter = '\uFFFE';
    private const int MostMarks = 30;

    public static string Of(string text)
    {
        if (text.Length > MostMarks) text = WithFewMarks(text);
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !text.Contains(NotACharacter, StringComparison.Ordinal)) return text.Normalize(NormalizationForm.FormKC);
        var whole = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) whole.Append(text[i]).Append(text[++i]);
            else whole.Append(char.IsSurrogate(text[i]) || text[i] is NotACharacter ? ' ' : text[i]);
        }

        return whole.ToString().Normalize(NormalizationForm.FormKC);
    }

    private static string WithFewMarks(string text)
    {
        StringBuilder? kept = null;
        for (int i = 0, marks = 0, length; i < text.Length; i += length)
        {
            length = char.IsSurrogatePair(text, i) ? 2 : 1;
            marks = CharUnicodeInfo.GetUnicodeCategory(text, i) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (marks > MostMarks) kept ??= new StringBuilder(text, 0, i, text.Length);
            else kept?.Append(text, i, length);
        }

        return kept?.ToString() ?? text;
    }
}
