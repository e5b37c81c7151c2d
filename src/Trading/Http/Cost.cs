namespace Trading.Http;

/// <summary>How many tokens of a client's bucket an endpoint takes; one where it does not say.</summary>
public sealed record Cost(int Tokens)
{
    public static readonly Cost Page = new(5), Bundle = new(20);

    public static int Of(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<Cost>()?.Tokens ?? 1;
}
