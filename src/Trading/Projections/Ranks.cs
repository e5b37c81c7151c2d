namespace Trading.Projections;

/// <summary>
/// 相关度: how near to the top the words stand: 1 where all of them stand in titles, 2 where all do in titles or in names and codes, and 3
/// where one stands but elsewhere. Nothing else counts, so that everybody can see why one comes before another.
/// </summary>
public static class Ranks
{
    public const int Last = 3;

    /// <param name="wording">Folded, as a row has it.</param>
    /// <param name="words">Folded, all of them in the wording.</param>
    public static int Of(string wording, IEnumerable<string> words)
    {
        var (titles, names) = (wording.IndexOf(Folding.EndOfTitles, StringComparison.Ordinal), wording.IndexOf(Folding.EndOfNames, StringComparison.Ordinal));
        return words.Max(word => wording.IndexOf(word, StringComparison.Ordinal) is var at && at < titles ? 1 : at < names ? 2 : Last);
    }

    /// <summary>What precedes the mark behind which no word of that rank stands for the first time.</summary>
    public static string UpTo(string wording, int rank) => rank switch
    {
        1 => wording[..(wording.IndexOf(Folding.EndOfTitles, StringComparison.Ordinal) + 1)],
        2 => wording[..(wording.IndexOf(Folding.EndOfNames, StringComparison.Ordinal) + 1)],
        _ => wording,
    };
}
