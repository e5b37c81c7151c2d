using System.Net;
using System.Text.Json.Nodes;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Intake;

/// <summary>What a posting meets of the law of contents: refused before anything is recorded, or told in the receipt.</summary>
[Collection(TradingApp.Collection)]
public sealed class ContentLawTests(TradingApp app)
{
    private const string Article = "国土资源部令第39号 第九条";

    private const string Sale =
        """
        {"parcel":{"number":"示例2026-01","location":"建设路北侧","area":{"value":"20000","unit":"square-metre"},"boundary":"见界址图","currentState":"净地","use":"居住",
          "term":"70年","plotRatio":"不大于2.0","construction":"2027年3月开工，2029年9月竣工"},
         "bidding":{"from":"2026-06-22T09:00:00+08:00","until":"2026-07-06T09:00:00+08:00","startPrice":"1000000","increment":"50000","deposit":"200000",
          "place":"网上交易系统","method":"网上挂牌，价高者得"},
         "documents":{"availableFrom":"2026-06-01T09:00:00+08:00","availableUntil":"2026-07-01T17:00:00+08:00","method":"在交易系统下载"},
         "qualification":"法人均可申请","evaluationMethod":"价高者得",
         "disclosure":{"attribute":"active","secrecyReview":{"reviewer":"李审查","reviewedAt":"2026-06-01T08:00:00+08:00","result":"passed"}} }
        """;

    [Fact]
    public async Task a_complete_notice_is_recorded_without_a_word()
    {
        var receipt = (await Post(await Land())).Expect(HttpStatusCode.Created).Json;

        Assert.DoesNotContain(Rules(receipt), rule => rule.StartsWith("C-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task without_its_parcel_land_is_not_put_out_and_the_article_is_named_in_the_language_of_the_client()
    {
        var path = await Land();

        var zh = (await Post(path, "parcel")).Refused(HttpStatusCode.UnprocessableEntity, "rule-refused").Json;
        Assert.Equal(("C-L-09-02", Article), ((string?)zh["rule"], (string?)zh["citation"]));
        Assert.Equal("公告缺少：宗地的基本情况（国土资源部令第39号 第九条）。", (string?)zh["explanation"]);
        Assert.Equal("/parcel", (string?)zh["facts"]!["item"]);

        var en = await app.Client().PostText(path, Without("parcel"), ("Accept-Language", "en"));
        Assert.Equal("The notice lacks: the parcel.", (string?)en.Refused(HttpStatusCode.UnprocessableEntity, "rule-refused").Json["explanation"]);
        Assert.Equal(1, (await app.Client().Get(path[..path.LastIndexOf('/')])).Version);
    }

    [Theory]
    [InlineData("parcel/boundary", "C-L-09-06", "公告缺少：宗地的界址、空间范围（国土资源部令第39号 第九条）。")]
    [InlineData("bidding/deposit", "C-L-09-16", "公告缺少：投标、竞买保证金（国土资源部令第39号 第九条）。")]
    [InlineData("documents", "C-L-09-12", "公告缺少：索取出让文件的时间、地点和方式（国土资源部令第39号 第九条）。")]
    public async Task without_another_item_it_is_recorded_with_a_warning(string item, string rule, string explanation)
    {
        var receipt = (await Post(await Land(), item)).Expect(HttpStatusCode.Created).Json;

        var told = Assert.Single(receipt["verdicts"]!.AsArray(), verdict => ((string)verdict!["rule"]!).StartsWith("C-", StringComparison.Ordinal))!;
        Assert.Equal(
            (rule, "violation", "W", Article, explanation, "/" + item),
            ((string?)told["rule"], (string?)told["outcome"], (string?)told["severity"], (string?)told["citation"], (string?)told["explanation"], (string?)told["facts"]!["item"]));
    }

    [Fact]
    public async Task an_award_tells_what_was_bought_and_who_evaluated_and_their_names_lie_in_the_vault()
    {
        var path = (await Procurement()).Replace("/announcement", "/awards", StringComparison.Ordinal);
        var body = JsonNode.Parse(
            """
            {"decidedAt":"2026-06-01T08:30:00+08:00","results":[{"lotId":"001","outcome":"awarded",
              "supplier":{"name":"示例第一建设有限公司","creditCode":"91420500MA4AAAA17B","address":"示例市工业路8号"},"price":{"form":"amount","amount":"180000.00"},
              "supplies":[{"name":"课桌椅","specification":"1200×400毫米","quantity":"500套","unitPrice":"360.00"}]}],
             "evaluators":["赵一","钱二（采购人代表）"],"media":["中国政府采购网"],
             "disclosure":{"attribute":"active","secrecyReview":{"reviewer":"李审查","reviewedAt":"2026-06-01T08:00:00+08:00","result":"passed"}} }
            """)!;
        var lacking = body.DeepClone();
        lacking["results"]![0]!["supplies"]![0]!.AsObject().Remove("quantity");
        lacking.AsObject().Remove("evaluators");

        var shown = (await app.Client().PostText(path + "?dryRun=true", lacking.ToJsonString())).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(["C-G-43-04", "C-G-43-06"], Rules(shown).Where(rule => rule.StartsWith("C-", StringComparison.Ordinal)));

        var receipt = (await app.Client().PostText(path, body.ToJsonString())).Expect(HttpStatusCode.Created).Json;
        Assert.DoesNotContain(Rules(receipt), rule => rule.StartsWith("C-", StringComparison.Ordinal));
        var notice = (await app.Client().Get($"/v1/notices/{receipt["noticeId"]}")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(["赵一", "钱二（采购人代表）"], notice["content"]!["evaluators"]!.AsArray().Select(name => (string)name!));
        Assert.DoesNotContain("赵一", await Recorded((Guid)receipt["noticeId"]!), StringComparison.Ordinal);
    }

    private async Task<string> Land() => await Register("land", "B01", "listing");

    private async Task<string> Procurement()
    {
        var path = await Register("procurement", "D01", "negotiation");
        (await app.Client().PostText(path,
            """{"disclosure":{"attribute":"active","secrecyReview":{"reviewer":"李审查","reviewedAt":"2026-06-01T08:00:00+08:00","result":"passed"}}}"""))
            .Expect(HttpStatusCode.Created);
        return path;
    }

    private async Task<string> Register(string category, string classCode, string method)
    {
        app.Clock.Set(Scene.Now);
        var body = JsonNode.Parse(Routes.Engineering("001"))!;
        (body["category"], body["classCode"], body["method"]) = (category, classCode, method);
        var receipt = (await app.Client().PostText("/v1/procedures", body.ToJsonString())).Expect(HttpStatusCode.Created).Json;
        return $"/v1/procedures/{receipt["procedureId"]}/announcement";
    }

    private Task<Answer> Post(string path, string? without = null) => app.Client().PostText(path, without is null ? Sale : Without(without));

    private static string Without(string item)
    {
        var body = JsonNode.Parse(Sale)!;
        var steps = item.Split('/');
        Assert.True(steps[..^1].Aggregate(body, (at, step) => at[step]!).AsObject().Remove(steps[^1]), item);
        return body.ToJsonString();
    }

    private static IEnumerable<string> Rules(JsonNode receipt) => receipt["verdicts"]!.AsArray().Select(verdict => (string)verdict!["rule"]!);

    private async Task<string> Recorded(Guid notice)
    {
        await using var database = app.Database.OpenAsOwner();
        await using var command = database.CreateCommand("select data::text from events.mt_events where id = $1");
        command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = notice });
        return (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
