namespace Trading.Http;

/// <summary>The query parameters of an endpoint, for the OpenAPI document.</summary>
public sealed record Parameters(IReadOnlyList<Parameter> All);

public sealed record Parameter(string Name, string Description);
