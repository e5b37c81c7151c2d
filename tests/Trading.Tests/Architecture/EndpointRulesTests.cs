using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Trading.Http;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Architecture;

/// <summary>What holds of every endpoint: it says what it is, it is closed unless it says it is open, and it says no in one way only.</summary>
[Collection(TradingApp.Collection)]
public sealed partial class EndpointRulesTests(TradingApp app)
{
    /// <summary>Open, and none of FastEndpoints'.</summary>
    private static readonly string[] OpenByThemselves = ["/health/live", "/health/ready", "/health/reading", "/openapi/v1.json", "/log/checkpoint", "/log/sm3/checkpoint", "/log/keys"];

    private static readonly string[] Sources = Repository.FilesOf(Repository.Source);

    private static readonly Dictionary<string, string[]> Endpoints = Sources
        .Select(file => (File: file, Names: Endpoint().Matches(File.ReadAllText(file)).Select(m => m.Groups["name"].Value).ToArray()))
        .Where(found => found.Names.Length > 0).ToDictionary(found => found.File, found => found.Names);

    private readonly IReadOnlyList<MappedRoute> routes = MappedRoute.Of(app);

    [Fact]
    public void the_sources_hold_the_endpoints_that_are_mapped() => Assert.Equal(
        routes.Select(route => route.Definition?.EndpointType.Name).OfType<string>().Order(StringComparer.Ordinal),
        Endpoints.Values.SelectMany(names => names).Order(StringComparer.Ordinal));

    [Fact]
    public void a_file_holds_one_endpoint_and_has_its_name() => AssertNone(
        from file in Endpoints
        where file.Value is not [var name] || name != Path.GetFileNameWithoutExtension(file.Key)
        select $"{file.Key}: {string.Join(", ", file.Value)}");

    [Fact]
    public void every_body_has_its_validator_in_its_file() => AssertNone(
        from file in Endpoints.Keys
        let text = File.ReadAllText(file)
        from Match body in Body().Matches(text)
        where !text.Contains($": PostingValidator<{body.Groups["name"].Value}>", StringComparison.Ordinal)
        select $"{file}: {body.Groups["name"].Value}");

    [Fact]
    public void every_endpoint_says_what_it_is() => AssertNone(
        from route in routes
        where route.Definition is { } definition
            && (string.IsNullOrWhiteSpace(definition.EndpointSummary?.Summary) || string.IsNullOrWhiteSpace(definition.EndpointSummary.Description))
        select route.Path);

    [Fact]
    public void every_endpoint_names_a_role_or_says_that_it_is_open() => AssertNone(
        from route in routes
        let open = route.Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
        let roles = route.Endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().SelectMany(a => a.Roles?.Split(',') ?? []).ToList()
        where open ? roles.Count > 0 : roles.Count is 0 || roles.Except(Role.All).Any()
        select $"{route.Method} {route.Path}");

    [Fact]
    public void whatever_records_is_closed() => AssertNone(
        from route in routes
        where route.Method is not "GET" && route.Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null && route.Endpoint.Metadata.GetMetadata<RecordsNothing>() is null
        select $"{route.Method} {route.Path}");

    [Fact]
    public void nothing_is_mapped_beside_fast_endpoints_but_what_is_known() => AssertNone(
        from route in routes where route.Definition is null && !OpenByThemselves.Contains(route.Path) select route.Path);

    [Fact]
    public async Task the_list_of_routes_that_fast_endpoints_offers_is_closed() =>
        (await app.Client(role: null).Get(MappedRoute.ListOfRoutes)).Refused(HttpStatusCode.NotFound, "not-found");

    [Fact]
    public void no_endpoint_says_no_with_an_empty_body() => AssertNone(
        from file in Sources
        from Match send in BareSend().Matches(File.ReadAllText(file))
        select $"{file}: {send.Value}");

    private static void AssertNone(IEnumerable<string> offenders) => Assert.True(!offenders.Any(), string.Join(Environment.NewLine, offenders));

    [GeneratedRegex(@"^public sealed class (?<name>\w+)[^{;]*?:\s*(Posting|PostingEndpoint|Listing|PublicListing|Grouping|Endpoint|EndpointWithoutRequest)\b", RegexOptions.Multiline)]
    private static partial Regex Endpoint();

    [GeneratedRegex(@"\b(Posting|PostingEndpoint)<(?<name>\w+)")]
    private static partial Regex Body();

    [GeneratedRegex(@"\bSend\.\w+Async\b")]
    private static partial Regex BareSend();
}
