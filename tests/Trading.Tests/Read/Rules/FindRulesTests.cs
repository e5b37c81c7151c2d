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
            Lawbook.Embedded.Provisions.Where(p => p.Scope.IsInForce(new DateOnly(2026, 6, 1))).Select(p => p.Id).Order(StringComparer.Ordinal), Ids(await Rules("")));
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

    [Theory]
    [InlineData("", "C-T-06-07", null)]
    [InlineData("category=engineering", "C-A-46-03", "C-G-13-09")]
    [InlineData("stage=evaluating", "C-T-06-07", "C-T-05-09")]
    [InlineData("severity=E", "C-L-09-02", "C-L-09-03")]
    [InlineData("asOf=2017-12-31", "C-G-13-09", "C-T-06-07")]
    [InlineData("asOf=2018-01-01&jurisdiction=420502", "C-T-06-07", "C-G-10-01")]
    public async Task lists_and_filters_what_notices_must_say(string query, string holds, string? holdsNot)
    {
        app.Clock.Set("2026-06-01T09:00:00+08:00");
        var ids = Ids((await anyone.Get("/v1/rules?" + query)).Expect(HttpStatusCode.OK).Json["contents"]!.AsArray()).ToList();

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Contains(holds, ids);
        Assert.DoesNotContain(holdsNot, ids);
    }

    [Fact]
    public async Task tells_all_of_a_rule_of_contents()
    {
        var rule = (await anyone.Get("/v1/rules/C-T-06-05")).Expect(HttpStatusCode.OK).Json;

        Assert.Empty(rule["versions"]!.AsArray());
        var version = rule["contents"]!.AsArray().Single()!;
        Assert.Equal(
            ("evaluating", "/lots/*/candidates/*/projectLeader", true, "2018-01-01", "W", "unchecked", "cn-engineering"),
            ((string?)version["stage"], (string?)version["when"], (bool)version["statutory"]!, (string?)version["validFrom"], (string?)version["severity"],
                (string?)version["provenance"], (string?)version["pack"]!["id"]));
        Assert.Equal(("candidates-publicised", "/lots/*/candidates/*/projectLeader/certificate"), ((string?)version["notices"]!.AsArray().Single(), (string?)version["items"]!.AsArray().Single()));
        Assert.Equal(("招标公告和公示信息发布管理办法 第六条", "项目负责人的证书名称和编号"), ((string?)version["citation"], (string?)version["name"]!["zh"]));
    }

    private async Task<JsonArray> Rules(string query) => (await anyone.Get("/v1/rules?" + query)).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();

    private static IEnumerable<string> Ids(JsonArray items) => items.Select(item => (string)item!["ruleId"]!);
}
