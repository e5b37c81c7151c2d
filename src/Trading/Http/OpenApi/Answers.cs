using System.Text.Json;
using System.Text.Json.Nodes;
using NSwag;
using Trading.Kernel;

namespace Trading.Http.OpenApi;

/// <summary>The parameters, headers and refusals that many operations share. Operations refer to these definitions.</summary>
public static class Answers
{
    private static readonly Dictionary<int, string> Names = new()
    {
        [400] = "BadRequest", [401] = "Unauthenticated", [403] = "Forbidden", [404] = "NotFound", [406] = "NotAcceptable", [409] = "Conflict",
        [412] = "Stale", [413] = "TooLarge", [415] = "UnsupportedMediaType", [422] = "Refused", [429] = "RateLimited", [500] = "Internal",
        [503] = "Unavailable",
    };

    private static readonly Dictionary<int, string> HeaderOf = new()
    {
        [401] = "WWW-Authenticate", [409] = "Retry-After", [412] = "ETag", [415] = "Accept", [429] = "Retry-After", [503] = "Retry-After",
    };

    private static readonly string[] Limits = ["RateLimit", "RateLimit-Policy"];

    private const string Told = """
        {
          "parameters": {
            "Accept-Language": { "name": "Accept-Language", "in": "header", "description": "Language of explanations: Chinese unless English is preferred.", "schema": { "type": "string" }, "example": "zh-CN" },
            "Idempotency-Key": { "name": "Idempotency-Key", "in": "header", "required": true, "description": "幂等键: the same key with the same body gets the same answer, for ever; visible ASCII, with or without quotes. A dry run does without.", "schema": { "type": "string", "minLength": 1, "maxLength": 257 }, "example": "\"7d1f0c6e-0f4e-4b1e-9f6b-1d2c3b4a5e6f\"" },
            "If-Match": { "name": "If-Match", "in": "header", "description": "The version of the procedure the client has seen; if it has moved on, nothing is recorded (412).", "schema": { "type": "string", "pattern": "^(\\*|\"[0-9]+(\\.[0-9]+)?(\\+(br|gzip))?\")$" }, "example": "\"7\"" },
            "If-None-Match": { "name": "If-None-Match", "in": "header", "description": "Entity tags the client holds; 304 when one of them stands.", "schema": { "type": "string" }, "example": "\"7\"" },
            "dryRun": { "name": "dryRun", "in": "query", "description": "Shows the events and verdicts and records nothing.", "schema": { "type": "boolean", "default": false } }
          },
          "headers": {
            "Accept": { "description": "The media type that is taken.", "schema": { "type": "string" }, "example": "application/json" },
            "Content-Language": { "description": "Language of the explanation.", "required": true, "schema": { "type": "string", "enum": [ "zh-CN", "en" ] } },
            "ETag": { "description": "Entity tag; of a procedure and its postings, the version; `\"7.2\"` while two positions of the answer are not published yet; `\"7+br\"` or `\"7+gzip\"` of the same, compressed.", "required": true, "schema": { "type": "string" }, "example": "\"7\"" },
            "Idempotency-Replayed": { "description": "True when the answer was given before, to the same request.", "schema": { "type": "string", "enum": [ "true" ] } },
            "Location": { "description": "Where what was recorded is read.", "required": true, "schema": { "type": "string", "format": "uri-reference" }, "example": "/v1/procedures/019c0a5e-7a10-7000-8000-000000000001" },
            "RateLimit": { "description": "What is left of the client's bucket (`r`), and in how many seconds it is full again (`t`).", "schema": { "type": "string" }, "example": "\"reads\";r=995;t=1" },
            "RateLimit-Policy": { "description": "How many tokens the client's bucket holds (`q`), and in how many seconds it fills (`w`).", "schema": { "type": "string" }, "example": "\"reads\";q=1000;w=10" },
            "Retry-After": { "description": "Seconds to wait.", "schema": { "type": "integer", "minimum": 1 }, "example": 1 },
            "WWW-Authenticate": { "description": "What is wrong with the token (RFC 6750).", "required": true, "schema": { "type": "string" }, "example": "Bearer" }
          },
          "responses": {
            "NotModified": { "description": "What the client holds still stands.", "headers": { "ETag": { "$ref": "#/components/headers/ETag" } } }
          }
        }
        """;

    /// <summary>NSwag needs the target of a reference in the document; its content is set in <see cref="AddTo"/>.</summary>
    public static OpenApiParameter Parameter(OpenApiDocument document, string name)
    {
        if (!document.Components.Parameters.TryGetValue(name, out var shared))
            document.Components.Parameters[name] = shared = new OpenApiParameter { Name = name };
        return new OpenApiParameter { Reference = shared };
    }

    public static OpenApiResponse NotModified(OpenApiDocument document) => Shared(document, "NotModified");

    public static OpenApiResponse Refusal(OpenApiDocument document, int status) => Shared(document, Names[status]);

    public static OpenApiHeader Header(string name) => new() { Name = name };

    public static void AddTo(JsonObject document)
    {
        var components = document["components"]!.AsObject();
        var told = JsonNode.Parse(Told)!.AsObject();
        foreach (var (status, name) in Names)
            if (components["responses"]?[name] is not null) told["responses"]![name] = Refusal(status);
        foreach (var kind in new[] { "parameters", "responses" })
            foreach (var (name, _) in told[kind]!.AsObject().ToList())
                if (components[kind]?[name] is null) told[kind]!.AsObject().Remove(name);
        foreach (var (kind, items) in told) components[kind] = items!.DeepClone();

        foreach (var (address, path) in document["paths"]!.AsObject())
            foreach (var (_, operation) in path!.AsObject())
                foreach (var (_, response) in operation!["responses"]!.AsObject())
                    TellHeaders(response!.AsObject(), limited: address.StartsWith("/v1/", StringComparison.Ordinal));
    }

    private static void TellHeaders(JsonObject response, bool limited)
    {
        if (response.ContainsKey("$ref")) return;
        var headers = response["headers"] as JsonObject ?? [];
        foreach (var name in headers.Select(h => h.Key).Concat(limited ? Limits : []).ToList()) headers[name] = Reference("headers", name);
        if (headers.Count > 0) response["headers"] = headers;
    }

    private static JsonObject Refusal(int status)
    {
        var kinds = ProblemKind.All.Where(kind => kind.Status == status).ToList();
        var examples = new JsonObject();
        foreach (var kind in kinds) examples[kind.Code] = new JsonObject { ["summary"] = kind.Title.Zh, ["value"] = Example(kind) };
        var response = new JsonObject { ["description"] = string.Join(" ", kinds.Select(kind => $"`{kind.Code}`: {kind.Title.Zh}。 {kind.Title.En}.")) };
        List<string> headers = ["Content-Language", .. Limits];
        if (HeaderOf.TryGetValue(status, out var header)) headers.Add(header);
        response["headers"] = new JsonObject(headers.Select(name => KeyValuePair.Create(name, (JsonNode?)Reference("headers", name))));
        response["content"] = new JsonObject
        {
            [Problem.MediaType] = new JsonObject { ["schema"] = Reference("schemas", nameof(Problem)), ["examples"] = examples },
        };
        return response;
    }

    private static JsonNode Example(ProblemKind kind)
    {
        var problem = new Problem(
            $"urn:trading:problem:{kind.Code}", kind.Title.Zh, kind.Status, kind.Title.Zh, "/v1/procedures/019c0a5e-7a10-7000-8000-000000000001", kind.Code,
            TraceId: "4bf92f3577b34da6a3ce929d0e0e4736");
        if (kind == ProblemKind.Validation) problem = problem with { Errors = [new ProblemError("/title", "not-empty", "不能为空。")] };
        if (kind == ProblemKind.StaleVersion) problem = problem with { Version = 8 };
        if (kind == ProblemKind.RuleRefused)
        {
            problem = problem with
            {
                Rule = "evaluation.one-to-three-candidates",
                Citation = "招标投标法实施条例 第五十三条",
                Explanation = "中标候选人应当为1至3个。",
                Facts = new Dictionary<string, string> { ["candidates"] = "4" },
            };
        }

        return JsonSerializer.SerializeToNode(problem, WireJson.Stored)!;
    }

    private static JsonObject Reference(string kind, string name) => new() { ["$ref"] = $"#/components/{kind}/{name}" };

    private static OpenApiResponse Shared(OpenApiDocument document, string name)
    {
        if (!document.Components.Responses.TryGetValue(name, out var shared))
            document.Components.Responses[name] = shared = new OpenApiResponse { Description = name };
        return new OpenApiResponse { Reference = shared };
    }
}
