using System.Globalization;

namespace Trading.Read.Statistics;

/// <summary>分组: what has the same values.</summary>
/// <param name="Values">Of the dimensions, in their order.</param>
/// <param name="Count">How many rows there are.</param>
internal sealed record Grouped(IReadOnlyList<string> Values, long Count, IReadOnlyList<Sum> Sums)
{
    /// <summary>All groups as one; a row is in one of them alone.</summary>
    /// <param name="sums">How many sums each has.</param>
    public static Grouped Total(IReadOnlyList<Grouped> groups, int sums) =>
        new([], groups.Sum(group => group.Count), [.. Enumerable.Range(0, sums).Select(i => Sum.Of(groups.Select(group => group.Sums[i])))]);

    public static int Compare(Grouped one, Grouped other) =>
        one.Values.Zip(other.Values, string.CompareOrdinal).FirstOrDefault(order => order is not 0);
}

/// <summary>合计 of what is stated; of nothing it is none.</summary>
/// <param name="Yuan">In 元; null where no row states an amount.</param>
/// <param name="Stated">How many rows state one.</param>
internal sealed record Sum(decimal? Yuan, long Stated)
{
    /// <summary>As amounts are on the wire.</summary>
    public string? Written => Yuan?.ToString(CultureInfo.InvariantCulture);

    public static Sum Of(IEnumerable<Sum> parts) =>
        parts.Aggregate(new Sum(null, 0), (sum, part) => new Sum(part.Yuan is { } more ? (sum.Yuan ?? 0) + more : sum.Yuan, sum.Stated + part.Stated));
}
