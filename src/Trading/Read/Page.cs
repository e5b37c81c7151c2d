namespace Trading.Read;

/// <summary>A page of a list.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, PageEnds Links);

/// <param name="Next">Absent on the last page.</param>
public sealed record PageEnds(string Self, string? Next = null);
