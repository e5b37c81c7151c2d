using System.Text;
using static System.Net.HttpStatusCode;

namespace Trading.Tests.Http.Refusals;

/// <summary>What is not JSON, or not the JSON of the contract: the same on every address that takes a posting.</summary>
internal static class Malformed
{
    public static IEnumerable<Refusal> Cases =>
    [
        .. Routes.Postings.Concat(Routes.ForOperators).Concat(Routes.Questions).SelectMany(EveryBody),
        .. Routes.Postings.Concat(Routes.ForOperators).SelectMany(EveryPosting),
        new(Routes.Legacy, "not JSON lines but JSON", UnsupportedMediaType, "unsupported-media-type") { ContentType = "application/json" },
        new(Routes.Legacy, "a coding on top", UnsupportedMediaType, "unsupported-media-type") { Headers = [Gzip] },
        new(Routes.Legacy, "no content type", UnsupportedMediaType, "unsupported-media-type") { ContentType = "" },
        new(Routes.Legacy, "dryRun neither true nor false", BadRequest, "validation") { Query = "?dryRun=maybe", Error = "parameter.form" },
    ];

    public static readonly (string, string) Gzip = ("Content-Encoding", "gzip");

    /// <summary>What no body may be, whatever members it has.</summary>
    private static IEnumerable<Refusal> EveryBody(Route route) =>
    [
        Broken(route, "not JSON", "title=x"),
        Broken(route, "nothing", ""),
        Broken(route, "cut short", route.Body![..^1]),
        Broken(route, "trailing garbage", route.Body + " x"),
        Broken(route, "two documents", route.Body + route.Body),
        Broken(route, "a trailing comma", route.Body!.TrimEnd()[..^1] + ",}"),
        Broken(route, "a comment", "/* */" + route.Body),
        Broken(route, "single quotes", route.Body!.Replace('"', '\'')),
        Broken(route, "UTF-16 that says it is UTF-8", route.Body!) with { Encode = Encoding.Unicode.GetBytes },
        Broken(route, "a byte order mark", route.Body!) with { Encode = body => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(body)] },
        Wrong(route, "null", "null"),
        Wrong(route, "an array", "[]"),
        Wrong(route, "a text", "\"x\""),
        Wrong(route, "a number", "7"),
        Wrong(route, "an unknown member", route.Begin("\"surprise\":1")) with { Error = "unknown-member", Pointer = "/surprise" },
        Wrong(route, "an unknown member at the end", route.Body!.TrimEnd()[..^1] + ",\"a.b/c~d\":1}") with { Error = "unknown-member", Pointer = "/a.b~1c~0d" },
        Wrong(route, "half a surrogate pair in a member's name", route.Begin("\"a\\ud800\":1")),
        Unsupported(route, "a form", "application/x-www-form-urlencoded"),
        Unsupported(route, "text", "text/plain"),
        Unsupported(route, "another charset", "application/json; charset=gbk"),
        Unsupported(route, "no content type", ""),
        Unsupported(route, "a content type that is none", "json"),
        Unsupported(route, "a coding on top", "application/json") with { Headers = [Gzip] },
    ];

    private static IEnumerable<Refusal> EveryPosting(Route route) =>
    [
        Broken(route, "not a number", route.Begin("\"title\":NaN")),
        Broken(route, "nested deeper than 32", route.Begin($"\"title\":{new string('[', 40)}{new string(']', 40)}")),
        Broken(route, "a raw control character in text", route.Begin("\"title\":\"a\u0001b\"")),
        Broken(route, "invalid UTF-8", route.Begin("\"title\":\"§\"")) with { Encode = Latin },
        Wrong(route, "a member in other case", route.Begin("\"TITLE\":\"x\"")) with { Error = "unknown-member", Pointer = "/TITLE" },
        Wrong(route, "a member twice", route.Begin("\"text\":\"a\",\"text\":\"b\"")) with { Error = "duplicate-member", Pointer = "/text" },
        Wrong(route, "a number for a text", route.Begin("\"text\":1")) with { Error = "type", Pointer = "/text" },
        Wrong(route, "an object for a list", route.Begin("\"media\":{}")) with { Error = "type", Pointer = "/media" },
        Wrong(route, "a null in a list", route.Begin("\"media\":[\"a\",null]")) with { Error = "null", Pointer = "/media/1" },
        Wrong(route, "U+0000 in text", route.Begin("\"text\":\"a\\u0000b\"")) with { Error = "text.control-character", Pointer = "/text" },
        Wrong(route, "half a surrogate pair in text", route.Begin("\"text\":\"a\\ud800b\"")) with { Pointer = "/text" },
        Wrong(route, "half a surrogate pair before a null in a list", route.Begin("\"text\":\"\\udc00\",\"media\":[null]")),
        Wrong(route, "text and html", route.Begin("\"text\":\"a\",\"html\":\"<p>a</p>\"")) with { Error = "text-or-html", Pointer = "/html" },
        Wrong(route, "a source that is no web address", route.Begin("\"sourceUrl\":\"javascript:alert(1)\"")) with { Error = "web-address", Pointer = "/sourceUrl" },
    ];

    private static Refusal Broken(Route route, string title, string body) => new(route, title, BadRequest, "malformed") { Body = body };

    private static Refusal Wrong(Route route, string title, string body) => new(route, title, BadRequest, "validation") { Body = body };

    private static Refusal Unsupported(Route route, string title, string contentType) =>
        new(route, "content type: " + title, UnsupportedMediaType, "unsupported-media-type") { ContentType = contentType };

    private static byte[] Latin(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var section = bytes.AsSpan().IndexOf("§"u8);
        return [.. bytes[..section], .. bytes[(section + 1)..]];
    }
}
