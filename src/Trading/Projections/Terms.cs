using System.Globalization;
using System.Runtime.InteropServices;

namespace Trading.Projections;

/// <summary>
/// 检索词: everything a row is asked for by equality, as numbers in one index, so that any combination of it is one intersection. Two
/// terms may have one number, so that an index only says where to look; the row itself decides.
/// </summary>
public static class Terms
{
    /// <summary>The number of a filter's value.</summary>
    public static int Of(string filter, string value) => Number($"{filter}={value}");

    /// <summary>The numbers by which text is found.</summary>
    public static IEnumerable<int> OfText(string folded) => Folding.Parts(folded).Select(part => Number("~" + part)).Distinct();

    /// <summary>The numbers by which what has them above the mark of a rank is found; of the last rank, anywhere.</summary>
    public static IEnumerable<int> OfRanked(string folded, int rank) =>
        rank is Ranks.Last ? OfText(folded) : Folding.Parts(folded).Select(part => Number(string.Create(CultureInfo.InvariantCulture, $"~{rank}~{part}"))).Distinct();

    /// <summary>The numbers to look a word up by.</summary>
    public static IEnumerable<int> OfWord(string folded, int rank = Ranks.Last) => Folding.Parts(folded, apart: true).SelectMany(part => OfRanked(part, rank)).Distinct();

    public static int OfStep(string order, int step, int level = 0) => Number($"{order}#{(level is 0 ? "" : $"{level}#")}{step}");

    /// <param name="wording">Folded, with the marks of its ranks.</param>
    /// <param name="filters">Names of filters, each with the values by which they find the row.</param>
    /// <param name="id">What the row is sorted by, after <paramref name="published"/>, <paramref name="deadline"/> or <paramref name="amount"/>.</param>
    public static int[] Of(
        string wording, IEnumerable<(string Filter, IEnumerable<string> Values)> filters, DateTimeOffset published, DateTimeOffset deadline, decimal amount, Guid id)
    {
        int[] terms =
        [
            .. Enumerable.Range(1, Ranks.Last).SelectMany(rank => OfRanked(Ranks.UpTo(wording, rank), rank)),
            .. filters.SelectMany(of => of.Values.Select(value => Of(of.Filter, value))),
            .. Around(Steps.Published, Steps.OfPublished(published)), .. Around(Steps.Deadline, Steps.OfDeadline(deadline, id)), .. Around(Steps.Amount, Steps.OfAmount(amount, id)),
        ];
        return [.. terms.Distinct().Order()];
    }

    /// <summary>By one of which everything on these steps is found, and nothing else.</summary>
    public static int[] OfSteps(string order, int first, int last) => [.. Steps.Within(first, last).Select(at => OfStep(order, at.Step, at.Level))];

    private static IEnumerable<int> Around(string order, int step) => Steps.Around(step).Select(at => OfStep(order, at.Step, at.Level));

    /// <summary>The region itself and all it lies within.</summary>
    public static IEnumerable<string> Within(string region) => [region[..2], region[..4], region];

    // FNV-1a; the numbers lie in the database, so that this is for ever.
    private static int Number(string term)
    {
        var hash = 2166136261u;
        foreach (var half in MemoryMarshal.Cast<char, byte>(term)) hash = unchecked((hash ^ half) * 16777619u);
        return unchecked((int)hash);
    }
}
