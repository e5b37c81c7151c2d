using System.Globalization;
using Trading.Kernel;

namespace Trading.Read;

/// <summary>分面: what the items of a list are counted by.</summary>
/// <param name="Value">An expression over the columns of a row.</param>
/// <param name="Member">The list member of the document that is counted by instead; an item counts once for each of its values.</param>
public sealed record Facet(string Name, string Value, string? Member = null)
{
    public const int MostValues = 100;

    /// <summary>Of regions: province, city and county.</summary>
    private const int DigitsOfLevel = 2;

    private const string Published = "d.published_at at time zone interval '+08:00'";

    /// <summary>In China Standard Time.</summary>
    public static Facet Year { get; } = new("year", $"date_part('year', {Published})");

    /// <inheritdoc cref="Year"/>
    public static Facet Month { get; } = new("month", $"date_trunc('month', {Published})");

    public static Facet Of(string name) => new(name, $"d.{name}");

    /// <summary>The expression; regions are told one level below the one asked for.</summary>
    internal string In(Query query) =>
        Name is "region" ? string.Create(CultureInfo.InvariantCulture, $"left({Value}, {Math.Min(RegionCode.Digits, query.RegionDigits + DigitsOfLevel)})") : Value;

    /// <summary>As it is filtered by, and months as <c>2026-03</c>.</summary>
    /// <param name="value">Of the expression.</param>
    internal string Write(object value) => value switch
    {
        DateTime month => month.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        string code when Name is "region" => code.PadRight(RegionCode.Digits, '0'),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}

/// <param name="Value">As it is filtered by.</param>
/// <param name="Count">How many items have it, of all that the filters leave.</param>
public sealed record FacetCount(string Value, long Count);
