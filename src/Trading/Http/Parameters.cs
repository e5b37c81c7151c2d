namespace Trading.Http;

/// <summary>The query parameters of an endpoint, for the OpenAPI document.</summary>
public sealed record Parameters(IReadOnlyList<Parameter> All);

/// <param name="Type">Whose written form the value has; otherwise text of up to 500 characters.</param>
/// <param name="Among">The only values there are, where <paramref name="Type"/> does not say.</param>
/// <param name="Several">Whether several values may stand, with commas.</param>
/// <param name="Pattern">What the text looks like.</param>
/// <param name="Usual">What counts when the parameter is left out.</param>
/// <param name="Required">Whether it may not be left out.</param>
/// <param name="MostValues">How many values may stand, each once; any number when null.</param>
public sealed record Parameter(
    string Name, string Description, Type? Type = null, IReadOnlyList<string>? Among = null, bool Several = false, long? Least = null, long? Most = null,
    string? Pattern = null, object? Usual = null, bool Required = false, int? MostValues = null)
{
    public const int LongestText = 500;

    /// <summary>An instant with its offset, or a date.</summary>
    public const string TimeOrDate = @"^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d))?$";
}

/// <summary>Marks an endpoint that answers anyone, and some callers with what is not public.</summary>
public sealed class ShowsMoreToSome;

/// <summary>Marks an endpoint that is asked by POST and records nothing: it may be open, and counts as a read.</summary>
public sealed class RecordsNothing;
