using System.Net;
using static System.Net.HttpStatusCode;

namespace Trading.Tests.Http.Refusals;

/// <summary>Headers and methods the service does not take.</summary>
internal static class Headers
{
    private static readonly string[] Methods = ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"];

    public static IEnumerable<Refusal> Cases =>
    [
        .. Routes.Postings.SelectMany(EveryPosting),
        .. Routes.All.Except([Routes.Hidden]).DistinctBy(route => route.Template).SelectMany(EveryRoute),
        .. Routes.Steps.Select(route => new Refusal(route, "If-Match of another version", PreconditionFailed, "stale-version") { Headers = [("If-Match", "\"99\"")] }),
        .. Routes.Writes.Append(Routes.Replay).SelectMany(Unauthenticated),
        .. Routes.Reads.Except([Routes.Live, Routes.Ready, Routes.Reading]).Append(Routes.Register).Select(route =>
            new Refusal(route, "headers of 33 KB", RequestHeaderFieldsTooLarge, "headers-too-large") { Headers = [("X-Long", new string('a', 33_000))] }),
    ];

    private static IEnumerable<Refusal> EveryPosting(Route route) =>
    [
        Key(route, "none", ""), Key(route, "empty", "\"\""), Key(route, "with a space", "\"a b\""), Key(route, "of 256 characters", new string('a', 256)),
        Key(route, "with a backslash", "\"a\\b\""), Key(route, "half quoted", "\"a"),
        Match(route, "bare", "3"), Match(route, "weak", "W/\"3\""), Match(route, "no number", "\"abc\""), Match(route, "negative", "\"-1\""),
        Match(route, "two", "\"3\", \"4\""), Match(route, "too large", "\"99999999999999999999\""), Match(route, "with a sign", "\"+3\""),
    ];

    private static IEnumerable<Refusal> EveryRoute(Route route)
    {
        var other = route.Method is "GET" ? "POST" : "GET";
        var both = route == Routes.Check || Routes.All.Any(same => same.Template == route.Template && same.Method == other);   // asked by GET, it is a rule's
        return Methods.Concat(both ? [] : [other]).Select(method => new Refusal(route, "not this method", MethodNotAllowed, "method-not-allowed")
        {
            Method = method, Role = "publisher", Body = method is "TRACE" or "GET" ? null : "{}", Query = "",
        });
    }

    private static IEnumerable<Refusal> Unauthenticated(Route route) => new[]
    {
        "Bearer", "Bearer ", "Bearer x", "Bearer x.y.z", "Basic cHVibGlzaGVyOnB1Ymxpc2hlcg==", "bearer null",
    }.Select(value => new Refusal(route, "Authorization: " + value, HttpStatusCode.Unauthorized, "unauthenticated") { Role = null, Headers = [("Authorization", value)] });

    private static Refusal Key(Route route, string title, string value) =>
        new(route, "an idempotency key: " + title, BadRequest, "idempotency-key-missing") { Headers = [("Idempotency-Key", value)] };

    private static Refusal Match(Route route, string title, string value) =>
        new(route, "If-Match: " + title, BadRequest, "validation") { Headers = [("If-Match", value)], Error = "if-match.form", Pointer = "If-Match" };
}
