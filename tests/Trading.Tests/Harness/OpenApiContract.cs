using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NJsonSchema;
using NJsonSchema.Validation;
using NSwag;
using Xunit;

namespace Trading.Tests.Harness;

/// <summary>
/// The committed OpenAPI document, held against what really passes over HTTP: every answer a test receives must be one the document
/// tells, and every body the service takes must be one the document allows.
/// </summary>
public sealed class OpenApiContract
{
    /// <summary>What the server says before an operation is reached.</summary>
    private static readonly int[] OfTheServer = [405, 414, 431];

    public static readonly string Path = System.IO.Path.Combine(Repository.Root, "openapi", "trading.v1.json");

    private static readonly Lazy<OpenApiContract> Committed = new(() => Read(File.ReadAllText(Path)));

    private readonly JsonObject document;
    private readonly IDictionary<string, JsonSchema> schemas;
    private readonly List<(Regex Form, JsonObject Item)> paths;

    private OpenApiContract(string json, OpenApiDocument read)
    {
        document = JsonNode.Parse(json)!.AsObject();
        schemas = read.Components.Schemas;
        paths =
        [
            .. document["paths"]!.AsObject().OrderBy(path => path.Key.Count(c => c is '{')).Select(path => (
                new Regex($"^{Regex.Replace(Regex.Escape(path.Key), @"\\\{[^}]+}", "[^/]+")}$", RegexOptions.CultureInvariant), path.Value!.AsObject())),
        ];
    }

    public static OpenApiContract OfThisVersion => Committed.Value;

    public JsonObject Document => document;

    public IEnumerable<(string Method, string Path, JsonObject Operation)> Operations =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject());

    public static OpenApiContract Read(string json) => new(json, OpenApiDocument.FromJsonAsync(json).GetAwaiter().GetResult());

    /// <summary>Fails when the document does not tell of this answer. What it says nothing of at all is no part of the contract.</summary>
    /// <param name="body">What was sent, where it was JSON.</param>
    public void Hold(string method, string path, string? body, Answer answer)
    {
        var address = path.Split('?')[0];
        if (paths.FirstOrDefault(p => p.Form.IsMatch(address)).Item?[method.ToLowerInvariant()] is not JsonObject operation) return;

        var status = (int)answer.Status;
        if (OfTheServer.Contains(status)) return;
        var where = $"{method} {path} → {status}";
        var told = Resolve(operation["responses"]![$"{status}"]);
        Assert.True(told is not null, $"{where}: the OpenAPI document knows no such status here. {answer.Body}");

        foreach (var (name, header) in told["headers"]?.AsObject() ?? [])
            Assert.True(answer.Headers.ContainsKey(name) || (bool?)Resolve(header)!["required"] is not true, $"{where}: the header {name} is missing");

        var content = told["content"]?.AsObject().SingleOrDefault();
        if (content is not { Value: { } media })
            Assert.True(answer.Body is "", $"{where}: there should be no body. {answer.Body}");
        else
        {
            Assert.Equal(content.Value.Key, answer.Headers.GetValueOrDefault("Content-Type")?.Split(';')[0]);
            if (content.Value.Key.EndsWith("json", StringComparison.Ordinal)) Allow(where, answer.Body, media);
        }

        if (status is >= 200 and < 300 && body is not null && operation["requestBody"]?["content"]?["application/json"] is { } taken)
            Allow($"{where}: the service took", body, taken);
    }

    public JsonSchema Schema(JsonNode media) => (string?)media["schema"]!["$ref"] is { } reference
        ? schemas[reference["#/components/schemas/".Length..]]
        : JsonSchema.FromJsonAsync(media["schema"]!.ToJsonString()).GetAwaiter().GetResult();

    /// <summary>What is wrong with a text by a schema, line by line.</summary>
    public static IReadOnlyList<string> Errors(JsonSchema schema, string json) =>
        [.. schema.Validate(json, SchemaType.OpenApi3).SelectMany(error => Told(error, ""))];

    public JsonNode? Resolve(JsonNode? node) =>
        (string?)node?["$ref"] is { } reference
            ? reference.Split('/').Skip(1).Aggregate((JsonNode?)document, (at, name) => at![name])
            : node;

    private void Allow(string where, string json, JsonNode media)
    {
        var errors = Errors(Schema(media), json);
        Assert.True(errors.Count is 0, $"{where}: not as the OpenAPI document says:{Environment.NewLine}{string.Join(Environment.NewLine, errors)}{Environment.NewLine}{json}");
    }

    private static IEnumerable<string> Told(ValidationError error, string indent) =>
    [
        $"{indent}{error.Kind} at {error.Path}",
        .. error is ChildSchemaValidationError several ? several.Errors.SelectMany(e => e.Value).SelectMany(e => Told(e, indent + "  ")) : [],
    ];
}
