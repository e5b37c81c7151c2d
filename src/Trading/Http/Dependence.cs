namespace Trading.Http;

/// <summary>What an answer depends on.</summary>
public static class Dependence
{
    /// <summary>What does not change while the service runs.</summary>
    public const string Nothing = "nothing";

    public static string Procedure(Guid procedureId) => $"procedure:{procedureId}";

    /// <summary>Marks an endpoint whose answers may be kept, as far as they say what they depend on.</summary>
    public static TBuilder Kept<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(Keepable.Instance);

    /// <summary>Says of the present answer what it depends on; an answer of which nothing is said is not kept.</summary>
    public static void DependsOn(this HttpContext http, string what) => http.Features.Get<Dependences>()?.On.Add(what);
}

/// <summary>An endpoint that answers anyone alike.</summary>
public sealed class Keepable
{
    private Keepable()
    {
    }

    public static Keepable Instance { get; } = new();
}

/// <summary>What was said of the answer that is being made.</summary>
public sealed record Dependences
{
    public List<string> On { get; } = [];
}
