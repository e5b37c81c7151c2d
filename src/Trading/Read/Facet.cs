namespace Trading.Read;

/// <summary>分面: what the items of a list are counted by.</summary>
/// <param name="Value">An expression over the columns of a row.</param>
/// <param name="Member">The list member of the document that is counted by instead; an item counts once for each of its values.</param>
public sealed record Facet(string Name, string Value, string? Member = null)
{
    public const int MostValues = 100;

    /// <summary>In China Standard Time.</summary>
    public static Facet Year { get; } = new("year", "date_part('year', d.published_at at time zone interval '+08:00')");

    public static Facet Of(string name) => new(name, $"d.{name}");
}

/// <param name="Value">As it is filtered by.</param>
/// <param name="Count">How many items have it, of all that the filters leave.</param>
public sealed record FacetCount(string Value, long Count);
