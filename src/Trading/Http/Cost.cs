namespace Trading.Http;

/// <summary>How many tokens of a client's bucket an endpoint takes; one where it does not say.</summary>
/// <param name="BytesPerToken">Bytes of the request's body for which it takes one more; none where null.</param>
public sealed record Cost(int Tokens, int? BytesPerToken = null)
{
    public static readonly Cost Page = new(5), Bundle = new(20), OfBody = new(1, 5_000);

    public static int Of(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<Cost>() is { } cost ? cost.Tokens + cost.OfLength(http.Request.ContentLength) : 1;

    // A body of unknown length may be as long as any.
    private int OfLength(long? length) => BytesPerToken is { } bytes ? (int)(long.Min(length ?? long.MaxValue, BodyLimits.Json.MostBytes) / bytes) : 0;
}
