namespace Trading.Projections;

/// <summary>
/// 相关度: how near to the top the words stand: 1 where all of them stand in titles, 2 where all do in titles or in names and codes, and 3
/// where one stands but elsewhere. Nothing else counts, so that everybody can see why one comes before another.
/// </summary>
public static class Ranks
{
    public const int Last = 3;

    /// <summary>What precedes the mark behind which no word of that rank stands for the first time.</summary>
    public static string UpTo(string wording, int rank) => rank switch
    {
        1 => wording[..(wording.IndexOf(Folding.EndOfTitles, StringComparison.Ordinal) + 1)],
        2 => wording[..(wording.IndexOf(Folding.EndOfNames, StringComparison.Ordinal) + 1)],
        _ => wording,
    };
}
