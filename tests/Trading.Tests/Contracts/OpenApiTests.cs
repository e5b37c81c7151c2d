using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Trading.Http;
using Trading.Http.OpenApi;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Contracts;

/// <summary>The OpenAPI document says what the service does, and the service does what it says (<see cref="OpenApiContract"/> holds every answer against it).</summary>
[Collection(TradingApp.Collection)]
public sealed class OpenApiTests(TradingApp app)
{
    /// <summary>What serves the document itself.</summary>
    private static readonly string[] OutsideTheContract = ["GET /openapi/v1.json"];

    /// <summary>Mapped only where the service was started for trials.</summary>
    private static readonly string[] InTheSandbox = ["POST /v1/sandbox/clock"];

    private static readonly OpenApiContract contract = OpenApiContract.OfThisVersion;

    [Fact]
    public async Task the_committed_document_is_the_one_this_build_generates() =>
        Assert.True(
            await ContractDocument.Write(app.Services) == await File.ReadAllTextAsync(OpenApiContract.Path, TestContext.Current.CancellationToken),
            "The contract has moved. Look at what ops/openapi changes in openapi/trading.v1.json, and commit it if it is meant.");

    [Fact]
    public async Task the_served_document_is_the_committed_one_byte_for_byte()
    {
        var client = app.Client(role: null);
        var answer = (await client.Get("/openapi/v1.json")).Expect(HttpStatusCode.OK);
        Assert.Equal(await File.ReadAllBytesAsync(OpenApiContract.Path, TestContext.Current.CancellationToken), Encoding.UTF8.GetBytes(answer.Body));
        Assert.Equal("application/json; charset=utf-8", answer.Headers["Content-Type"]);
        (await client.Get("/openapi/v1.json", ("If-None-Match", answer.ETag!))).Expect(HttpStatusCode.NotModified);
    }

    [Fact]
    public void the_document_is_in_its_canonical_form()
    {
        var text = File.ReadAllText(OpenApiContract.Path);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        foreach (var sorted in contract.Document["components"]!.AsObject().Select(kind => kind.Value!.AsObject()).Append(contract.Document["paths"]!.AsObject()))
            Assert.Equal(sorted.Select(member => member.Key).Order(StringComparer.Ordinal), sorted.Select(member => member.Key));
    }

    [Fact]
    public void every_route_is_in_the_document_and_every_operation_is_a_route()
    {
        var routes = MappedRoute.Of(app).Select(route => $"{route.Method} {route.Path}").Except(OutsideTheContract).Order(StringComparer.Ordinal).ToList();
        Assert.True(routes.Count > 30, $"{routes.Count} routes");
        Assert.Equal(routes, contract.Operations.Select(o => $"{o.Method} {o.Path}").Except(InTheSandbox).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void every_operation_says_who_may_and_what_it_is() => AssertNone(
        from o in contract.Operations
        where o.Operation["security"] is not JsonArray
            || new[] { "operationId", "summary", "description" }.Any(name => string.IsNullOrWhiteSpace((string?)o.Operation[name]))
            || o.Operation["tags"]!.AsArray().Count is not 1
        select $"{o.Method} {o.Path}");

    [Fact]
    public void an_operation_that_asks_for_a_token_names_the_role_and_its_refusals() => AssertNone(
        from o in contract.Operations
        where o.Operation["security"]!.AsArray() is { Count: > 0 } security && security.All(s => s!.AsObject().Count > 0)
        where !((string)o.Operation["description"]!).Contains("Role: ", StringComparison.Ordinal)
            || new[] { "401", "403" }.Any(status => o.Operation["responses"]![status] is null)
        select $"{o.Method} {o.Path}");

    [Fact]
    public void every_posting_tells_all_of_its_answers_and_headers()
    {
        var postings = contract.Operations.Where(o => o.Method is "POST" && o.Operation["responses"]!["201"] is not null).ToList();
        Assert.True(postings.Count > 20, $"{postings.Count} postings");
        foreach (var (_, path, operation) in postings)
        {
            string[] ofThePath = path.Contains('{', StringComparison.Ordinal) ? ["404", "412"] : [];
            Assert.Equal(
                new[] { "200", "201", "400", "401", "403", "409", "413", "415", "422", "429", "500", "503" }.Concat(ofThePath).Order(StringComparer.Ordinal),
                operation["responses"]!.AsObject().Select(response => response.Key));
            Assert.Subset(
                operation["parameters"]!.AsArray().Select(p => (string)contract.Resolve(p)!["name"]!).ToHashSet(),
                new HashSet<string>(["dryRun", "Idempotency-Key", "Accept-Language", .. ofThePath.Length > 0 ? new[] { "If-Match" } : []]));
        }
    }

    [Fact]
    public void every_read_can_be_repeated_without_a_body()
    {
        var reads = contract.Operations
            .Where(o => o.Method is "GET" && !o.Path.StartsWith("/health", StringComparison.Ordinal) && !o.Path.EndsWith("/stream", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(reads);
        AssertNone(
            from o in reads
            where o.Operation["responses"]!["304"] is null || o.Operation["responses"]!["200"]!["headers"]?["ETag"] is null
                || o.Operation["parameters"]!.AsArray().All(p => (string?)contract.Resolve(p)!["name"] is not "If-None-Match")
            select o.Path);
    }

    [Fact]
    public void every_refusal_is_a_problem_with_its_codes()
    {
        var refusals = (
            from o in contract.Operations
            from response in o.Operation["responses"]!.AsObject()
            where response.Key[0] is '4' or '5'
            select (Where: $"{o.Path} {response.Key}", Status: int.Parse(response.Key, null), Told: contract.Resolve(response.Value)!)).ToList();
        Assert.NotEmpty(refusals);
        AssertNone(
            from refusal in refusals
            let problem = refusal.Told["content"]?[Problem.MediaType]
            where problem is null
                || !problem["examples"]!.AsObject().Select(e => e.Key).SequenceEqual(ProblemKind.All.Where(k => k.Status == refusal.Status).Select(k => k.Code))
            select refusal.Where);
    }

    [Fact]
    public void every_body_and_every_answer_is_shown_by_an_example_that_its_schema_allows()
    {
        var shown = (
            from o in contract.Operations
            from content in o.Operation["responses"]!.AsObject().Select(r => (Where: r.Key, Node: contract.Resolve(r.Value)!["content"]))
                .Append((Where: "request", Node: o.Operation["requestBody"]?["content"]))
            where content.Node is not null && content.Node.AsObject().Single().Key.EndsWith("json", StringComparison.Ordinal)
            select (Where: $"{o.Method} {o.Path} {content.Where}", Media: content.Node.AsObject().Single().Value!)).ToList();
        Assert.True(shown.Count > 300, $"{shown.Count} examples");
        AssertNone(
            from s in shown
            let examples = ExamplesOf(s.Media)
            let errors = examples.SelectMany(e => OpenApiContract.Errors(contract.Schema(s.Media), e.ToJsonString())).ToList()
            where examples.Count is 0 || errors.Count > 0
            select $"{s.Where}: {string.Join("; ", errors)}");
    }

    /// <summary>The procedure is not there, so a body whose form is right comes as far as to be told so.</summary>
    [Fact]
    public async Task the_service_takes_the_form_of_every_example_it_shows()
    {
        var (publisher, operators) = (app.Client(), app.Client("operator"));
        var postings = contract.Operations.Where(o => o.Method is "POST" && o.Operation["responses"]!["201"] is not null).ToList();
        Assert.NotEmpty(postings);
        foreach (var (_, path, operation) in postings)
        {
            var address = Regex.Replace(path, @"\{\w+}", "019c0a5e-7a10-7000-8000-00000000ffff");
            var client = ((string)operation["description"]!).Contains("Role: operator", StringComparison.Ordinal) ? operators : publisher;
            var answer = await client.Post($"{address}?dryRun=true", ExamplesOf(operation["requestBody"]!["content"]!["application/json"]!).Single());
            Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.NotFound, $"{path}: {answer.Body}");
        }
    }

    private static List<JsonNode> ExamplesOf(JsonNode media) =>
        media["example"] is { } one ? [one] : [.. media["examples"]?.AsObject().Select(e => contract.Resolve(e.Value)!["value"]!) ?? []];

    private static void AssertNone(IEnumerable<string> offenders) => Assert.True(!offenders.Any(), string.Join(Environment.NewLine, offenders));
}
