using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Trading.Ops;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Http;

/// <summary>
/// The least, the greatest and one beyond of everything that can be asked or sent, derived from the OpenAPI document and from the bodies of
/// the routes, so that a new parameter is walked by itself: each gets an answer, and never a 500.
/// </summary>
[Collection(TradingApp.Collection)]
public sealed partial class EdgeTests(TradingApp app, Scene scene) : IClassFixture<Scene>
{
    private static readonly string[] Days = ["0001-01-01", "1900-01-01", "1900-01-02", "2200-12-30", "2200-12-31", "9999-12-31", "2024-02-29", "2023-02-29", "10000-01-01"];

    private static readonly string[] Times =
    [
        "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00-14:00", "1900-01-01T23:59:59.9999999+08:00", "1900-01-02T00:00:00+08:00", "1900-01-01T02:00:00-14:00",
        "2200-12-30T23:59:59.9999999+08:00", "2200-12-31T00:00:00+08:00", "2200-12-31T05:59:59+14:00", "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59-14:00", "2026-06-01T09:00:00.0000001+08:00",
    ];

    private static readonly string[] Numbers =
    [
        "0", "-1", "1", "00", "+1", "1.5", "1e3", "2147483647", "2147483648", "-2147483648", "9007199254740993", "999999999999999999", "1000000000000000000", "9223372036854774807",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "79228162514264337593543950335", "79228162514264337593543950336", "99999999999999.999999", "100000000000000", "0.0000001",
    ];

    private static readonly string[] Texts =
    [
        "", " ", "a", "校", "𠀀", "\U0010FFFF", "\uFFFD", "\uFFFE", "校\uFFFE校", "\uFEFF", "\u200B", "\u202E", "e\u0301", "\uFDFA", "☺️‍👩‍👩‍👧‍👧", "'", "\"", "\\", "%", "%00", "\u0001", "\u007F", "\u0085", "null", "{}", ",", ",,", "*", "--",
        new('校', 500), new('校', 501), new('a', 500), new('a', 501), new('\uFDFA', 500), string.Concat(Enumerable.Repeat("𠀀", 250)), new('a', 7_000),
        "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
    ];

    /// <summary>Percent-encoded as no text is: U+0000, half a surrogate pair, an overlong zero, a torn escape.</summary>
    private static readonly string[] Raw = ["%00", "%ED%A0%80", "%C0%80", "%", "%F4%90%80%80", "a%00b"];

    private static readonly string[] Dates =
    [
        "Mon, 01 Jan 0001 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "Tue, 02 Jan 1900 00:00:00 GMT", "Mon, 01 Jan 1900 15:59:59 GMT", "Mon, 01 Jan 1900 16:00:00 GMT",
        "Tue, 30 Dec 2200 15:59:59 GMT", "Tue, 30 Dec 2200 16:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "Tue, 19 Jan 2038 03:14:08 GMT", "",
    ];

    private static readonly Dictionary<string, string[]> Headers = new()
    {
        ["Accept-Datetime"] = Dates, ["If-Modified-Since"] = Dates, ["If-None-Match"] = ["*", "\"\"", "\"9223372036854775808\"", "W/\"1\"", "\"", new('"', 200)],
        ["Accept-Language"] = ["", "*", "en;q=9", "zh-", new('a', 2_000)], ["Accept-Encoding"] = ["", "*;q=0", "identity;q=0"], ["Range"] = ["bytes=9223372036854775807-", "bytes=-1"], ["Accept"] = ["", "*/*;q=0", "x"],
        ["traceparent"] = ["00-00000000000000000000000000000000-0000000000000000-00", "ff-" + new string('f', 49)],
    };

    private static readonly Dictionary<string, string[]> WriteHeaders = new()
    {
        ["If-Match"] = ["*", "\"0\"", "\"9223372036854775807\"", "\"9223372036854775808\"", "\"-1\"", "\"1.9223372036854775808\"", "\"\""],
        ["Idempotency-Key"] = ["", "\"\"", new('k', 255), new('k', 256), "\"" + new string('k', 255) + "\""],
    };

    private readonly List<string> wrong = [];
    private int asked;

    [Fact]
    public async Task every_parameter_of_every_route_has_an_answer_at_its_edges()
    {
        app.Clock.Set(Scene.Now);
        foreach (var route in Routes.All.Where(route => route.Method is "GET" && route != Routes.StreamChanges))
        {
            foreach (var parameter in Parameters(route))
            {
                var name = (string)parameter["name"]!;
                foreach (var value in Values(OpenApiContract.OfThisVersion.Resolve(parameter["schema"])!.AsObject()).Select(Uri.EscapeDataString).Concat(Raw).Distinct())
                {
                    if ((string)parameter["in"]! is "query") await Ask(route, scene.Path(route) + With(route.Query, name, value));
                    else if ((string)parameter["in"]! is "path" && value.Length > 0) await Ask(route, "/" + scene.Fill(route.Template.Replace($"{{{name}}}", value, StringComparison.Ordinal), route.At) + route.Query);
                }
            }

            foreach (var (name, values) in Headers)
                foreach (var value in values) await Ask(route, scene.Path(route) + route.Query, (name, value));
        }

        Assert.True(asked > 3_000, $"only {asked} were asked");
        Assert.True(wrong.Count is 0, string.Join(Environment.NewLine, wrong.Take(40)));
    }

    /// <summary>The stream never ends; what it refuses does.</summary>
    [Fact]
    public async Task the_stream_refuses_what_is_beyond_its_edges()
    {
        foreach (var after in (string[])["-1", "1000000000000000000", "9223372036854775807", "9223372036854775808", "x"])
            (await app.Client(role: null).Get($"/v1/changes/stream?after={after}")).Refused(HttpStatusCode.BadRequest, "validation");
        foreach (var last in (string[])["-1", "1000000000000000000", "9223372036854775807", "9223372036854775808", "x"])
            (await app.Client(role: null).Get("/v1/changes/stream", ("Last-Event-ID", last))).Refused(HttpStatusCode.BadRequest, "validation");
    }

    [Fact]
    public async Task every_value_of_every_body_has_an_answer_at_its_edges()
    {
        app.Clock.Set(Scene.Now);
        foreach (var route in Routes.Writes.Concat(Routes.Questions).Concat(Routes.ForOperators))
        {
            foreach (var (pointer, node) in Leaves(JsonNode.Parse(route.Body!)!, ""))
                foreach (var value in Values(node)) await Send(route, route.Body!.Set(pointer, value?.DeepClone()));
            foreach (var (name, values) in WriteHeaders)
                foreach (var value in values) await Send(route, route.Body!, (name, value));
        }

        Assert.True(asked > 5_000, $"only {asked} were sent");
        Assert.True(wrong.Count is 0, string.Join(Environment.NewLine, wrong.Take(40)));
    }

    /// <summary>What a token says of its bearer is recorded with every event.</summary>
    [Fact]
    public async Task every_claim_has_an_answer_at_its_edges()
    {
        app.Clock.Set(Scene.Now);
        var random = new Random(7);
        var noise = new string([.. Enumerable.Range(0, 8_000).Select(_ => (char)random.Next('a', 'z' + 1))]);
        string[] values = ["", " ", "a\0b", "\0", "a\u0001b", "\uFFFE", "\u202E校", "𠀀", noise[..255], noise[..256], noise, "*", "420000", "null"];
        var rights = new Dictionary<string, object>
        {
            ["sub"] = "someone", ["role"] = "publisher", ["centre"] = LocalKey.CentreCode, ["centre_name"] = LocalKey.CentreName, ["region"] = "*",
        };
        var statuses = new HashSet<HttpStatusCode>();
        foreach (var claim in rights.Keys.ToList())
        {
            foreach (var value in values.Cast<object>().Append(1L).Append(true).Append(new[] { "publisher", "a\0b" }).Append(Enumerable.Range(0, 60).Select(i => $"role-{i}").ToArray()))
            {
                var client = new Client(app.Address, Token(new(rights) { [claim] = value }));
                foreach (var answer in (Answer[])[await client.PostText("/v1/procedures", Posted()), await client.Get(scene.Path(Routes.GetAudit, Scene.Announced)), await client.Get(scene.Path(Routes.GetNotice, Scene.Hidden))])
                {
                    statuses.Add(answer.Status);
                    Judge(answer, $"{claim}: {value}");
                }
            }
        }

        Assert.Contains(HttpStatusCode.Created, statuses);
        Assert.Contains(HttpStatusCode.Unauthorized, statuses);
        Assert.True(wrong.Count is 0, string.Join(Environment.NewLine, wrong.Take(40)));
    }

    private static string Posted() => Routes.Engineering("001");

    private string Token(Dictionary<string, object> claims) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = LocalKey.Issuer, Audience = LocalKey.Audience, Claims = claims, Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
        SigningCredentials = new SigningCredentials(app.Key.SigningKey, SecurityAlgorithms.HmacSha256),
    });

    private async Task Ask(Route route, string path, params (string, string)[] headers)
    {
        if (path.Length > 8_000) return;   // the server says so before an operation is reached
        var answer = await app.Client(route.Role is "publisher" ? "supervisor" : route.Role, held: false).Get(path, headers);
        if (path.Split('?')[0].Contains("%00", StringComparison.Ordinal)) Assert.Equal((HttpStatusCode.BadRequest, ""), (answer.Status, answer.Body));   // Kestrel's own answer
        else Judge(answer, $"{path} {string.Join(' ', headers)}");
    }

    private async Task Send(Route route, string body, params (string, string)[] headers)
    {
        using var content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(scene.Fill(body, route.At)));
        content.Headers.TryAddWithoutValidation("Content-Type", route.ContentType);
        Judge(
            await app.Client(route.Role, held: false).Send(HttpMethod.Post, scene.Path(route) + (Routes.Questions.Contains(route) ? "" : "?dryRun=true"), content, headers),
            $"{route} {string.Join(' ', headers)} {(body.Length > 2_000 ? body[..2_000] : body)}");
    }

    private void Judge(Answer answer, string told)
    {
        asked++;
        if ((int)answer.Status >= 500) wrong.Add($"{(int)answer.Status} {told}: {answer.Body}");
        else if ((int)answer.Status >= 400) ProblemForm.Assert(answer, english: answer.Headers.GetValueOrDefault("Content-Language") is "en", told: told);
    }

    private static string With(string query, string name, string value)
    {
        var others = query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(pair => !pair.StartsWith(name + "=", StringComparison.Ordinal));
        return "?" + string.Join('&', others.Append($"{name}={value}"));
    }

    private static IEnumerable<JsonObject> Parameters(Route route)
    {
        var operation = OpenApiContract.OfThisVersion.Operations.FirstOrDefault(o => o.Method == route.Method && Route.Plain(o.Path) == Route.Plain(route.Template));
        return operation.Operation?["parameters"]?.AsArray().Select(parameter => OpenApiContract.OfThisVersion.Resolve(parameter)!.AsObject()) ?? [];
    }

    private static IEnumerable<string> Values(JsonObject schema)
    {
        foreach (var number in (string[])["minimum", "maximum"])
            if (schema[number] is { } bound && decimal.Parse(bound.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture) is var edge)
                foreach (var beside in (decimal[])[edge - 1, edge, edge + 1]) yield return beside.ToString(CultureInfo.InvariantCulture);
        foreach (var length in (string[])["minLength", "maxLength"])
            if ((int?)schema[length] is { } bound)
                for (var n = Math.Max(0, bound - 1); n <= bound + 1; n++) yield return new string('校', n);
        foreach (var value in (schema["enum"] ?? schema["items"]?["enum"])?.AsArray() ?? []) yield return value!.ToString();
        foreach (var value in Days.Concat(Times).Concat(Numbers).Concat(Texts)) yield return value;
    }

    private static IEnumerable<(string Pointer, JsonNode? Node)> Leaves(JsonNode? node, string pointer) => node switch
    {
        JsonObject members => members.SelectMany(member => Leaves(member.Value, $"{pointer}/{member.Key}")),
        JsonArray items => items.Take(1).SelectMany((item, i) => Leaves(item, $"{pointer}/{i}")),
        _ => [(pointer, node)],
    };

    /// <summary>Of the kind of the value that is there: a day or time, a number, or text.</summary>
    private static IEnumerable<JsonNode?> Values(JsonNode? node)
    {
        var text = node?.GetValueKind() is System.Text.Json.JsonValueKind.String ? (string)node! : null;
        if (text is null) return Numbers.Where(number => IsJson().IsMatch(number)).Select(number => JsonNode.Parse(number));
        return (text switch
        {
            _ when TimeOrDay().IsMatch(text) => Days.Concat(Times),
            _ when decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _) => Numbers,
            _ => Texts.Concat([new('校', 300), new('校', 301), new('校', 600), new('校', 601), new('\uFDFA', 600), new('校', 1_001), "2026-13", "9999-12", "0000-01"]),
        }).Select(value => (JsonNode?)value);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d(T.*)?\z")]
    private static partial Regex TimeOrDay();

    [GeneratedRegex(@"^-?(0|[1-9]\d*)(\.\d+)?(e\d+)?\z")]
    private static partial Regex IsJson();
}
