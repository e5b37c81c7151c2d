using System.Collections.Frozen;
using System.Text;

namespace Trading.Projections;

/// <summary>简体字: the simplified form of traditional characters, from <c>simplified.csv</c>.</summary>
internal static class Simplified
{
    private static readonly Lazy<FrozenDictionary<Rune, Rune>> forms = new(Load);

    public static Rune Of(Rune character) => forms.Value.GetValueOrDefault(character, character);

    private static FrozenDictionary<Rune, Rune> Load()
    {
        using var reader = new StreamReader(typeof(Simplified).Assembly.GetManifestResourceStream("simplified.csv")!);
        var found = new Dictionary<Rune, Rune>();
        while (reader.ReadLine() is { } line)
            if (line.EnumerateRunes().ToArray() is [var traditional, { Value: ',' }, var simplified]) found.Add(traditional, simplified);
        return found.ToFrozenDictionary();
    }
}
