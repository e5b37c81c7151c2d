using System.Text.Json.Nodes;
using static System.Net.HttpStatusCode;

namespace Trading.Tests.Http.Refusals;

/// <summary>Rule packs and calendars that are none: each fault is told where it stands.</summary>
internal static class Packs
{
    public static IEnumerable<Refusal> Cases =>
    [
        Form("/packs", "null", "/packs"), Form("/packs", "{}", "/packs"), Form("/packs/0/rules", "[null]", "/packs/0/rules/0", "null"), Form("/packs/0/rules/0", "{}", "/packs/0/rules/0/id", "required"),
        Form("/packs/0/rules/0/stage", "\"opened\"", "/packs/0/rules/0/stage"), Form("/packs/0/rules/0/unit", "\"week\"", "/packs/0/rules/0/unit"),
        Form("/packs/0/rules/0/jurisdiction", "\"4\"", "/packs/0/rules/0/jurisdiction", "region-prefix.form"), Form("/packs/0/title", "\"x\"", "/packs/0/title"),
        Form("/packs/0/rules/0/validFrom", "\"2027-02-30\"", "/packs/0/rules/0/validFrom"), Form("/calendars/0", "7", "/calendars/0"),
        Form("/packs", $"[{string.Join(',', Enumerable.Repeat("""{"id":"a","version":"1","title":{"zh":"甲","en":"a"},"anchors":{},"rules":[]}""", 21))}]", "/packs", "too-many"),

        Fault("/packs/0/id", "\"Yichang\"", "/packs/0"), Fault("/packs/0/version", "\"一\"", "/packs/0"), Fault("/packs/0/rules/0/id", "\"r 3\"", "/packs/0"),
        Fault("/packs/0/rules/0/value", "0", "/packs/0"), Fault("/packs/0/rules/0/from", "\"nowhere\"", "/packs/0"), Fault("/packs/0/rules/0/severity", "\"X\"", "/packs/0"),
        Fault("/packs/0/rules/0/citation", "\"Article 1\"", "/packs/0"), Fault("/packs/0/rules/0/value", "null", "/packs/0"),
        Fault("/packs/0/anchors", """{"documents-from":{"zh":"另一说法","en":"other words"}}""", "/packs/0"),
        Fault("/packs/0/rules/0/jurisdiction", "null", "/packs/0"),
        Fault("/calendars/0", "\"2027\"", "/calendars/0"), Fault("/calendars/0", "\"year,off,on,unknown\\n2027,01-04,01-04,\\n\"", "/calendars/0"),
    ];

    private static Refusal Form(string pointer, string value, string where, string? error = null) =>
        new(Routes.Replay, $"{(value.Length > 60 ? value[..60] : value)} in {pointer}", BadRequest, "validation") { Body = Body(pointer, value), Error = error, Pointer = where };

    private static Refusal Fault(string pointer, string value, string where) => Form(pointer, value, where, "pack.fault");

    private static string Body(string pointer, string value) => Routes.Replay.Set(pointer, JsonNode.Parse(value));
}
