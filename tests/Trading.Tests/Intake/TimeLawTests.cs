using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trading.Kernel;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Intake;

/// <summary>What a posting meets of time law: refused before anything is recorded, told in the receipt, kept with the event.</summary>
[Collection(TradingApp.Collection)]
public sealed class TimeLawTests(TradingApp app)
{
    [Fact]
    public async Task a_deadline_that_is_too_short_is_refused_in_the_language_of_the_client_and_nothing_is_recorded()
    {
        var path = await Register();

        var zh = (await Post(path, "2026-06-20T17:00:00+08:00")).Refused(HttpStatusCode.UnprocessableEntity, "rule-refused");
        Assert.Equal(("R-T-03", "招标投标法 第二十四条"), ((string?)zh.Json["rule"], (string?)zh.Json["citation"]));
        Assert.Contains("最早合法的投标、响应截止时间：2026-06-21T09:00:00+08:00", (string?)zh.Json["explanation"], StringComparison.Ordinal);
        Assert.Equal("2026-06-21T09:00:00+08:00", (string?)zh.Json["facts"]!["earliestLawful"]);

        var en = await Post(path, "2026-06-20T17:00:00+08:00", ("Accept-Language", "en"));
        Assert.Contains("Earliest lawful submission deadline: 2026-06-21T09:00:00+08:00", (string?)en.Json["explanation"], StringComparison.Ordinal);

        (await Post(path + "?dryRun=true", "2026-06-20T17:00:00+08:00")).Refused(HttpStatusCode.UnprocessableEntity, "rule-refused");
        Assert.Equal(1, (await app.Client().Get(path[..path.LastIndexOf('/')])).Version);
    }

    [Fact]
    public async Task all_verdicts_stand_in_the_receipt_and_with_the_event_and_so_do_the_packs()
    {
        var receipt = (await Post(await Register(), "2026-06-21T09:00:00+08:00")).Expect(HttpStatusCode.Created).Json;

        var told = receipt["verdicts"]!.AsArray().Where(verdict => ((string)verdict!["rule"]!).StartsWith("R-", StringComparison.Ordinal))
            .Select(verdict => $"{verdict!["rule"]} {verdict["outcome"]} {verdict["severity"]}").ToList();
        Assert.Equal(["R-T-01 compliant E", "R-T-03 compliant E", "R-T-05 not-applicable E", "R-T-07 not-applicable W"], told.Order(StringComparer.Ordinal));

        var headers = await Headers((Guid)receipt["noticeId"]!);
        var kept = JsonSerializer.Deserialize<List<Verdict>>((string)headers["verdicts"]!, WireJson.Stored)!;
        Assert.Equal(receipt["verdicts"]!.AsArray().Select(verdict => (string)verdict!["rule"]!), kept.Select(verdict => verdict.Rule));
        Assert.Contains(kept, verdict => verdict is { Rule: "R-T-03", Outcome: VerdictOutcome.Compliant, Citation: "招标投标法 第二十四条", Explanation: null });
        Assert.Equal("cn-auction@2026.2 cn-disclosure@2026.1 cn-engineering@2026.2", (string?)headers["packs"]);
    }

    private async Task<string> Register()
    {
        app.Clock.Set(Scene.Now);
        var receipt = (await app.Client().PostText("/v1/procedures", Routes.Register.Body!)).Expect(HttpStatusCode.Created).Json;
        return $"/v1/procedures/{receipt["procedureId"]}/announcement";
    }

    private Task<Answer> Post(string path, string deadline, params (string, string)[] headers)
    {
        var body = JsonNode.Parse(Routes.Announcement.Body!)!;
        body["submission"]!["deadline"] = deadline;
        body["documents"]!["availableUntil"] = "2026-06-08T17:00:00+08:00";
        return app.Client().PostText(path, body.ToJsonString(), headers);
    }

    private async Task<JsonNode> Headers(Guid notice)
    {
        await using var database = app.Database.OpenAsOwner();
        await using var command = database.CreateCommand("select headers from events.mt_events where id = $1");
        command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = notice });
        return JsonNode.Parse((string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!)!;
    }
}
