using Microsoft.AspNetCore.Http.Features;

namespace Trading.Http;

/// <summary>Marks an endpoint whose answers end when the client goes; they are counted apart from others.</summary>
public sealed class Streams;

/// <summary>How many answers may be under way at once.</summary>
/// <param name="Answers">Those that are being made or sent: a slow client keeps its answer in memory.</param>
/// <param name="Streams">Those without an end.</param>
public sealed record Turnstiles(Turnstile Answers, Turnstile Streams);

/// <summary>
/// Counts what requests cost that are not answered from the cache, and refuses a client who has too many answers under way. Postings are
/// not refused: who posts has a token. A report on readiness costs nothing, for it is made once for all who ask.
/// </summary>
/// <param name="timePerToken">Processor time for a token.</param>
public sealed class Metering(RequestDelegate next, Buckets buckets, Turnstiles turnstiles, TimeSpan timePerToken)
{
    private const string Patience = "2";   // seconds

    public async Task InvokeAsync(HttpContext http)
    {
        var bucket = Throttle.BucketOf(http, buckets);
        if (bucket == buckets.Readiness)
        {
            await next(http);
            return;
        }

        var turnstile = http.GetEndpoint()?.Metadata.GetMetadata<Streams>() is null ? turnstiles.Answers : turnstiles.Streams;
        ProblemKind? refusal = null;
        var place = bucket == buckets.Reads ? turnstile.Enter(ClientAddress.Of(http.Connection.RemoteIpAddress), out refusal) : null;
        if (refusal is not null)
        {
            http.Response.Headers.RetryAfter = Patience;
            await Problem.Of(http, refusal).Write(http);
            return;
        }

        if (place is not null) http.Response.RegisterForDispose(place);   // once the answer is sent, which the cache does
        var account = new Account(http, buckets, timePerToken);
        var sent = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        http.Features.Set(account);
        http.Features.Set<IHttpResponseBodyFeature>(new CountedBody(sent, account));
        try
        {
            await next(http);
        }
        finally
        {
            http.Features.Set(sent);
            account.Settle();
        }
    }
}
