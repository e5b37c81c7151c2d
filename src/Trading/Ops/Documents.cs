namespace Trading.Ops;

/// <summary>The OpenAPI document as it was published with this build, and a page to read it.</summary>
public static class Documents
{
    private const string Resource = "openapi.trading.v1.json";

    public static void MapDocuments(this WebApplication app)
    {
        app.MapGet("/openapi/v1.json", () => Results.Stream(
            typeof(Documents).Assembly.GetManifestResourceStream(Resource)!, "application/json; charset=utf-8")).AllowAnonymous();
        app.UseSwaggerUi(ui =>
        {
            ui.Path = "/docs";
            ui.DocumentPath = "/openapi/v1.json";
        });
    }
}
