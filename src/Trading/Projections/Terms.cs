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

    public static int OfStep(string order, int step) => Number($"{order}#{step}");

    /// <param name="filters">Names of filters, each with the values by which they find the row.</param>
    /// <param name="published">What the row is sorted by; likewise <paramref name="deadline"/> and <paramref name="amount"/>.</param>
    public static int[] Of(
        string folded, IEnumerable<(string Filter, IEnumerable<string> Values)> filters, DateTimeOffset published, DateTimeOffset deadline, decimal amount)
    {
        int[] terms =
        [
            .. OfText(folded), .. filters.SelectMany(of => of.Values.Select(value => Of(of.Filter, value))),
            OfStep(Steps.Published, Steps.Of(published)), OfStep(Steps.Deadline, Steps.Of(deadline)), OfStep(Steps.Amount, Steps.Of(amount)),
        ];
        return [.. terms.Distinct().Order()];
    }

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
