namespace Trading.Read;

/// <summary>A page of a list.</summary>
/// <param name="Facets">By name, where they were asked for: how many of all that is found have which value, the most frequent first.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, PageEnds Links, IReadOnlyDictionary<string, IReadOnlyList<FacetCount>>? Facets = null);

/// <summary>What a list found.</summary>
/// <param name="End">Where the page ends, if another follows.</param>
public sealed record Found<T>(IReadOnlyList<T> Items, Cursor? End, IReadOnlyDictionary<string, IReadOnlyList<FacetCount>>? Facets);

/// <param name="Next">Absent on the last page.</param>
public sealed record PageEnds(string Self, string? Next = null);
