using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trading.Events;
using Trading.Kernel;
using Trading.Tests.Harness;
using Xunit;
using static Trading.Tests.Harness.Samples;

namespace Trading.Tests.Supervision.Alerts;

/// <summary>The alerts of four procedures: of two regions, two centres and two categories.</summary>
[Collection(TradingApp.Collection)]
public sealed class FindAlertsTests(TradingApp app) : IAsyncLifetime
{
    private const string Path = "/v1/supervision/alerts", OtherCentre = "12430300MB0000027C";
    private static readonly SemaphoreSlim once = new(1);
    private static bool recorded;

    private static readonly INoticed[] awarded =
    [
        Registered(), Announced(L1), Opened(L1).Published("2026-03-23T10:00:00"), Shown(L1), Objected().Published("2026-03-26T10:00:00"),
        Answered().Published("2026-03-27T16:00:00"), Decided(To(First, L1)),
    ];

    public async ValueTask InitializeAsync()
    {
        app.Clock.Set(At("2026-05-04T12:00:00"));
        await once.WaitAsync();
        try
        {
            if (recorded) return;
            await Record(801, [.. awarded, Contracted(L1).Published("2026-04-30T09:00:00")]);
            await Record(802, awarded, region: "420502");
            await Record(803, [.. awarded[..4], Objected().Published("2026-04-30T10:00:00") with { ReceivedAt = At("2026-04-30T10:00:00") }], region: "430802", centre: OtherCentre);
            await Record(804, [Registered(TradeCategory.Land, ProcedureMethod.Listing), Offered(L1)], category: "land");
            recorded = true;
        }
        finally
        {
            once.Release();
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("", "803 R-T-08 yellow", "802 R-T-14 red", "804 R-L-03 red")]
    [InlineData(
        "light=green,yellow,red", "803 R-T-08 yellow", "801 R-T-14 green", "802 R-T-14 red", "804 R-L-03 red", "801 R-T-08 green", "802 R-T-08 green")]
    [InlineData("light=red", "802 R-T-14 red", "804 R-L-03 red")]
    [InlineData("light=green&state=open")]
    [InlineData("state=open", "803 R-T-08 yellow", "802 R-T-14 red", "804 R-L-03 red")]
    [InlineData("light=green,yellow,red&state=settled&rule=R-T-14", "801 R-T-14 green")]
    [InlineData("rule=R-T-08", "803 R-T-08 yellow")]
    [InlineData("rule=R-T-99")]
    [InlineData("category=land", "804 R-L-03 red")]
    [InlineData("region=42", "802 R-T-14 red", "804 R-L-03 red")]
    [InlineData("region=420502", "802 R-T-14 red")]
    [InlineData("region=43", "803 R-T-08 yellow")]
    [InlineData("centre=12430300MB0000027C", "803 R-T-08 yellow")]
    [InlineData("procedure=00000803-0000-7000-8000-000000000000", "802 R-T-14 red")]
    [InlineData("age=0", "803 R-T-08 yellow", "802 R-T-14 red", "804 R-L-03 red")]
    [InlineData("age=4", "802 R-T-14 red", "804 R-L-03 red")]
    [InlineData("age=5", "804 R-L-03 red")]
    [InlineData("sort=since", "804 R-L-03 red", "802 R-T-14 red", "803 R-T-08 yellow")]
    [InlineData("sort=dueAt", "804 R-L-03 red", "802 R-T-14 red", "803 R-T-08 yellow")]
    [InlineData("sort=-dueAt", "803 R-T-08 yellow", "802 R-T-14 red", "804 R-L-03 red")]
    public async Task lists_what_is_asked_for(string query, params string[] told) => Assert.Equal(told, Told(await Ask(query)));

    [Fact]
    public async Task tells_all_of_an_alert()
    {
        var alert = Assert.Single(await Ask("rule=R-T-14&light=green"))!;

        Assert.Equal(
            ("ocds-example-00000802", "示例市第一中学教学楼建设项目", "420500", "招标投标法 第四十六条", "green", "settled", "kept"),
            ((string?)alert["ocid"], (string?)alert["title"], (string?)alert["regionCode"], (string?)alert["citation"], (string?)alert["light"], (string?)alert["state"], (string?)alert["outcome"]));
        Assert.Equal(("2026-04-30T09:00:00+08:00", "2026-04-29T23:59:59+08:00"), ((string?)alert["since"], (string?)alert["dueAt"]));
        Assert.Equal(("001", "2026-03-30T10:00:00+08:00", "2026-04-29"),
            ((string?)alert["facts"]!["lots"], (string?)alert["facts"]!["awardPublishedAt"], (string?)alert["facts"]!["latestLawful"]));
        Assert.Equal(["begun green", "half yellow", "three-quarters yellow", "broken red", " green kept"], alert["course"]!.AsArray().Select(line => $"{line!["step"]} {line["light"]}{(line["outcome"] is { } outcome ? " " + outcome : "")}"));
        foreach (var link in (string[])["procedure", "notice", "rule"])
            (await app.Client("supervisor").Get((string)alert["links"]![link]!)).Expect(HttpStatusCode.OK);
        Assert.Contains("no-store", (await app.Client("supervisor").Get(Path)).Headers["Cache-Control"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task each_supervisor_sees_the_alerts_of_his_region()
    {
        Assert.Equal(["802 R-T-14 red", "804 R-L-03 red"], Told(await Ask("", app.Client("supervisor", region: "42"))));
        Assert.Equal(["802 R-T-14 red"], Told(await Ask("", app.Client("supervisor", region: "420502"))));
        Assert.Empty(await Ask("region=43", app.Client("supervisor", region: "42")));
        Assert.Empty(await Ask("", app.Client("supervisor", region: "")));
    }

    [Fact]
    public async Task pages_follow_each_other()
    {
        var all = Told(await Ask("light=green,yellow,red")).ToList();
        var paged = new List<string>();
        for (var path = Path + "?light=green,yellow,red&limit=2"; path is not null;)
        {
            var page = (await app.Client("supervisor").Get(path)).Expect(HttpStatusCode.OK).Json;
            paged.AddRange(Told(page["items"]!.AsArray()));
            path = (string?)page["links"]!["next"];
        }

        Assert.Equal(all, paged);
    }

    [Theory]
    [InlineData("light=x", "unknown-value"), InlineData("state=x", "unknown-value"), InlineData("age=-1", "number.range"), InlineData("age=36501", "number.range")]
    [InlineData("centre=x", "credit-code.length"), InlineData("procedure=x", "id.form"), InlineData("sort=publishedAt", "unknown-value"), InlineData("type=x", "unknown-parameter")]
    [InlineData("region=x", "region-prefix.form"), InlineData("category=x", "unknown-value"), InlineData("cursor=x", "cursor.form"), InlineData("rule=", "parameter.form")]
    public async Task refuses_what_it_does_not_know(string query, string error) => Assert.Equal(
        error, (string?)(await app.Client("supervisor").Get($"{Path}?{query}")).Refused(HttpStatusCode.BadRequest, "validation").Json["errors"]![0]!["code"]);

    private async Task<JsonArray> Ask(string query, Client? client = null) =>
        (await (client ?? app.Client("supervisor")).Get(Path + (query is "" ? "" : "?" + query))).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();

    private static IEnumerable<string> Told(JsonArray items) =>
        items.Where(item => ((string)item!["procedureId"]!).StartsWith("000008", StringComparison.Ordinal))
            .Select(item => $"{int.Parse(((string)item!["procedureId"]!)[..8], null) - 1} {item["rule"]} {item["light"]}");

    private async Task Record(int serial, IReadOnlyList<INoticed> facts, string region = "420500", string? centre = null, string category = "engineering")
    {
        var procedure = Lives.Procedure(serial);
        await RecordedLives.Begin(app.Store, procedure, facts.Numbered(serial).Select(Headed));
        foreach (var now in (string[])["2026-03-30T11:00:00", "2026-04-20T00:00:00", "2026-05-04T12:00:00"])
            await RecordedLives.Watch(app.Store, app.Database, procedure, At(now));

        INoticed Headed(INoticed fact)
        {
            var json = JsonNode.Parse(Stored.Json(fact))!;
            var heading = json["notice"]!["heading"]!;
            (heading["region"], heading["category"]) = (region, category);
            if (centre is not null) heading["centre"]!["code"] = centre;
            return (INoticed)json.Deserialize(fact.GetType(), WireJson.Stored)!;
        }
    }
}
