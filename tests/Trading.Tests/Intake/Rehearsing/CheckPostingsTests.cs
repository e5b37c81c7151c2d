using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Intake.Rehearsing;

/// <summary>What is tried out is judged as what is posted; the Refusals say what is no check at all.</summary>
[Collection(TradingApp.Collection)]
public sealed class CheckPostingsTests(TradingApp app)
{
    private static readonly string Published = Routes.Announcement.Body!
        .Replace("2026-06-01T09", "2026-03-02T08", StringComparison.Ordinal).Replace("2026-06-20", "2026-03-20", StringComparison.Ordinal)
        .Replace("2026-07-01", "2026-03-23", StringComparison.Ordinal);

    /// <summary>A whole life, with what follows a contract, an objection and a notice.</summary>
    private static readonly (string To, string Body, string At)[] Life =
    [
        ("announcement", Published, "2026-03-02T08:00:00+08:00"),
        ("corrections", Routes.Correction.Body!.Replace("{noticeId}", "{0/noticeId}", StringComparison.Ordinal), "2026-03-03T08:00:00+08:00"),
        ("objections", Routes.Objections.Body!.Replace("2026-05-30", "2026-03-04", StringComparison.Ordinal), "2026-03-05T08:00:00+08:00"),
        ("objections/{2/objectionId}/answer", Routes.ObjectionAnswer.Body!.Replace("2026-05-31", "2026-03-05", StringComparison.Ordinal), "2026-03-06T08:00:00+08:00"),
        ("opening", Routes.Opening.Body!, "2026-03-24T08:00:00+08:00"),
        ("candidates", Routes.Candidates.Body!.Replace("2026-06-05T18", "2026-03-28T18", StringComparison.Ordinal)
            .Replace("2026-06-01T09", "2026-03-25T08", StringComparison.Ordinal), "2026-03-25T08:00:00+08:00"),
        ("awards", Routes.Awards.Body!, "2026-03-30T11:00:00+08:00"),
        ("contracts", Routes.Contracts.Body!, "2026-04-10T17:00:00+08:00"),
        ("contracts/{7/contractId}/amendments", Routes.Amendment.Body!, "2026-05-25T08:00:00+08:00"),
        ("contracts/{7/contractId}/acceptance", Routes.Acceptance.Body!, "2026-06-01T08:00:00+08:00"),
        ("closure", Routes.Closure.Body!, "2026-06-01T09:00:00+08:00"),
    ];

    [Fact]
    public async Task a_whole_life_is_judged_as_it_is_when_it_is_posted_and_nothing_is_recorded()
    {
        app.Clock.Set(Scene.Now);
        var before = await Recorded();
        var checkedLife = (await Check(Life)).Json;
        Assert.Equal(before, await Recorded());

        app.Clock.Set("2026-03-02T08:00:00+08:00");
        var registered = (await app.Client().PostText("/v1/procedures", Routes.Engineering("001"))).Expect(HttpStatusCode.Created).Json;
        Same(registered, checkedLife["registration"]!);
        var ids = new List<JsonNode>();
        foreach (var (index, (to, body, at)) in Life.Index())
        {
            app.Clock.Set(at);
            var receipt = (await app.Client().PostText($"/v1/procedures/{registered["procedureId"]}/{Named(to)}", Named(body))).Expect(HttpStatusCode.Created).Json;
            ids.Add(receipt);
            Same(receipt, checkedLife["postings"]![index]!);
            Assert.Equal(at, (string?)checkedLife["postings"]![index]!["at"]);
        }

        app.Clock.Set(Scene.Now);

        string Named(string text) => ids.Index().Aggregate(text, (t, given) => new[] { "noticeId", "contractId", "objectionId" }.Aggregate(
            t, (named, id) => named.Replace($"{{{given.Index}/{id}}}", (string?)given.Item[id], StringComparison.Ordinal)));
    }

    [Fact]
    public async Task what_would_be_refused_says_by_which_article_and_from_when_it_is_lawful_and_changes_nothing()
    {
        var early = Published.Replace("2026-03-23T09:00:00", "2026-03-22T07:59:59", StringComparison.Ordinal);
        var answer = (await Check([("announcement", early, "2026-03-02T08:00:00+08:00"), Life[4], ("announcement", Published, "2026-03-24T08:00:00+08:00")])).Json["postings"]!;

        Assert.Equal("refused", (string?)answer[0]!["outcome"]);
        var problem = answer[0]!["problem"]!;
        Assert.Equal(("rule-refused", "R-T-03", "招标投标法 第二十四条"), ((string?)problem["code"], (string?)problem["rule"], (string?)problem["citation"]));
        Assert.Equal("2026-03-22T08:00:00+08:00", (string?)problem["facts"]!["earliestLawful"]);
        Assert.Contains("最早合法的", (string?)problem["explanation"], StringComparison.Ordinal);
        Assert.Null(answer[0]!["noticeId"]);
        Assert.Equal(("refused", "opening.lot-not-announced"), ((string?)answer[1]!["outcome"], (string?)answer[1]!["problem"]!["rule"]));
        Assert.Equal("announcement.deadline-past", (string?)answer[2]!["problem"]!["rule"]);
    }

    [Fact]
    public async Task a_body_is_read_as_strictly_as_when_it_is_posted()
    {
        app.Clock.Set(Scene.Now);
        var procedure = (string)(await app.Client().PostText("/v1/procedures", Routes.Engineering("001"))).Expect(HttpStatusCode.Created).Json["procedureId"]!;
        string[] wrong =
        [
            Routes.Announcement.Begin("\"surprise\":1"), Routes.Announcement.Begin("\"text\":\"a\",\"html\":\"<p>a</p>\""),
            Routes.Announcement.Set("/submission/deadline", "2026-07-01"), Routes.Announcement.Set("/lots/0", "a b"), Routes.Announcement.Set("/title", " "),
            Routes.Announcement.Set("/ceilingPrice/amount", "1,000"), Routes.Announcement.Set("/documents/availableUntil", "2026-05-01T09:00:00+08:00"), "[]", "null", "7",
            Routes.Announcement.Begin("\"title\":\"a\\u0000b\""), Routes.Announcement.Begin("\"media\":[\"\"],\"sourceUrl\":\"x\""),
        ];
        var answers = (await Check([.. wrong.Select(body => ("announcement", body, Scene.Now))])).Json["postings"]!.AsArray();

        foreach (var (index, body) in wrong.Index())
        {
            var posted = (await app.Client().PostText($"/v1/procedures/{procedure}/announcement?dryRun=true", body)).Refused(HttpStatusCode.BadRequest, "validation").Json;
            Assert.Equal("invalid", (string?)answers[index]!["outcome"]);
            Assert.Equal(
                Errors(posted).Select(error => ($"/postings/{index}/body{error.Pointer}", error.Code, error.Message)), Errors(answers[index]!["problem"]!));
        }
    }

    [Theory]
    [InlineData("nowhere"), InlineData("../procedures"), InlineData("contracts/7/amendments"), InlineData("contracts/{9/contractId}/amendments"), InlineData("?dryRun=true")]
    [InlineData("notices/01900000-0000-7000-8000-0000000000ff/erasure"), InlineData("audit"), InlineData("a b/…/%00")]
    public async Task there_is_nothing_at_other_addresses(string to)
    {
        var answer = (await Check([(to, "{}", Scene.Now)])).Json["postings"]![0]!;

        Assert.Equal(("refused", "not-found"), ((string?)answer["outcome"], (string?)answer["problem"]!["code"]));
    }

    [Fact]
    public async Task without_a_registration_that_would_stand_there_is_nothing_to_post_to()
    {
        var body = JsonNode.Parse(Routes.Check.Body!)!;
        body["registration"]!["lots"] = JsonNode.Parse(Routes.Engineering("001", "001"))!["lots"]!.DeepClone();

        var answer = (await app.Client(role: null).Post("/v1/rules/check", body)).Expect(HttpStatusCode.OK).Json;

        Assert.Equal(("refused", "plan.lot-twice"), ((string?)answer["registration"]!["outcome"], (string?)answer["registration"]!["problem"]!["rule"]));
        Assert.Empty(answer["postings"]!.AsArray());
    }

    [Fact]
    public async Task explains_in_the_language_of_the_asker_and_stands_where_the_clock_is_when_nothing_is_said()
    {
        app.Clock.Set(Scene.Now);
        var answer = (await app.Client(role: null).PostText("/v1/rules/check", Routes.Check.Body!, ("Accept-Language", "en"))).Expect(HttpStatusCode.OK).Json["postings"]!;

        Assert.Equal([Scene.Now, "2026-06-02T09:00:00+08:00"], answer.AsArray().Select(posting => (string)posting!["at"]!));
        Assert.Contains(answer[0]!["verdicts"]!.AsArray(), verdict => (string?)verdict!["rule"] is "R-T-03" && ((string)verdict["explanation"]!).StartsWith("Where a tender", StringComparison.Ordinal));
    }

    private static IEnumerable<(string Pointer, string Code, string Message)> Errors(JsonNode problem) =>
        problem["errors"]!.AsArray().Select(error => ((string)error!["pointer"]!, (string)error["code"]!, (string)error["message"]!));

    private static void Same(JsonNode receipt, JsonNode rehearsed)
    {
        Assert.Equal("recorded", (string?)rehearsed["outcome"]);
        Assert.Equal(Verdicts(receipt), Verdicts(rehearsed));
        Assert.Equal(receipt["events"]!.AsArray().Select(e => (string?)e!["type"]), rehearsed["events"]!.AsArray().Select(type => (string?)type));
        foreach (var id in (string[])["noticeId", "contractId", "objectionId"]) Assert.Equal(receipt[id] is null, rehearsed[id] is null);
    }

    /// <summary>All of them, word for word, but for the ids of notices among the facts.</summary>
    private static string Verdicts(JsonNode answer) => Regex.Replace(answer["verdicts"]!.ToJsonString(), "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "id");

    private async Task<Answer> Check(IEnumerable<(string To, string Body, string At)> postings)
    {
        app.Clock.Set(Scene.Now);
        var body = $$"""{"registration":{{Routes.Engineering("001")}},"postings":[{{string.Join(',', postings.Select(p => $$"""{"to":"{{p.To}}","at":"{{p.At}}","body":{{p.Body}}}"""))}}]}""";
        return (await app.Client(role: null).PostText("/v1/rules/check", body)).Expect(HttpStatusCode.OK);
    }

    private async Task<string> Recorded() => string.Join(' ', await Posted.Rows<long>(
        app.Database, "select count(*) from events.mt_events union all select count(*) from intake.idempotency_keys union all select last_value from intake.deal_code_serial"));
}
