using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Trading.Ops;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;
using static System.Net.HttpStatusCode;

namespace Trading.Tests.Http;

/// <summary>Every address of the running service, asked by everyone, about what is theirs and what is not.</summary>
[Collection(TradingApp.Collection)]
public sealed class AuthorizationTests(TradingApp app, Scene scene) : IClassFixture<Scene>
{
    /// <summary>Who may: an address that is not in this list fails the test.</summary>
    private static readonly Dictionary<string, Access> Expected = Routes.Writes.ToDictionary(route => route.ToString(), _ => Access.Publishers)
        .Concat(Routes.Reads.Except([Routes.OpenApi, .. Routes.ForSupervisors]).ToDictionary(route => route.ToString(), _ => Access.Anyone))
        .Concat(Routes.ForSupervisors.Append(Routes.Replay).ToDictionary(route => route.ToString(), _ => Access.Supervisors))
        .Concat(Routes.ForOperators.ToDictionary(route => route.ToString(), _ => Access.Operators))
        .Append(new(Routes.Check.ToString(), Access.Anyone))
        .Append(new("GET /openapi/v1.json", Access.Anyone))
        .Append(new("GET /_test_url_cache_", Access.Nobody))
        .Append(new("GET /log/sm3/checkpoint", Access.Nobody))
        .Append(new(Routes.StreamChanges.ToString(), Access.Anyone))
        .ToDictionary();

    private enum Access { Anyone, Publishers, Supervisors, Operators, Nobody }

    [Fact]
    public async Task every_address_is_open_to_whom_it_should_be_and_to_nobody_else()
    {
        app.Clock.Set(Scene.Now);
        var wrong = new List<string>();
        var asked = 0;
        foreach (var (address, route) in Addresses())
        {
            if (!Expected.TryGetValue(address, out var access))
            {
                wrong.Add($"{address} has no expectation: say who may ask it");
                continue;
            }

            foreach (var (who, token) in Callers())
            {
                asked++;
                var status = await Ask(route, token);
                if (status != Due(access, who, route)) wrong.Add($"{address} answers {(int)status} to {who}, not {(int)Due(access, who, route)}");
            }
        }

        Assert.True(asked > 500, $"only {asked} were asked");
        Assert.True(wrong.Count is 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public void what_needs_no_token_says_so()
    {
        var open = Endpoints().Where(e => e.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null
            || e.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAuthorizeData>() is null).SelectMany(Names).ToList();
        Assert.NotEmpty(open);
        Assert.Empty(open.Except(Expected.Where(e => e.Value is not (Access.Publishers or Access.Supervisors or Access.Operators)).Select(e => e.Key)));
    }

    /// <summary>An objection is not published: its own centre and its region's supervisors read it, nobody else knows of it.</summary>
    [Fact]
    public async Task what_is_not_public_is_there_for_its_own_alone()
    {
        var own = (await app.Client().Get(scene.Path(Routes.GetProcedure, Scene.Objected))).Expect(OK).Json;
        var notice = scene.Path(Routes.GetNotice, Scene.Objected);
        Assert.DoesNotContain(notice[^36..], own.ToJsonString(), StringComparison.Ordinal);

        var cases = new (string Who, Client Client, bool Sees)[]
        {
            ("nobody", app.Client(role: null), false), ("operator", app.Client("operator"), false),
            ("publisher", app.Client(), true), ("reviewer", app.Client("reviewer"), true), ("supervisor", app.Client("supervisor"), true),
            ("publisher of its city", app.Client(region: "4205"), true), ("supervisor of its city", app.Client("supervisor", region: "4205"), true),
            ("another centre's publisher", app.Client(centre: Scene.OtherCentre), false), ("another centre's reviewer", app.Client("reviewer", centre: Scene.OtherCentre), false),
            ("its publisher for another region", app.Client(region: "43"), false), ("another region's supervisor", app.Client("supervisor", region: "43"), false),
            ("a supervisor of nowhere", app.Client("supervisor", region: ""), false),
        };
        foreach (var (who, client, sees) in cases)
        {
            var answer = await client.Get(notice);
            Assert.True(answer.Status == (sees ? OK : NotFound), $"{who} gets {(int)answer.Status}");
            if (sees) Assert.Contains("no-store", answer.Headers["Cache-Control"], StringComparison.Ordinal);
            var unread = await client.Get(notice, ("If-None-Match", "*"));
            Assert.True(sees || unread.Status is NotFound, $"{who} learns of it by If-None-Match");
        }
    }

    private static HttpStatusCode Due(Access access, string who, Refusals.Route? route) => access switch
    {
        Access.Nobody => NotFound,
        Access.Anyone => OK,
        Access.Supervisors when who is "supervisor" => OK,
        Access.Operators when who is "operator" => OK,
        Access.Publishers when who is "publisher" => OK,
        Access.Publishers when who is "publisher of another centre" or "publisher of another region" => route == Routes.Register && who is "publisher of another centre" || route == Routes.Legacy ? OK : Forbidden,
        _ when who.StartsWith("token", StringComparison.Ordinal) || who is "nobody" => Unauthorized,
        _ => Forbidden,
    };

    private async Task<HttpStatusCode> Ask(Refusals.Route route, string? token)
    {
        using var content = route.Body is null ? null : new StringContent(scene.Fill(route.Body, route.At), System.Text.Encoding.UTF8, route.ContentType);
        return (await new Client(app.Address, token).Send(
            new HttpMethod(route.Method), scene.Path(route) + (route.Method is "POST" ? "?dryRun=true" : route.Query), content)).Status;
    }

    private IEnumerable<(string Who, string? Token)> Callers()
    {
        var rights = new Dictionary<string, object>
        {
            ["sub"] = "someone", ["role"] = "publisher", ["centre"] = LocalKey.CentreCode, ["centre_name"] = LocalKey.CentreName, ["region"] = "*",
        };
        var other = new SymmetricSecurityKey(new byte[64]);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;

        yield return ("nobody", null);
        foreach (var role in Trading.Http.Role.All) yield return (role, app.Key.Token(role, role, LocalKey.CentreCode, LocalKey.CentreName, "*"));
        yield return ("publisher of another centre", app.Key.Token("other", "publisher", Scene.OtherCentre, "另一中心", "*"));
        yield return ("publisher of another region", app.Key.Token("other", "publisher", LocalKey.CentreCode, LocalKey.CentreName, "43"));
        yield return ("publisher of no centre", Token(app.Key.SigningKey, new() { ["sub"] = "x", ["role"] = "publisher", ["region"] = "*" }));
        yield return ("someone of no role", Token(app.Key.SigningKey, new() { ["sub"] = "x" }));
        yield return ("someone of an invented role", Token(app.Key.SigningKey, new(rights) { ["role"] = "administrator" }));
        yield return ("someone whose role is in other letters", Token(app.Key.SigningKey, new(rights) { ["role"] = "PUBLISHER" }));
        yield return ("token that has expired", Token(app.Key.SigningKey, rights, expires: now.AddMinutes(-5)));
        yield return ("token of tomorrow", Token(app.Key.SigningKey, rights, from: now.AddDays(1), expires: now.AddDays(2)));
        yield return ("token signed by another", Token(other, rights));
        yield return ("token of another algorithm", Token(other, rights, algorithm: SecurityAlgorithms.HmacSha512));
        yield return ("token that is not signed", Token(null, rights));
        yield return ("token for others", Token(app.Key.SigningKey, rights, audience: "elsewhere"));
        yield return ("token of another issuer", Token(app.Key.SigningKey, rights, issuer: "elsewhere"));
        yield return ("token of a subject that is no text", Token(app.Key.SigningKey, new(rights) { ["sub"] = "\uFFFD" }));
        yield return ("token of many roles", Token(app.Key.SigningKey, new(rights) { ["role"] = Enumerable.Repeat("publisher", 60).ToArray() }));
        var valid = Token(app.Key.SigningKey, rights);
        yield return ("token without its signature", valid[..(valid.LastIndexOf('.') + 1)]);
        var parts = Token(app.Key.SigningKey, new(rights) { ["role"] = "operator" }).Split('.');
        yield return ("token whose claims were changed", $"{parts[0]}.{valid.Split('.')[1]}.{parts[2]}");
    }

    private static string Token(
        SecurityKey? key, Dictionary<string, object> claims, string issuer = LocalKey.Issuer, string audience = LocalKey.Audience,
        DateTime? from = null, DateTime? expires = null, string algorithm = SecurityAlgorithms.HmacSha256)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer, Audience = audience, Claims = claims, IssuedAt = now.AddHours(-1), NotBefore = from ?? now.AddHours(-1), Expires = expires ?? now.AddHours(1),
            SigningCredentials = key is null ? null : new SigningCredentials(key, algorithm),
        });
    }

    private IEnumerable<(string Address, Refusals.Route Route)> Addresses()
    {
        var known = Routes.All.ToDictionary(route => route.ToString());
        var found = Endpoints().SelectMany(Names).ToList();
        Assert.True(found.Count > 30, $"{found.Count} addresses");
        return found.Except(["GET /openapi/v1.json", Routes.StreamChanges.ToString()]).Select(address =>
            (address, known.GetValueOrDefault(address) ?? new Refusals.Route(address.Split(" /")[0], address.Split(" /")[1])));
    }

    private IEnumerable<RouteEndpoint> Endpoints() =>
        app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    private static IEnumerable<string> Names(RouteEndpoint endpoint) =>
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"]
        where method is not "HEAD"
        select $"{method} /{Refusals.Route.Plain(endpoint.RoutePattern.RawText!)}";
}
