using Trading.Http;
using Trading.Http.OpenApi;

namespace Trading.Ops;

/// <summary>The OpenAPI document as it was published with this build, and a page to read it.</summary>
public static class Documents
{
    private static readonly Lazy<byte[]> Contract = Resource("openapi.trading.v1.json"), Page = Resource("docs.index.html"), Start = Resource("docs.start.js");

    public static void MapDocuments(this WebApplication app)
    {
        app.MapGet("/openapi/v1.json", Answer).AllowAnonymous();
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/docs", StringComparison.Ordinal), docs =>
        {
            // NSwag's page starts itself by a script within it, which no policy should allow.
            Serve(docs, "/docs/index.html", Page, "text/html; charset=utf-8");
            Serve(docs, "/docs/start.js", Start, "text/javascript; charset=utf-8");
            docs.UseSwaggerUi(ui => ui.Path = "/docs");
        });
    }

    private static void Serve(IApplicationBuilder docs, string path, Lazy<byte[]> file, string mediaType) => docs.UseWhen(
        http => http.Request.Path == path && HttpMethods.IsGet(http.Request.Method), at => at.Run(http => http.Answer(file.Value, mediaType, http.RequestAborted)));

    private static Lazy<byte[]> Resource(string name) => new(() =>
    {
        using var resource = typeof(Documents).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    });

    /// <summary>Generates the document of this build. Needs neither a database nor settings: what would need them is never asked.</summary>
    public static async Task Write(string file)
    {
        var directory = Directory.CreateTempSubdirectory("trading-openapi-");
        await using var app = Composition.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["ConnectionStrings:Trading"] = "Host=127.0.0.1;Port=1;Database=none",
                ["ConnectionStrings:Migration"] = null,
                ["Authentication:Authority"] = "https://127.0.0.1",
                ["Authentication:Audience"] = "none",
                ["Embedded:Directory"] = null,
                ["Http:Hosts"] = "localhost",
                ["Sandbox:Enabled"] = "false",
                ["Projections:Daemon"] = "off",
                ["Log:Directory"] = directory.FullName,
                ["Vault:Keys"] = directory.FullName,
                ["Log:Sequencer"] = "off",
                ["Logging:LogLevel:Default"] = "Warning",
                ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
            });
            builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        });
        await app.StartAsync();   // the endpoints are known from then on
        await File.WriteAllTextAsync(file, await ContractDocument.Write(app.Services));
        await app.StopAsync();
        directory.Delete(recursive: true);
    }

    private static async Task Answer(HttpContext http)
    {
        var etag = ETag.OfBytes(Contract.Value);
        http.Response.Headers.ETag = etag;
        http.Response.Headers.CacheControl = "public, max-age=300";
        if (ETag.IsHeld(http.Request, etag))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = Contract.Value.Length;
        await http.Response.Body.WriteAsync(Contract.Value, http.RequestAborted);
    }
}
