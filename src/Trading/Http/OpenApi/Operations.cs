using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FastEndpoints;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Namotion.Reflection;
using NJsonSchema;
using NSwag;
using NSwag.Generation.AspNetCore;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;
using Trading.Kernel;

namespace Trading.Http.OpenApi;

/// <summary>Describes a FastEndpoints operation to NSwag, which by itself sees neither its parameters nor its body.</summary>
public sealed partial class Operations : IOperationProcessor
{
    private readonly Dictionary<string, Examples> examples = [];
    private readonly Dictionary<string, JsonNode> answers = [];   // defined once, because postings share them

    public bool Process(OperationProcessorContext context)
    {
        var metadata = ((AspNetCoreOperationProcessorContext)context).ApiDescription.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<EndpointDefinition>().FirstOrDefault() is not { } endpoint) return false;   // the rest is in Unlisted

        var (description, operation) = (context.OperationDescription, context.OperationDescription.Operation);
        var route = "/" + ((AspNetCoreOperationProcessorContext)context).ApiDescription.RelativePath!.Trim('/');
        description.Path = RouteParameter().Replace(route, match => $"{{{match.Groups["name"].Value}}}");
        operation.OperationId = JsonNamingPolicy.CamelCase.ConvertName(endpoint.EndpointType.Name);
        operation.Tags = [Tags.NameOf(endpoint.EndpointType)];
        operation.Summary = endpoint.EndpointSummary?.Summary;
        operation.IsDeprecated = endpoint.EndpointType.IsDefined(typeof(ObsoleteAttribute));

        var given = new Given(
            context, endpoint, metadata, description.Method.ToUpperInvariant(), RouteParameter().Matches(route),
            metadata.OfType<Parameters>().SelectMany(p => p.All).ToList());
        Secure(operation, given);
        Parameterise(operation, given);
        TakeBody(operation, given);
        Answer(operation, given);
        return true;
    }

    /// <summary>The examples of bodies and answers, in the dialect of the wire.</summary>
    public void AddExamples(JsonObject document)
    {
        document["components"]!["examples"] = new JsonObject(answers.Select(a => KeyValuePair.Create(a.Key, (JsonNode?)new JsonObject { ["value"] = a.Value })));
        foreach (var (_, path) in document["paths"]!.AsObject())
        {
            foreach (var (_, operation) in path!.AsObject())
            {
                if (operation?["operationId"] is not { } id || !examples.TryGetValue((string)id!, out var example)) continue;
                if (example.Request is { } request) Content(operation["requestBody"]!)["example"] = request;
                foreach (var (status, name) in example.Answers)
                    Content(operation["responses"]![status]!)["examples"] = new JsonObject { [name] = new JsonObject { ["$ref"] = "#/components/examples/" + name } };
            }
        }

        static JsonObject Content(JsonNode node) => node["content"]!.AsObject().First().Value!.AsObject();
    }

    private static void Secure(OpenApiOperation operation, Given given)
    {
        var text = given.Endpoint.EndpointSummary?.Description;
        if (given.IsAnonymous)
        {
            // An empty requirement beside the token's says that it may be left out.
            operation.Security = given.Metadata.OfType<ShowsMoreToSome>().Any()
                ? [new OpenApiSecurityRequirement(), new OpenApiSecurityRequirement { ["bearer"] = [] }]
                : [];
            operation.Description = text;
            return;
        }

        operation.Security = [new OpenApiSecurityRequirement { ["bearer"] = [] }];
        var roles = given.Metadata.OfType<AuthorizeAttribute>().SelectMany(a => a.Roles?.Split(',') ?? []).Distinct().ToList();
        operation.Description = roles.Count is 0 ? text : $"{text} Role: {string.Join(", ", roles)}.";
    }

    private static void Parameterise(OpenApiOperation operation, Given given)
    {
        operation.Parameters.Clear();
        foreach (Match match in given.Route)
        {
            var name = match.Groups["name"].Value;
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name, Kind = OpenApiParameterKind.Path, IsRequired = true, Description = Terms.Of(name), Schema = match.Groups["constraint"].Value switch
                {
                    "guid" => new JsonSchema { Type = JsonObjectType.String, Format = JsonFormatStrings.Guid },
                    "int" or "long" => new JsonSchema { Type = JsonObjectType.Integer },
                    _ => new JsonSchema { Type = JsonObjectType.String },
                },
            });
        }

        foreach (var parameter in given.Query) operation.Parameters.Add(Query(parameter, given.Context));
        foreach (var name in given.SharedParameters) operation.Parameters.Add(Answers.Parameter((OpenApiDocument)given.Context.Document, name));
    }

    private static OpenApiParameter Query(Parameter parameter, OperationProcessorContext context)
    {
        var one = parameter switch
        {
            { Among: { } among } => Enumeration(among),
            { Type: { } type } => context.SchemaGenerator.GenerateWithReference<JsonSchema>(type.ToContextualType(), context.SchemaResolver),
            _ => new JsonSchema { Type = JsonObjectType.String, MinLength = 1, MaxLength = Parameter.LongestText, Pattern = parameter.Pattern },
        };
        (one.Minimum, one.Maximum) = (parameter.Least, parameter.Most);
        one.Default = parameter.Usual;
        var query = new OpenApiParameter
        {
            Name = parameter.Name, Kind = OpenApiParameterKind.Query, Description = parameter.Description, IsRequired = parameter.Required,
            Schema = parameter.Several ? new JsonSchema { Type = JsonObjectType.Array, Item = one, MinItems = 1, MaxItems = parameter.MostValues ?? 0, UniqueItems = parameter.MostValues is not null } : one,
        };
        if (parameter.Several) (query.Style, query.Explode) = (OpenApiParameterStyle.Form, false);
        return query;
    }

    private static JsonSchema Enumeration(IReadOnlyList<string> among)
    {
        var schema = new JsonSchema { Type = JsonObjectType.String };
        foreach (var value in among) schema.Enumeration.Add(value);
        return schema;
    }

    private void TakeBody(OpenApiOperation operation, Given given)
    {
        operation.RequestBody = null;
        var limits = given.Metadata.OfType<BodyLimits>().LastOrDefault();
        if (given.Body is { } body)
        {
            operation.RequestBody = new OpenApiRequestBody { IsRequired = true, Description = DocComments.Of(body) };
            operation.RequestBody.Content[(limits ?? BodyLimits.Json).MediaType] = new OpenApiMediaType { Schema = Schema(given.Context, body) };
        }
        else if (limits is { Line: not null })
        {
            operation.RequestBody = new OpenApiRequestBody { IsRequired = true, Description = $"One object of this form a line; at most {limits.MostBytes / (1 << 20)} MiB." };
            operation.RequestBody.Content[limits.MediaType] = new OpenApiMediaType { Schema = Schema(given.Context, limits.Line) };
        }

        if (given.Endpoint.EndpointSummary?.ExampleRequest is { } example && operation.RequestBody is not null)
            Keep(operation).Request = Written(given.BodyProperty is { } property ? property.GetValue(example)! : example);
    }

    private void Answer(OpenApiOperation operation, Given given)
    {
        operation.Responses.Clear();
        foreach (var answer in given.Successes) operation.Responses[answer.Status] = Success(answer, given);
        if (given.Successes.Any(s => s.Status is "200") && !given.IsWrite) operation.Responses["304"] = Answers.NotModified((OpenApiDocument)given.Context.Document);
        foreach (var status in given.Refusals) operation.Responses[Code(status)] = Answers.Refusal((OpenApiDocument)given.Context.Document, status);
        foreach (var (status, example) in given.Endpoint.EndpointSummary?.ResponseExamples ?? [])
        {
            var name = NameOf(example.GetType()) + (given.IsPosting && status is StatusCodes.Status200OK ? "Shown" : "");
            answers[name] = Written(example);
            Keep(operation).Answers[Code(status)] = name;
        }

        Schema(given.Context, typeof(Problem));
    }

    private static OpenApiResponse Success(SuccessfulAnswer answer, Given given)
    {
        var response = new OpenApiResponse { Description = answer.Description };
        foreach (var name in answer.Headers) response.Headers[name] = Answers.Header(name);
        if (answer.Type is { } type)
            foreach (var mediaType in answer.MediaTypes)
                response.Content[mediaType] = new OpenApiMediaType
                {
                    Schema = type == typeof(byte[]) ? new JsonSchema { Type = JsonObjectType.String, Format = JsonFormatStrings.Binary } : Schema(given.Context, type),
                };
        return response;
    }

    private Examples Keep(OpenApiOperation operation) => examples.TryGetValue(operation.OperationId, out var kept) ? kept : examples[operation.OperationId] = new Examples();

    private static JsonNode Written(object example) => JsonSerializer.SerializeToNode(example, example.GetType(), WireJson.Stored)!;

    private static string NameOf(Type type) =>
        type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`')]}Of{type.GetGenericArguments()[0].Name}" : type.Name;

    private static string Code(int status) => status.ToString(CultureInfo.InvariantCulture);

    private static JsonSchema Schema(OperationProcessorContext context, Type type) =>
        context.SchemaGenerator.GenerateWithReference<JsonSchema>(type.ToContextualType(), context.SchemaResolver);

    [GeneratedRegex(@"\{\**(?<name>[A-Za-z0-9_]+)(?::(?<constraint>[a-z]+)[^{}]*)?\??\}")]
    private static partial Regex RouteParameter();

    private sealed class Examples
    {
        public JsonNode? Request { get; set; }

        public Dictionary<string, string> Answers { get; } = [];
    }

    private sealed record SuccessfulAnswer(string Status, string Description, Type? Type, IReadOnlyList<string> MediaTypes, IReadOnlyList<string> Headers);

    /// <summary>What an endpoint says of itself, by its type and its metadata.</summary>
    private sealed record Given(
        OperationProcessorContext Context, EndpointDefinition Endpoint, IList<object> Metadata, string Method, MatchCollection Route,
        IReadOnlyList<Parameter> Query)
    {
        private const string Json = "application/json";

        private readonly PropertyInfo[] properties = Endpoint.ReqDtoType == typeof(EmptyRequest) ? [] : Endpoint.ReqDtoType.GetProperties();

        public bool IsWrite => Method is not ("GET" or "HEAD");

        public bool IsAnonymous => Metadata.OfType<IAllowAnonymous>().Any();

        public PropertyInfo? BodyProperty => properties.FirstOrDefault(p => p.IsDefined(typeof(FromBodyAttribute)));

        public Type? Body => BodyProperty?.PropertyType ?? (IsWrite && properties.Length > 0 && BodyProperty is null && !Takes<FromHeaderAttribute>() ? Endpoint.ReqDtoType : null);

        /// <summary>A posting: repeatable by its key, answered with a receipt.</summary>
        public bool IsPosting => HeaderNames.Contains("Idempotency-Key");

        // What does not exist yet has no version to insist on.
        private List<string> HeaderNames =>
        [
            .. properties.Select(p => p.GetCustomAttribute<FromHeaderAttribute>()?.HeaderName).OfType<string>()
                .Where(name => name is not "If-Match" || Route.Count > 0),
        ];

        public IEnumerable<string> SharedParameters =>
        [
            .. properties.Where(p => p.IsDefined(typeof(QueryParamAttribute))).Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name)),
            .. HeaderNames,
            .. IsWrite ? [] : new[] { "If-None-Match" },
            "Accept-Language",
        ];

        public IEnumerable<SuccessfulAnswer> Successes
        {
            get
            {
                var said = Metadata.OfType<IProducesResponseTypeMetadata>().Where(m => m.StatusCode is >= 200 and < 300)
                    .GroupBy(m => m.StatusCode).Select(group => group.Last()).ToList();
                if (IsPosting && said is [{ StatusCode: 200 } receipt])
                {
                    yield return new("200", "Shown, not recorded: the answer to `dryRun=true`.", receipt.Type, [Json], []);
                    yield return new("201", "Recorded, or recorded before by the same request.", receipt.Type, [Json], ["ETag", "Location", "Idempotency-Replayed"]);
                    yield break;
                }

                foreach (var answer in said)
                {
                    var type = answer.Type == typeof(void) ? null : answer.Type;
                    var text = Endpoint.EndpointSummary?.Responses.GetValueOrDefault(answer.StatusCode);
                    yield return new(
                        Code(answer.StatusCode),
                        text is { Length: > 0 } ? text : (type is null ? null : DocComments.Of(type)) ?? "Done.", type,
                        [.. answer.ContentTypes.DefaultIfEmpty(Json)], IsWrite || answer.StatusCode is not 200 || answer.ContentTypes.Contains("text/event-stream") ? [] : ["ETag"]);
                }
            }
        }

        public IEnumerable<int> Refusals
        {
            get
            {
                var refusals = new SortedSet<int>(Metadata.OfType<IProducesResponseTypeMetadata>().Select(m => m.StatusCode).Where(s => s is >= 400 and not (400 or 401 or 403)))
                {
                    429, 500, 503,
                };
                if (IsWrite || Query.Count > 0) refusals.Add(400);
                if (!IsAnonymous) refusals.UnionWith([401, 403]);
                if (Route.Count > 0) refusals.Add(404);
                if (HeaderNames.Contains("If-Match")) refusals.Add(412);
                if (Body is not null || Metadata.OfType<BodyLimits>().Any()) refusals.UnionWith([413, 415]);
                if (IsPosting) refusals.UnionWith([409, 422]);
                return refusals;
            }
        }

        private bool Takes<T>() where T : Attribute => properties.Any(p => p.IsDefined(typeof(T)));
    }
}
