using System.Net;
using System.Text.Json.Nodes;
using Trading.Law;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Read.Rules;

[Collection(TradingApp.Collection)]
public sealed class FindRulesTests(TradingApp app)
{
    private readonly Client anyone = app.Client(role: null);

    [Fact]
    public async Task lists_every_rule_in_force_today()
    {
        app.Clock.Set("2026-06-01T09:00:00+08:00");

        Assert.Equal(
            Lawbook.Embedded.Provisions.Where(p => p.IsInForce(new DateOnly(2026, 6, 1))).Select(p => p.Id).Order(StringComparer.Ordinal), Ids(await Rules("")));
    }

    [Theory]
    [InlineData("asOf=1999-12-31", "R-A-01", "R-T-03")]
    [InlineData("asOf=2000-01-01", "R-T-03", "R-L-01")]
    [InlineData("asOf=2025-02-17", "R-P-13", null)]
    [InlineData("asOf=2025-02-18", "R-P-12", "R-P-13")]
    [InlineData("category=procurement", "R-G-02", "R-T-03")]
    [InlineData("category=procurement,land", "R-L-01", "R-T-03")]
    [InlineData("category=engineering", "R-A-01", "R-G-02")]
    [InlineData("stage=complaining", "R-T-18", "R-T-03")]
    [InlineData("severity=E", "R-T-03", "R-T-08")]
    [InlineData("severity=W,I", "R-T-08", "R-T-03")]
    [InlineData("jurisdiction=420502", "R-T-03", null)]
    public async Task filters(string query, string holds, string? holdsNot)
    {
        app.Clock.Set("2026-06-01T09:00:00+08:00");
        var ids = Ids(await Rules(query)).ToList();

        Assert.Contains(holds, ids);
        Assert.DoesNotContain(holdsNot, ids);
    }

    [Fact]
    public async Task tells_all_of_a_rule()
    {
        var rule = (await anyone.Get("/v1/rules/R-T-01")).Expect(HttpStatusCode.OK).Json["versions"]!.AsArray().Single()!;

        Assert.Equal(
            ("minimum", "documents-from", "documents-until", 5, "calendar-day", true, "*", "E", "checked", "cn-engineering"),
            ((string?)rule["computation"], (string?)rule["from"]!["anchor"], (string?)rule["to"]!["anchor"], (int?)rule["value"], (string?)rule["unit"],
                (bool)rule["startDayDisputed"]!, (string?)rule["jurisdiction"], (string?)rule["severity"], (string?)rule["provenance"], (string?)rule["pack"]!["id"]));
        Assert.Equal(("招标投标法实施条例 第十六条", "招标文件的发售期不得少于5日。"), ((string?)rule["citation"], (string?)rule["explanation"]!["zh"]));
    }

    [Theory]
    [InlineData("R-T-99")]
    [InlineData("r-t-01")]
    public async Task knows_no_other_rule(string id) => (await anyone.Get($"/v1/rules/{id}")).Refused(HttpStatusCode.NotFound, "not-found");

    private async Task<JsonArray> Rules(string query) => (await anyone.Get("/v1/rules?" + query)).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();

    private static IEnumerable<string> Ids(JsonArray items) => items.Select(item => (string)item!["ruleId"]!);
}
