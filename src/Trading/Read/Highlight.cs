using Trading.Projections;

namespace Trading.Read;

/// <summary>A fragment of what an item says, as it was written, in which words that were searched for stand.</summary>
/// <param name="At">Where: start and length in <paramref name="Text"/>, counted in UTF-16 code units.</param>
public sealed record Highlight(string Text, IReadOnlyList<IReadOnlyList<int>> At)
{
    public const int MostFragments = 3;
    public const int LongestFragment = 60;

    /// <summary>Of one word in one text; more are never shown.</summary>
    private const int MostPlaces = 100;

    /// <summary>How much is shown before the first word, where the text is too long to be shown whole.</summary>
    private const int Lead = 12;

    /// <summary>The first fragments that show a word not shown before, and after them whatever else there is.</summary>
    /// <param name="words">Folded.</param>
    public static IReadOnlyList<Highlight> Of(IReadOnlyList<string> texts, IReadOnlyList<string> words)
    {
        var all = texts.SelectMany(text => Fragments(text, words)).Take(1_000).ToList();
        var shown = new HashSet<string>();
        var (first, rest) = (new List<int>(), new List<int>());
        for (var i = 0; i < all.Count; i++) (all[i].Words.Aggregate(false, (any, word) => shown.Add(word) || any) ? first : rest).Add(i);
        return [.. first.Concat(rest).Take(MostFragments).Order().Select(i => all[i].Fragment)];
    }

    private static IEnumerable<(Highlight Fragment, IReadOnlyList<string> Words)> Fragments(string text, IReadOnlyList<string> words)
    {
        var found = Places(text, words).Distinct().OrderBy(place => place.Start).ThenByDescending(place => place.End).ToList();
        while (found.Count > 0)
        {
            var begin = text.Length <= LongestFragment ? 0 : Whole(text, Math.Max(0, Math.Min(found[0].Start - Lead, text.Length - LongestFragment)));
            var end = Whole(text, Math.Min(text.Length, begin + LongestFragment));
            var here = found.TakeWhile(place => place.Start < end).ToList();
            var within = here.Where(place => place.End <= end).ToList();
            if (within.Count is 0) within = [here[0] with { End = end }];   // longer than any fragment
            yield return (
                new Highlight(text[begin..end], [.. within.Select(place => (place.Start, place.End)).Distinct().Select(place => (int[])[place.Start - begin, place.End - place.Start])]),
                [.. within.Select(place => place.Word).Distinct()]);
            found.RemoveAll(place => place.Start < end && (within.Contains(place) || place.Start <= within[^1].Start));
        }
    }

    private static IEnumerable<(int Start, int End, string Word)> Places(string text, IReadOnlyList<string> words)
    {
        var (folded, origins) = Folding.Located(text);
        foreach (var word in words.Distinct())
        {
            var places = 0;
            var (lead, tail) = (word.Length - word.TrimStart(' ').Length, word.Length - word.TrimEnd(' ').Length);
            for (var at = folded.IndexOf(word, StringComparison.Ordinal); at >= 0 && places++ < MostPlaces; at = folded.IndexOf(word, at + 1, StringComparison.Ordinal))
                yield return (origins[at + lead].Start.Value, origins[at + word.Length - tail - 1].End.Value, word);
        }
    }

    /// <summary>The end itself, or where it would halve a character the one before.</summary>
    private static int Whole(string text, int end) => end > 0 && end < text.Length && char.IsLowSurrogate(text[end]) ? end - 1 : end;
}
