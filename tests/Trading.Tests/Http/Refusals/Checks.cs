using System.Text.Json.Nodes;
using static System.Net.HttpStatusCode;

namespace Trading.Tests.Http.Refusals;

/// <summary>Checks that cannot be made: no registration, too many postings, a clock that goes back.</summary>
internal static class Checks
{
    public static IEnumerable<Refusal> Cases =>
    [
        Of("/registration", "null", "/registration"), Of("/registration", "{}", "/registration/category", "required"), Of("/registration", "[]", "/registration", "type"),
        Of("/registration/title", "\" \"", "/registration/title", "not-empty"), Of("/registration/regionCode", "\"999999\"", "/registration/regionCode", "region-code.unknown"),
        Of("/registration/lots/0/title", "\"\"", "/registration/lots/0/title", "not-empty"), Of("/registration/lots", "[null]", "/registration/lots/0", "null"),
        new(Routes.Check, "a member of the registration twice", BadRequest, "validation")
        {
            Body = Routes.Check.Body!.Replace("\"category\"", "\"category\":\"land\",\"category\"", StringComparison.Ordinal), Error = "duplicate-member",
        },
        new(Routes.Check, "a member of a body twice", BadRequest, "validation")
        {
            Body = Routes.Check.Body!.Replace("\"documents\"", "\"title\":\"a\",\"title\":\"b\",\"documents\"", StringComparison.Ordinal), Error = "duplicate-member",
        },
        new(Routes.Check, "no registration", BadRequest, "validation") { Body = Routes.Check.Without("/registration"), Error = "required", Pointer = "/registration" },
        Of("/registration/html", $"\"{new string('a', 200_001)}\"", "/registration/html", "html-length"),
        Of("/registration/html", $"\"{string.Concat(Enumerable.Repeat("<div>", 300))}\"", "/registration/html", "html-depth"),
        new(Routes.Check, "no postings", BadRequest, "validation") { Body = Routes.Check.Without("/postings"), Error = "required", Pointer = "/postings" },
        Of("/postings", "null", "/postings"), Of("/postings/0", "null", "/postings/0", "null"), Of("/postings/0", "{}", "/postings/0/to", "required"),
        Of("/postings", $"[{string.Join(',', Enumerable.Repeat("""{"to":"plan","body":{}}""", 51))}]", "/postings", "too-many"),
        Of("/postings/0/to", "\"\"", "/postings/0/to", "not-empty"), Of("/postings/0/to", $"\"{new string('a', 201)}\"", "/postings/0/to", "maximum-length"),
        Of("/postings/1/at", "\"tomorrow\"", "/postings/1/at", "time.form"), Of("/postings/1/at", "\"1999-12-31T09:00:00+08:00\"", "/postings/1/at", "greater-than-or-equal"),
        Of("/postings/1/at", "\"2026-05-31T09:00:00+08:00\"", "/postings/1/at", "clock-back"), Of("/postings/0/surprise", "1", "/postings/0/surprise", "unknown-member"),
    ];

    private static Refusal Of(string pointer, string value, string where, string? error = null) =>
        new(Routes.Check, $"{(value.Length > 60 ? value[..60] : value)} in {pointer}", BadRequest, "validation")
        {
            Body = Routes.Check.Set(pointer, JsonNode.Parse(value)), Error = error, Pointer = where,
        };
}
