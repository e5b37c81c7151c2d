using System.IO.Compression;
using Microsoft.AspNetCore.OutputCaching;
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

    public static void AddDelivery(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(_ => new Freshness(TimeProvider.System)).AddSingleton<KeepForAnyone>().AddSingleton<IOutputCacheStore, KeptAnswers>();
        services.AddHostedService<Eviction>();
        services.AddOutputCache(o =>
        {
            o.UseCaseSensitivePaths = true;
            o.AddPolicy(Dependence.Policy, policy => policy.AddPolicy<KeepForAnyone>(), excludeDefaultPolicy: true);
        });
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

    /// <summary>Before anything else writes.</summary>
    public static void UseCoding(this WebApplication app) => app.UseMiddleware<CodedTags>().UseResponseCompression();

    /// <summary>Once it is known who asks.</summary>
    public static void UseLimits(this WebApplication app, Limits limits) => app.UseMiddleware<Throttle>(
        new Bucket("reads", limits.Burst, Math.Max(1, limits.ReadsPerMinute / 60)), new Bucket("writes", limits.Burst, Math.Max(1, limits.WritesPerMinute / 60)));
}
