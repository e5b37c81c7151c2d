using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using NJsonSchema;
using NJsonSchema.Generation;
using NSwag;
using NSwag.Generation.AspNetCore;
using Trading.Kernel;

namespace Trading.Http.OpenApi;

/// <summary>
/// Writes the OpenAPI document of a started application. NSwag finds the operations and the shapes; what the serializer, the
/// validators and the doc comments say of each member is filled in afterwards. Nothing here runs while the service serves.
/// </summary>
public static class ContractDocument
{
    private const string Version = "1.0.0";

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string[] TopLevel = ["openapi", "info", "servers", "tags", "paths", "components"];

    public static async Task<string> Write(IServiceProvider services)
    {
        var shapes = new Shapes();
        var operations = new Operations();
        var settings = new AspNetCoreOpenApiDocumentGeneratorSettings
        {
            SchemaSettings = new SystemTextJsonSchemaGeneratorSettings
            {
                SchemaType = SchemaType.OpenApi3,
                SerializerOptions = WireJson.Strict,
                DefaultReferenceTypeNullHandling = ReferenceTypeNullHandling.NotNull,
                FlattenInheritanceHierarchy = true,
                UseXmlDocumentation = false,
                SchemaNameGenerator = shapes,
            },
        };
        settings.SchemaSettings.SchemaProcessors.Add(shapes);
        foreach (var mapper in shapes.Mappers()) settings.SchemaSettings.TypeMappers.Add(mapper);
        settings.OperationProcessors.Clear();   // NSwag's own would describe FastEndpoints' request objects as bodies
        settings.OperationProcessors.Add(operations);
        settings.DocumentProcessors.Clear();

        var groups = services.GetRequiredService<IApiDescriptionGroupCollectionProvider>().ApiDescriptionGroups;
        var generated = await new AspNetCoreOpenApiDocumentGenerator(settings).GenerateAsync(groups);
        generated.Components.SecuritySchemes["bearer"] = new OpenApiSecurityScheme
        {
            Type = OpenApiSecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "An access token of the service's OpenID Connect authority. Claims: `sub`, `role` (publisher, reviewer, supervisor, "
                + "operator), `centre` and `centre_name` (the trading centre one acts for), `region` (a prefix of GB/T 2260, or `*`).",
        };

        var document = JsonNode.Parse(generated.ToJson())!.AsObject();
        Canonical.Clean(document);
        Canonical.SayWhatIsOpen(document);
        new Members(shapes, generated).Complete(document);
        Answers.AddTo(document);
        operations.AddExamples(document);
        Unlisted.AddTo(document);
        document["openapi"] = "3.0.4";
        document["info"] = Info();
        document["servers"] = new JsonArray(new JsonObject { ["url"] = "/", ["description"] = "本服务 The service that serves this document" });
        document["tags"] = Tags.Of(document);
        return Canonical.Sorted(document, TopLevel).ToJsonString(Readable) + "\n";
    }

    private static JsonObject Info() => new()
    {
        ["title"] = "Trading 公共资源交易",
        ["version"] = Version,
        ["description"] = """
            公共资源交易公告的登记、公示与查询。 Records, publishes and answers for the announcements of public resource trading, from the plan to the performed contract.

            * Members are camelCase; times are RFC 3339 with an offset, dates `YYYY-MM-DD`; money is a string of 元 with up to six decimals.
            * A member without a value is left out of answers. A request may leave it out or say null; a member, parameter or value the contract does not name is refused.
            * Every posting carries an `Idempotency-Key`: the same key with the same body gets the same answer, for ever. `dryRun=true` shows the events and verdicts and records nothing.
            * The `ETag` of a procedure is its version; a posting may insist on it with `If-Match`. An answer given before all its positions are published has their number behind it, as in `"7.2"`; to a posting it is the same version.
            * Every refusal is `application/problem+json` with a stable `code`, in Chinese or, by `Accept-Language`, English.
            * Answers gain optional members, closed sets of answers gain values, without a new version of this document; readers ignore what they do not know.
            """.ReplaceLineEndings("\n"),
        ["contact"] = new JsonObject { ["name"] = "Trading" },
        ["license"] = new JsonObject { ["name"] = "MIT", ["url"] = "https://spdx.org/licenses/MIT.html" },
    };
}
