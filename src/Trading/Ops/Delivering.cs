using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Net.Http.Headers;
using Trading.Delivery;
using Trading.Http;

namespace Trading.Ops;

/// <summary>What lies between an answer and whoever asked: the cache, compression, other origins, and limits.</summary>
public static class Delivering
{
    private static readonly string[] asking = [HeaderNames.Accept, HeaderNames.AcceptLanguage, HeaderNames.IfNoneMatch, "Accept-Datetime", "Last-Event-ID"];

    private static readonly string[] telling =
        [HeaderNames.ETag, HeaderNames.Link, HeaderNames.RetryAfter, HeaderNames.Allow, "RateLimit", "RateLimit-Policy", "Memento-Datetime"];

    public static void AddDelivery(this WebApplicationBuilder builder, Limits limits)
    {
        var services = builder.Services;
        services.AddSingleton(_ => new Freshness(TimeProvider.System)).AddSingleton<KeptAnswers>();
        services.AddHostedService<Eviction>();
        services.AddSingleton(_ => new Buckets(
            new Bucket("reads", limits.Burst, Math.Max(1, limits.ReadsPerMinute / 60)), new Bucket("writes", limits.Burst, Math.Max(1, limits.WritesPerMinute / 60)),
            new Bucket("readiness", 100, 10), TimeProvider.System));
        services.AddSingleton(_ => new Turnstiles(new Turnstile(limits.AnswersInAll, limits.Answers), new Turnstile(limits.StreamsInAll, limits.Streams)));
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;   // what is public holds no secrets, and nothing a client sends comes back in it
            o.Providers.Add<BrotliCompressionProvider>();
            o.Providers.Add<GzipCompressionProvider>();
            o.MimeTypes = ["application/json", Problem.MediaType, "application/openapi+json", "text/html", "text/css", "text/javascript"];
        });
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);

        // Anyone's page may read what anyone may read. A token cannot be sent from there, for no header may that would carry it.
        services.AddCors(o => o.AddDefaultPolicy(anyone => anyone
            .AllowAnyOrigin().WithMethods(HttpMethods.Get, HttpMethods.Head).WithHeaders(asking).WithExposedHeaders(telling).SetPreflightMaxAge(TimeSpan.FromDays(1))));
    }

    /// <summary>
    /// Between those who bring no token and those who do: what is kept is given to the first without asking who they are, and is coded already.
    /// </summary>
    public static void UseDelivery(this WebApplication app, bool keeps, Limits limits)
    {
        app.UseMiddleware<Throttle>(false);
        if (keeps) app.UseMiddleware<Keeping>(TimeProvider.System);
        app.UseMiddleware<Metering>(TimeSpan.FromMilliseconds(limits.MillisecondsPerToken));
        app.UseResponseCompression();
        app.UseAuthentication();
        app.UseMiddleware<Throttle>(true);
    }
}
