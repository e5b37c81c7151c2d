using System.Net;
using System.Text.Json.Nodes;
using Trading.Law;
using Trading.Ops;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Supervision.Auditing;

/// <summary>A supervisor reads the whole history; RefusalTests and AuthorizationTests say who does not.</summary>
[Collection(TradingApp.Collection)]
public sealed class GetAuditTests(TradingApp app)
{
    private const string Person = "张工";

    [Fact]
    public async Task tells_who_recorded_an_event_why_and_by_which_rules()
    {
        var procedure = await Register();
        await Announce(procedure, "active", ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
        await Feed.CaughtUp(app);

        var answer = (await Supervisor().Get(Audit(procedure))).Expect(HttpStatusCode.OK);
        var items = answer.Json["items"]!.AsArray();
        var announced = items[1]!;

        Assert.Equal([1, 2], items.Select(item => (int)item!["version"]!));
        Assert.Equal(("announcement-published", "招标公告"), ((string?)announced["type"], (string?)announced["kind"]));
        Assert.Equal(Scene.Now, (string?)announced["recordedAt"]);
        Assert.Equal("publisher", (string?)announced["by"]!["subject"]);
        Assert.Equal(LocalKey.CentreCode, (string?)announced["by"]!["organisation"]);
        Assert.Equal(["publisher"], announced["by"]!["roles"]!.AsArray().Select(role => (string)role!));
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", (string?)announced["cause"]!["correlationId"]);
        Assert.NotEmpty((string)announced["cause"]!["causationId"]!);
        Assert.Equal(["cn-auction@2026.2", "cn-disclosure@2026.1", "cn-engineering@2026.2"], announced["packs"]!.AsArray().Select(pack => (string)pack!));
        Assert.Equal(("active", "李审查", "passed"), ((string?)announced["disclosure"]!["attribute"],
            (string?)announced["disclosure"]!["secrecyReview"]!["reviewer"], (string?)announced["disclosure"]!["secrecyReview"]!["result"]));
        Assert.Equal((int)items[0]!["position"]! + 1, (int)announced["position"]!);
        (await Supervisor().Get((string)announced["links"]!["receipt"]!)).Expect(HttpStatusCode.OK);
        (await Supervisor().Get((string)announced["links"]!["notice"]!)).Expect(HttpStatusCode.OK);

        var kept = announced["verdicts"]!.AsArray().Single(verdict => (string?)verdict!["rule"] is "R-T-03")!;
        Assert.Equal(("compliant", "E", "001"), ((string?)kept["outcome"], (string?)kept["severity"], (string?)kept["facts"]!["lots"]));
        Assert.Equal(Lawbook.Embedded.Provisions.Single(p => p.Id is "R-T-03").Explanation.En, (string?)kept["explanation"]!["en"]);
    }

    [Fact]
    public async Task what_the_history_holds_back_is_there_with_what_it_changed()
    {
        var procedure = await Register();
        await Announce(procedure, "withheld");

        var hidden = (await app.Client().Get($"/v1/procedures/{procedure}/history")).Expect(HttpStatusCode.OK).Json["items"]![1]!;
        Assert.Null(hidden["changes"]);
        var told = (await Supervisor().Get(Audit(procedure))).Expect(HttpStatusCode.OK).Json["items"]![1]!;

        Assert.Equal("withheld", (string?)told["disclosure"]!["attribute"]);
        Assert.NotNull(told["title"]);
        Assert.Equal("第一开标室", (string?)told["data"]!["opening"]!["place"]);
        var changes = told["changes"]!.AsArray().ToDictionary(change => (string)change!["path"]!, change => change!["after"]?.ToString());
        Assert.Equal(("announced", "2026-07-01T09:00:00+08:00"), (changes["/lots/001/status"], changes["/lots/001/deadlines/submission"]));
    }

    [Fact]
    public async Task changes_are_those_of_the_history_where_nothing_is_held_back()
    {
        var procedure = await Register();
        await Announce(procedure, "active");

        var history = (await app.Client().Get($"/v1/procedures/{procedure}/history")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();
        var audit = (await Supervisor().Get(Audit(procedure))).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();

        Assert.NotEmpty(history[1]!["changes"]!.AsArray());
        Assert.Equal(history.Select(item => item!["changes"]!.ToJsonString()), audit.Select(item => item!["changes"]!.ToJsonString()));
    }

    [Fact]
    public async Task personal_data_is_shown_until_it_is_erased_and_leaves_its_digest()
    {
        var procedure = await Register();
        var notice = await Announce(procedure, "active");
        var before = (await Supervisor().Get(Audit(procedure))).Expect(HttpStatusCode.OK);
        Assert.Equal(Person, (string?)before.Json["items"]![1]!["data"]!["initiator"]!["contact"]!["name"]);
        Assert.DoesNotContain("_sd", before.Body, StringComparison.Ordinal);

        (await app.Client().PostText($"/v1/procedures/{procedure}/notices/{notice}/erasure", Routes.Erasure.Body!)).Expect(HttpStatusCode.Created);

        var after = (await Supervisor().Get(Audit(procedure), ("If-None-Match", before.ETag!))).Expect(HttpStatusCode.OK);
        var initiator = after.Json["items"]![1]!["data"]!["initiator"]!;
        Assert.Null(initiator["contact"]);
        var erased = after.Json["items"]![2]!["data"]!["members"]!.AsArray().Single(member => ((string)member!["pointer"]!).EndsWith("contact", StringComparison.Ordinal))!;
        Assert.Equal([(string)erased["digest"]!], initiator["_sd"]!.AsArray().Select(digest => (string)digest!));
        Assert.Null(after.Json["items"]![1]!["disclosure"]!["secrecyReview"]!["reviewer"]);
    }

    [Fact]
    public async Task is_not_sent_again_to_who_holds_it_and_kept_by_nobody_between()
    {
        var procedure = await Register();
        await Feed.CaughtUp(app);
        var first = (await Supervisor("4205").Get(Audit(procedure))).Expect(HttpStatusCode.OK);
        Assert.Contains("no-store", first.Headers["Cache-Control"], StringComparison.Ordinal);

        (await Supervisor("4205").Get(Audit(procedure), ("If-None-Match", first.ETag!))).Expect(HttpStatusCode.NotModified);
    }

    private Client Supervisor(string region = "*") => app.Client("supervisor", region: region);

    private static string Audit(string procedure) => $"/v1/supervision/procedures/{procedure}/audit";

    private async Task<string> Register()
    {
        app.Clock.Set(Scene.Now);
        return (string)(await app.Client().PostText("/v1/procedures", Routes.Register.Body!)).Expect(HttpStatusCode.Created).Json["procedureId"]!;
    }

    private async Task<string> Announce(string procedure, string attribute, params (string, string)[] headers)
    {
        var body = JsonNode.Parse(Routes.Announcement.Body!)!;
        body["disclosure"]!["attribute"] = attribute;
        return (string)(await app.Client().PostText($"/v1/procedures/{procedure}/announcement", body.ToJsonString(), headers)).Expect(HttpStatusCode.Created).Json["noticeId"]!;
    }
}
