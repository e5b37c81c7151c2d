using Trading.Http;
using Trading.Http.OpenApi;

namespace Trading.Ops;

/// <summary>The OpenAPI document as it was published with this build, and a page to read it.</summary>
public static class Documents
{
    private const string Resource = "openapi.trading.v1.json";

    private static readonly Lazy<byte[]> Contract = new(() =>
    {
        using var resource = typeof(Documents).Assembly.GetManifestResourceStream(Resource)!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    });

    public static void MapDocuments(this WebApplication app)
    {
        app.MapGet("/openapi/v1.json", Answer).AllowAnonymous();
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/docs", StringComparison.Ordinal), docs => docs.UseSwaggerUi(ui =>
        {
            ui.Path = "/docs";
            ui.DocumentPath = "/openapi/v1.json";
            ui.DocExpansion = "list";
            ui.DocumentTitle = "Trading 公共资源交易";
        }));
    }

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
