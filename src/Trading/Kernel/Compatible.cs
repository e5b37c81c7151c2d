using System.Text;

namespace Trading.Kernel;

/// <summary>
/// Compatibility forms made one (Unicode NFKC), of any text there is. .NET normalises neither U+FFFE nor half a surrogate pair; each is a blank here.
/// </summary>
public static class Compatible
{
    private const char NotACharacter = '\uFFFE';

    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !text.Contains(NotACharacter, StringComparison.Ordinal)) return text.Normalize(NormalizationForm.FormKC);
        var whole = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) whole.Append(text[i]).Append(text[++i]);
            else whole.Append(char.IsSurrogate(text[i]) || text[i] is NotACharacter ? ' ' : text[i]);
        }

        return whole.ToString().Normalize(NormalizationForm.FormKC);
    }
}
