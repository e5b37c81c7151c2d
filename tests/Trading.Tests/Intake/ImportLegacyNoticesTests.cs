using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Intake;

[Collection(TradingApp.Collection)]
public sealed class ImportLegacyNoticesTests(TradingApp app)
{
    private const string Line =
        """{"sourceId":"@","regionCode":"420500","category":"engineering","noticeType":"candidates-publicised","title":"旧公告","publishedOn":"2024-05-06","projectName":"旧项目","publicityStart":"2024-05-06T08:00:00+08:00","publicityEnd":"2024-05-09T18:00:00+08:00","candidates":[{"rank":1,"name":"甲公司","priceText":"120万元"},{"rank":2,"name":"乙公司","priceText":"下浮率12.5%"}]}""";

    [Fact]
    public async Task lands_a_notice_as_history_with_its_prices_in_their_form()
    {
        var answer = await Import(Of("form-1"));
        Assert.Equal((1, 1, 0, 0), Counts(answer));

        var client = app.Client(role: null);
        JsonNode? item = null;
        await Eventually.True(async () => (item = (await client.Get("/v1/notices?publishedFrom=2024-05-06&publishedTo=2024-05-06"))
            .Expect(HttpStatusCode.OK).Json["items"]!.AsArray().FirstOrDefault(found => (string)found!["title"]! is "旧公告")) is not null);
        var notice = (await client.Get((string)item!["links"]!["self"]!)).Expect(HttpStatusCode.OK).Json;
        var candidates = notice["content"]!["candidates"]!.AsArray();
        Assert.Equal("1200000", (string?)candidates[0]!["price"]!["amount"]);
        Assert.Equal("120万元", (string?)candidates[0]!["price"]!["given"]!["text"]);
        Assert.Equal("12.5", (string?)candidates[1]!["price"]!["percent"]);

        var procedure = (await client.Get((string)item["links"]!["procedure"]!)).Expect(HttpStatusCode.OK);
        Assert.True((bool)procedure.Json["legacy"]!);
        Assert.Equal(1, procedure.Version);
    }

    [Fact]
    public async Task a_second_import_lands_nothing_and_changes_nothing()
    {
        await Import(Of("again-1"), Of("again-2"));
        Assert.Equal((2, 0, 2, 0), Counts(await Import(Of("again-1"), Of("again-2"))));
    }

    [Fact]
    public async Task the_same_source_with_other_content_is_refused_and_left_as_it_is()
    {
        await Import(Of("changed-1"));
        var answer = await Import(Of("changed-1").Replace("甲公司", "丙公司", StringComparison.Ordinal));
        Assert.Equal((1, 0, 0, 1), Counts(answer));
        Assert.Equal("legacy.changed", (string?)answer["refused"]![0]!["code"]);
    }

    [Fact]
    public async Task a_line_that_stands_twice_lands_once() =>
        Assert.Equal((2, 1, 1, 0), Counts(await Import(Of("twice-1"), Of("twice-1"))));

    [Fact]
    public async Task names_the_lines_it_refuses_and_lands_the_others()
    {
        var answer = await Import(
            Of("mixed-1"), "{", "", """{"sourceId":"x"}""", Of("mixed-2").Replace("420500", "999999", StringComparison.Ordinal),
            Of("mixed-3").Replace("旧项目", "", StringComparison.Ordinal), Of("mixed-4").Replace("\"rank\":2", "\"rank\":0", StringComparison.Ordinal),
            Of("mixed-5").Replace("2024-05-09T18", "2024-05-01T18", StringComparison.Ordinal), Of("mixed-6"),
            Of("mixed-7").Replace("120万元", " ", StringComparison.Ordinal), Of("mixed-8").Replace("120万元", new string('元', 2001), StringComparison.Ordinal));
        Assert.Equal((10, 2, 0, 8), Counts(answer));
        Assert.Equal(
            [(2, "malformed"), (4, "required"), (5, "region-code.unknown"), (6, "legacy.length"), (7, "legacy.candidate"), (8, "period.ends-before-it-begins"),
             (10, "price.text"), (11, "price.text")],
            answer["refused"]!.AsArray().Select(r => ((int)r!["line"]!, (string)r["code"]!)));
    }

    [Fact]
    public async Task a_region_out_of_reach_is_refused_line_by_line()
    {
        var answer = await ImportAs(app.Client(region: "42"), "", Of("reach-1"), Of("reach-2").Replace("420500", "430300", StringComparison.Ordinal));
        Assert.Equal((2, 1, 0, 1), Counts(answer));
        Assert.Equal("legacy.foreign-region", (string?)answer["refused"]![0]!["code"]);
    }

    [Fact]
    public async Task an_import_ends_at_its_ten_thousandth_refusal()
    {
        var answer = await Import([Of("ended-1"), .. Enumerable.Repeat("x", 10_500), Of("ended-2")]);
        Assert.Equal((10_001, 1, 0, 10_000), Counts(answer));
        Assert.True((bool)answer["ended"]!);
        Assert.Null((await Import(Of("ended-3"), "x"))["ended"]);
    }

    /// <summary>The database may be found rolled back while an import runs; the rest would be recorded in it and lost.</summary>
    [Fact]
    public async Task an_import_ends_when_recording_does()
    {
        await using var database = await Database.Create("import");
        await using var service = await Deployment.Start(database);
        var body = new Pipe();
        using var http = new HttpClient { BaseAddress = service.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/legacy-notices") { Content = new StreamContent(body.Reader.AsStream()) };
        request.Content.Headers.ContentType = new("application/x-ndjson");
        request.Headers.Authorization = new("Bearer", (string)service.Tokens["publisher"]!);
        var importing = http.SendAsync(request, TestContext.Current.CancellationToken);
        await Give(0);
        await Eventually.True(async () => (await Posted.Rows<long>(database, "select count(*) from events.mt_events"))[0] is 200);

        await using (var owner = database.OpenAsOwner())
        await using (var mark = owner.CreateCommand("insert into log.stop (id, reason, node) values (1, 'the database was rolled back', 'other')"))
            await mark.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await Eventually.True(async () => (await service.Client("publisher").PostText("/v1/procedures", Posted.Body)).Status is HttpStatusCode.ServiceUnavailable);
        var recorded = (await Posted.Rows<long>(database, "select count(*) from events.mt_events"))[0];
        await Give(1);
        await body.Writer.CompleteAsync();

        using var answer = await importing;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(recorded, (await Posted.Rows<long>(database, "select count(*) from events.mt_events"))[0]);

        // The client keeps the last kilobytes until there are more.
        async Task Give(int batch)
        {
            var lines = Enumerable.Range(batch * 300, 300).Select(i => Of($"gate-{i.ToString(CultureInfo.InvariantCulture)}") + "\n");
            await body.Writer.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(lines)), TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task a_dry_run_records_nothing()
    {
        Assert.Equal((1, 1, 0, 0), Counts(await ImportAs(app.Client(), "?dryRun=true", Of("dry-1"))));
        Assert.Equal((1, 1, 0, 0), Counts(await Import(Of("dry-1"))));
    }

    /// <summary>Days that no list could order, and days that have not come.</summary>
    [Theory]
    [InlineData("0001-01-01", "date.range"), InlineData("0116-01-01", "date.range"), InlineData("1900-01-01", "date.range"), InlineData("2200-12-31", "date.range")]
    [InlineData("2202-05-06", "date.range"), InlineData("9999-12-31", "date.range"), InlineData("2200-12-30", "legacy.published-in-future"), InlineData("2026-06-02", "legacy.published-in-future")]
    public async Task a_day_that_is_none_is_refused_alike_when_it_is_tried_and_when_it_is_meant(string day, string code)
    {
        app.Clock.Set(Trading.Tests.Http.Refusals.Scene.Now);
        string[] lines = [Of($"day-{day}-1"), Of($"day-{day}-2").Replace("2024-05-06\"", day + "\"", StringComparison.Ordinal), Of($"day-{day}-3")];
        foreach (var query in (string[])["?dryRun=true", ""])
        {
            var answer = await ImportAs(app.Client(), query, lines);
            Assert.Equal((3, 2, 0, 1), Counts(answer));
            Assert.Equal((2, code, "/publishedOn"), ((int)answer["refused"]![0]!["line"]!, (string?)answer["refused"]![0]!["code"], (string?)answer["refused"]![0]!["pointer"]));
        }

        foreach (var list in (string[])["notices", "procedures"]) (await app.Client(role: null).Get($"/v1/{list}?sort=publishedAt&limit=200")).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("publicityStart", "1900-01-01T00:00:00+08:00"), InlineData("publicityEnd", "2200-12-31T00:00:00+08:00"), InlineData("publicityEnd", "2200-12-30T23:59:59-12:00")]
    public async Task a_publicity_beyond_the_days_there_are_is_refused(string member, string time)
    {
        var line = JsonNode.Parse(Of("beyond"))!;
        line[member] = time;
        var answer = await Import(line.ToJsonString());
        Assert.Equal(("time.form", "/" + member), ((string?)answer["refused"]![0]!["code"], (string?)answer["refused"]![0]!["pointer"]));
    }

    [Fact]
    public async Task a_byte_order_mark_is_no_part_of_the_first_line() =>
        Assert.Equal((2, 2, 0, 0), Counts(await Import("\uFEFF" + Of("mark-1"), Of("mark-2"))));

    [Fact]
    public async Task imports_that_race_land_every_line_once()
    {
        var lines = Enumerable.Range(0, 300).Select(i => Of($"race-{i}")).ToArray();
        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Import(lines)));
        Assert.Equal(300, answers.Sum(a => (int)a["landed"]!));
        Assert.All(answers, a => Assert.Equal(300, (int)a["landed"]! + (int)a["present"]!));
    }

    [Fact]
    public async Task every_line_of_a_real_site_lands_once()
    {
        var text = await File.ReadAllTextAsync(RealData.Find("legacy-candidates.jsonl"), TestContext.Current.CancellationToken);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var answer = await Import(lines);
        Assert.Equal((1197, 1197, 0, 0), Counts(answer));
        IsReported(answer);

        var versions = await Versions();
        answer = await Import(lines);
        Assert.Equal((1197, 0, 1197, 0), Counts(answer));
        IsReported(answer);
        Assert.Equal(versions, await Versions());
    }

    [Fact]
    public async Task a_period_that_was_too_short_lands_with_the_verdict_of_its_day_and_is_told()
    {
        var tooShort = Of("short-1").Replace("2024-05-09T18", "2024-05-07T18", StringComparison.Ordinal);
        var answer = await Import(Of("kept-1"), tooShort, Of("none-1").Replace("\"publicityStart\":\"2024-05-06T08:00:00+08:00\",\"publicityEnd\":\"2024-05-09T18:00:00+08:00\",", "", StringComparison.Ordinal));

        Assert.Equal((3, 3, 0, 0), Counts(answer));
        Assert.Equal(
            ["R-T-10 compliant E 1", "R-T-10 violation E 1"],
            answer["verdicts"]!.AsArray().Select(told => $"{told!["rule"]} {told["outcome"]} {told["severity"]} {told["count"]}"));
        var warned = Assert.Single(answer["warned"]!.AsArray())!;
        Assert.Equal((2, "short-1", "R-T-10", "E"), ((int)warned["line"]!, (string?)warned["sourceId"], (string?)warned["rule"], (string?)warned["severity"]));
        Assert.Contains("最早合法的中标候选人公示结束时间：2024-05-09T08:00:00+08:00", (string?)warned["explanation"], StringComparison.Ordinal);

        var kept = JsonNode.Parse(Assert.Single(await Posted.Rows<string>(app.Database, "select headers::text from events.mt_events where data ->> 'sourceId' = 'short-1'")))!;
        Assert.Equal("cn-auction@2026.2 cn-disclosure@2026.1 cn-engineering@2026.2", (string?)kept["packs"]);
        var verdict = Assert.Single(JsonNode.Parse((string)kept["verdicts"]!)!.AsArray())!;
        Assert.Equal(("R-T-10", "violation"), ((string?)verdict["rule"], (string?)verdict["outcome"]));
    }

    /// <summary>1037 periods are long enough; 160 are so in one reading and end on a day that is not worked: warnings, not errors.</summary>
    private static void IsReported(JsonNode answer)
    {
        Assert.Equal(
            ["R-T-10 compliant E 1037", "R-T-10 violation W 160"],
            answer["verdicts"]!.AsArray().Select(told => $"{told!["rule"]} {told["outcome"]} {told["severity"]} {told["count"]}"));
        var warned = answer["warned"]!.AsArray();
        Assert.Equal(160, warned.Count);
        Assert.All(warned, told => Assert.True((string?)told!["severity"] is "W" && ((string)told["explanation"]!).Contains("按一种计算方法符合", StringComparison.Ordinal)));
    }

    /// <summary>Every stream with its version, and when it was last touched.</summary>
    private async Task<string> Versions()
    {
        await using var database = app.Database.OpenAsOwner();
        await using var command = database.CreateCommand("select string_agg(id || ' ' || version || ' ' || timestamp, E'\n' order by id) from events.mt_streams");
        return (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private static string Of(string sourceId) => Line.Replace("@", sourceId, StringComparison.Ordinal);

    private Task<JsonNode> Import(params string[] lines) => ImportAs(app.Client(), "", lines);

    private static async Task<JsonNode> ImportAs(Client client, string query, params string[] lines) =>
        (await client.Send(
            HttpMethod.Post, "/v1/legacy-notices" + query,
            new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson"))).Expect(HttpStatusCode.OK).Json;

    private static (int, int, int, int) Counts(JsonNode answer) =>
        ((int)answer["lines"]!, (int)answer["landed"]!, (int)answer["present"]!, answer["refused"]!.AsArray().Count);
}
