using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Trading.Ops;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;

namespace Trading.Tests.Fuzz;

/// <summary>A request that would be answered, changed in one to three places. The seed and its number make it what it is.</summary>
internal sealed class Mutant
{
    private static readonly Route[] routes = [.. Routes.All];

    private static readonly string[] methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY", "get"];

    private static readonly string[] text =
    [
        "", " ", "0", "-1", "1", "2147483648", "9223372036854775807", "9223372036854775808", "18446744073709551616", "1e5", "0x10", "٣", "null", "true", "NaN",
        "0001-01-01", "9999-12-31", "2026-02-29", "2026-13-01", "1900-01-01T00:00:00+08:00", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00",
        "Fri, 31 Dec 9999 23:59:59 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "W/\"1\"", "\"1\"", "\"\"", "*", "a,b", ",,,", ";q=0.5", "%00", "%", "%ff%fe", "..", "../..", "%2e%2e%2f", "//", "\\", "'", "\"",
        "${jndi:ldap://x}", "{{7*7}}", "' or 1=1 --", "<b>", "工程", "😀", "\u202e", "é", "ａｂｃ", "42", "420500", "4205000", "*", "-publishedAt", "amount", "engineering", "land,mineral", "category", "month",
        "01900000-0000-7000-8000-000000000001", "01900000-0000-7000-8000-0000000000ff", "ocds-000000-x", "91420500MA4AAAA17B", "application/json", "text/html", "multipart/form-data; boundary=x",
        "gzip", "br;q=0", "identity;q=0, *;q=0", "zh-CN", "en", "bytes=0-1", "100-continue", "close, TE", "chunked",
    ];

    private static readonly string[] parameters =
    [
        "after", "limit", "wait", "type", "category", "region", "cursor", "sort", "q", "centre", "initiator", "agency", "supplier", "publishedFrom", "publishedTo", "deadlineFrom", "deadlineTo",
        "amountFrom", "amountTo", "stage", "status", "lotStatus", "method", "procedure", "asOf", "by", "facets", "highlight", "dryRun", "severity", "state", "on", "unknown", "__proto__", "limit[]",
    ];

    private static readonly string[] headers =
    [
        "Accept", "Accept-Charset", "Accept-Datetime", "Accept-Encoding", "Accept-Language", "Content-Language", "Cookie", "Expect", "Forwarded", "From", "Host", "Idempotency-Key", "If-Match",
        "If-Modified-Since", "If-None-Match", "If-Range", "Last-Event-ID", "Origin", "Access-Control-Request-Method", "Prefer", "Range", "Referer", "TE", "Traceparent", "Tracestate", "Upgrade",
        "User-Agent", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-HTTP-Method-Override", "X-Correlation-Id",
    ];

    private static readonly string[] claims = ["sub", "role", "region", "centre", "centre_name", "iss", "aud", "exp", "nbf", "typ", "scope"];

    private readonly Random chance;
    private readonly Dictionary<string, string> added = [];
    private readonly Dictionary<string, object> token;
    private string method;
    private string path;
    private string query;
    private string? contentType;
    private byte[]? body;
    private string? authorization;
    private bool mutatesToken;

    public Mutant(int seed, long number, Scene scene)
    {
        chance = Chance.Of(seed, number);
        var route = routes[chance.Next(routes.Length)];
        (method, path, query, contentType) = (route.Method, scene.Path(route, route.At), route.Query, route.Body is null ? null : route.ContentType);
        if (method is "POST") query += (query is "" ? "?" : "&") + "dryRun=true";
        body = route.Body is null ? null : Encoding.UTF8.GetBytes(scene.Fill(route.Body, route.At));
        Route = route;
        token = new() { ["sub"] = "fuzz", ["role"] = route.Role ?? "publisher", ["region"] = "*", ["centre"] = LocalKey.CentreCode, ["centre_name"] = LocalKey.CentreName };
        if (method is "POST") added["Idempotency-Key"] = $"fuzz-{seed}-{number}";
        for (var times = chance.Next(1, 4); times > 0; times--) Mutate(scene, route);
    }

    public Route Route { get; }

    public bool IsHead => method is "HEAD";

    public override string ToString() =>
        $"{method} {path}{query} {string.Join(' ', added.Select(h => $"[{h.Key}: {h.Value}]"))}{(mutatesToken ? $" token {JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(token))}" : "")}"
        + $"{(body is null ? "" : $" {contentType} {Convert.ToBase64String(body)[..Math.Min(400, Convert.ToBase64String(body).Length)]}")}";

    public HttpRequestMessage Request(Uri service, LocalKey key)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), $"{service.GetLeftPart(UriPartial.Authority)}{path}{query}");
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            if (contentType is { Length: > 0 }) request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        foreach (var (name, value) in added)
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content?.Headers.TryAddWithoutValidation(name, value);
        if (Route.Role is not null || mutatesToken) request.Headers.TryAddWithoutValidation("Authorization", authorization ?? $"Bearer {Token(key)}");
        return request;
    }

    private void Mutate(Scene scene, Route route)
    {
        switch (chance.Next(body is null ? 12 : 20))
        {
            case 0: method = methods[chance.Next(methods.Length)]; break;
            case 1 or 2: path = OtherPath(); break;
            case 3 or 4 or 5 or 6: query = OtherQuery(); break;
            case 7 or 8 or 9: added[headers[chance.Next(headers.Length)]] = Text(); break;
            case 10 or 11: OtherToken(); break;
            case 12: contentType = chance.Next(3) is 0 ? null : Text(); break;
            case 13: body = chance.Next(3) is 0 ? [] : body![..chance.Next(body!.Length + 1)]; break;
            default: body = ChangedBody(scene.Fill(route.Body!, route.At)); break;
        }
    }

    private byte[] ChangedBody(string original)
    {
        try
        {
            return Changed.Body(original, chance);
        }
        catch (System.Text.Json.JsonException)
        {
            return Encoding.UTF8.GetBytes(original + original);   // of lines
        }
    }

    private string OtherPath()
    {
        var steps = path.Split('/');
        var at = chance.Next(1, steps.Length);
        steps[at] = chance.Next(6) switch
        {
            0 => steps[at].ToUpperInvariant(),
            1 => steps[at] + Escaped(Text()),
            2 => steps[at] + "/" + Escaped(Text()),
            3 => "",
            _ => Escaped(Text()),
        };
        return string.Join('/', steps) is ['/', ..] changed ? changed : "/";
    }

    private string OtherQuery()
    {
        var name = parameters[chance.Next(parameters.Length)];
        var value = chance.Next(8) is 0 ? "" : "=" + Escaped(Text());
        return chance.Next(10) is 0 ? $"?{name}{value}" : $"{query}{(query is "" ? "?" : "&")}{name}{value}";
    }

    private void OtherToken()
    {
        mutatesToken = true;
        var claim = claims[chance.Next(claims.Length)];
        switch (chance.Next(8))
        {
            case 0: token.Remove(claim); break;
            case 1: token[claim] = new[] { Text(), Text() }; break;
            case 2: token[claim] = chance.Next(2) is 0 ? -1 : long.MaxValue; break;
            case 3: token[claim] = new Dictionary<string, object> { ["a"] = Text() }; break;
            case 4: authorization = "Bearer " + Text(); break;
            case 5: authorization = Text(); break;
            case 6: token[claim] = "a\0b"; break;
            default: token[claim] = Text(); break;
        }
    }

    private string Token(LocalKey key)
    {
        var payload = new Dictionary<string, object>
        {
            ["iss"] = LocalKey.Issuer, ["aud"] = LocalKey.Audience, ["exp"] = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds(),
        };
        foreach (var (name, value) in token) payload[name] = value;
        var signed = new JsonWebTokenHandler().CreateToken(
            System.Text.Json.JsonSerializer.Serialize(payload), new SigningCredentials(key.SigningKey, SecurityAlgorithms.HmacSha256));
        return chance.Next(40) is 0 ? signed[..^4] : signed;
    }

    private string Text() => text[chance.Next(text.Length)];

    private string Escaped(string value) => value.StartsWith('%') || chance.Next(12) is 0 ? value.Replace(" ", "+", StringComparison.Ordinal) : Uri.EscapeDataString(value);
}
