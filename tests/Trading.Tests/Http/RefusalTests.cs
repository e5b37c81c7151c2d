using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Http;

/// <summary>Everything that a client can send wrongly, on every address: refused with its status and code, and nothing recorded.</summary>
[Collection(TradingApp.Collection)]
public sealed class RefusalTests(TradingApp app, Scene scene) : IClassFixture<Scene>
{
    private const int FewestCases = 250, FewestOfEachWrite = 25, FewestOfEachRead = 5;

    private static readonly Dictionary<string, Func<IEnumerable<Refusal>>> Themes = new()
    {
        ["malformed"] = () => Malformed.Cases,
        ["ill-formed"] = () => IllFormed.Cases,
        ["oversized"] = () => Oversized.Cases,
        ["foreign"] = () => Foreign.Cases,
        ["duplicate"] = () => Duplicate.Cases,
        ["out of order"] = () => OutOfOrder.Cases,
        ["checks"] = () => Checks.Cases,
        ["packs"] = () => Packs.Cases,
        ["queries"] = () => Queries.Cases,
        ["headers"] = () => Refusals.Headers.Cases,
    };

    private static readonly Lazy<Dictionary<string, Refusal>> Table = new(() => Themes
        .SelectMany(theme => theme.Value().Select(one => (Name: $"{theme.Key} {one.Name}", Case: one)))
        .ToDictionary(row => row.Name, row => row.Case));

    public static IEnumerable<TheoryDataRow<string>> Names => Table.Value.Keys.Select(name => new TheoryDataRow<string>(name) { TestDisplayName = name });

    [Theory]
    [MemberData(nameof(Names))]
    public async Task refuses_and_records_nothing(string name)
    {
        app.Clock.Set(Scene.Now);
        var refused = Table.Value[name];
        var before = await Recorded();
        var answer = await refused.Send(app, scene);

        ProblemForm.Assert(answer.Refused(refused.Status, refused.Code));
        var errors = answer.Json["errors"]?.AsArray().Select(e => ((string?)e!["pointer"], (string?)e["code"])).ToList() ?? [];
        if (refused.Error is not null) Assert.True(errors.Exists(e => e.Item2 == refused.Error), answer.Body);
        if (refused.Pointer is not null) Assert.True(errors.Exists(e => e.Item1 == refused.Pointer), answer.Body);
        if (refused.Rule is not null) Assert.Equal(refused.Rule, (string?)answer.Json["rule"]);
        Assert.Equal(before, await Recorded());
    }

    /// <summary>Without this a case might be refused for something else than what it says.</summary>
    [Fact]
    public async Task what_the_cases_spoil_is_accepted_as_it_stands()
    {
        app.Clock.Set(Scene.Now);
        foreach (var route in Routes.Writes.Concat(Routes.Questions))
        {
            var answer = await new Refusal(route, "", default, "") { Query = "?dryRun=true" }.Send(app, scene);
            Assert.True(answer.Status is HttpStatusCode.OK, $"{route}: {answer.Body}");
        }

        foreach (var route in Routes.Lists)
            (await app.Client(role: null).Get($"/{route.Template}?cursor={Queries.CursorOf(route)}")).Expect(HttpStatusCode.OK);

        foreach (var route in Routes.Reads.Except([Routes.OpenApi, .. Routes.ForSupervisors]))
        {
            var answer = await new Refusal(route, "", default, "").Send(app, scene);
            Assert.True(answer.Status is HttpStatusCode.OK, $"{route}: {answer.Body}");
        }
    }

    [Fact]
    public void no_address_is_left_out()
    {
        Assert.True(Table.Value.Count >= FewestCases, $"{Table.Value.Count} cases");
        var cases = Table.Value.Values.CountBy(one => one.Route.ToString()).ToDictionary();
        var addresses = Addresses().ToList();
        Assert.True(addresses.Count > 30, $"{addresses.Count} addresses");
        var missing = addresses.Where(address => cases.GetValueOrDefault(address)
            < (address.StartsWith("POST", StringComparison.Ordinal) ? FewestOfEachWrite : FewestOfEachRead)).ToList();
        Assert.True(missing.Count is 0, "too few cases: " + string.Join(", ", missing.Select(m => $"{m} {cases.GetValueOrDefault(m)}")));
        Assert.Empty(cases.Keys.Except(addresses));
    }

    private IEnumerable<string> Addresses() =>
        from endpoint in app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
        where method is not "HEAD"
        select $"{method} /{Refusals.Route.Plain(endpoint.RoutePattern.RawText!)}";

    /// <summary>Everything a request can leave behind.</summary>
    private async Task<string> Recorded()
    {
        await using var command = app.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "select (select count(*) from events.mt_events) || ' ' || (select count(*) from events.mt_streams) || ' ' || (select count(*) from intake.idempotency_keys)");
        return Convert.ToString(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), CultureInfo.InvariantCulture)!;
    }
}
