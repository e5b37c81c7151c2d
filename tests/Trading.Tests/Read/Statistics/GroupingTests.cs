using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Marten;
using Trading.Events;
using Trading.Kernel;
using Trading.Projections;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Read.Statistics;

/// <summary>Statistics are what a replay of every event from the first on adds up to, and what the list with the same filters holds: now and in the past.</summary>
[Collection(TradingApp.Collection)]
public sealed class GroupingTests(TradingApp app, ITestOutputHelper output)
{
    private const int Seed = 20_270_100, Procedures = 40, Instants = 400;
    private static readonly Centre Own = new(CreditCode.Parse("12420500MB00001669"), "示例统计公共资源交易中心");
    private static readonly Centre Other = new(CreditCode.Parse("12420500MB0000177D"), "示例汇总公共资源交易中心");
    private readonly Client anyone = app.Client(role: null);
    private readonly Random random = new(Seed);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task now_and_at_random_instants_they_are_what_a_replay_adds_up_to()
    {
        output.WriteLine($"seed {Seed}");
        var histories = await Histories.Record(app, random, new RandomNotices(Seed, Own, days: 700), Procedures);
        await Boards.CaughtUp(app.Database);

        var (counted, summed, several) = (0L, 0, 0);
        for (var i = 0; i < Instants; i++)
        {
            var (asOf, then) = i % 4 is 0 ? (null, h => h.Events) : histories.Moment(random);
            var replayed = histories.All.Select(then).Where(events => events.Count > 0).ToList();
            var (of, rows) = random.Next(2) is 0
                ? ("procedures", replayed.SelectMany(ProcedureFold.Pages).Select(page => Row.Of(ProcedureRow.Of(page))).ToList())
                : ("notices", replayed.SelectMany(NoticeRow.Of).Select(Row.Of).ToList());
            var filters = rows.Count is 0 ? [] : Filters(of, rows[random.Next(rows.Count)].Found);
            var by = Dimensions(of).OrderBy(_ => random.Next()).Take(random.Next(1, 4)).ToList();
            var asked = $"centre={Own.Code}{(asOf is null ? "" : $"&asOf={asOf}")}{string.Concat(filters.Select(f => $"&{f.Name}={Uri.EscapeDataString(f.Value)}"))}";
            var expected = Expected(of, by, [.. rows.Where(row => filters.All(f => row.Found.Fits(f.Name, f.Value)))], filters.Where(f => f.Name is "region").Select(f => f.Value).SingleOrDefault(""));

            var told = (await anyone.Get($"/v1/statistics/{of}?by={string.Join(',', by)}&{asked}")).Expect(HttpStatusCode.OK).Json;

            Assert.True(JsonNode.DeepEquals(expected, told), $"{of} by {string.Join(',', by)} {asked}: {expected.ToJsonString()}{Environment.NewLine}is told as{Environment.NewLine}{told.ToJsonString()}");
            counted += (long)told["total"]!["count"]!;
            summed += told["groups"]!.AsArray().Count(group => (group!["amount"] ?? group["awarded"]) is not null);
            several += told["groups"]!.AsArray().Count > 2 ? 1 : 0;
            if (i % 8 < 2) await Lists(of, asked, told["total"]!);
        }

        Assert.True(counted > 10 * Instants && summed > Instants && several > Instants / 4, $"{counted} counted, {summed} sums, {several} of several groups");
    }

    [Fact]
    public async Task without_filters_they_count_everything()
    {
        await Boards.CaughtUp(app.Database);
        await using var session = app.Store.QuerySession();
        Row[] notices = [.. (await session.Query<NoticeRow>().ToListAsync(Ct)).Select(Row.Of)], procedures = [.. (await session.Query<ProcedureRow>().ToListAsync(Ct)).Select(Row.Of)];

        foreach (var (of, rows) in (List<(string, Row[])>)[("notices", notices), ("procedures", procedures)])
            foreach (var by in Dimensions(of))
                Assert.Equal(Expected(of, [by], rows, "").ToJsonString(), (await anyone.Get($"/v1/statistics/{of}?by={by}")).Expect(HttpStatusCode.OK).Json.ToJsonString());
    }

    [Fact]
    public async Task months_and_years_are_those_of_china_and_estimates_stand_beside_awards()
    {
        var (last, first) = (new DateTimeOffset(2031, 12, 31, 15, 59, 59, TimeSpan.Zero), new DateTimeOffset(2031, 12, 31, 16, 0, 0, TimeSpan.Zero));
        await Record(1, last, ["100.50", "200"], L1: "90.25", L2: null);
        await Record(2, first, ["0.000001", null], L1: null, L2: null);
        await Record(3, first, [null, null], L1: "7", L2: "9999999999999.999999");
        await Boards.CaughtUp(app.Database);

        Assert.Equal(
            """
            {"by":["month"],"groups":[
            {"values":{"month":"2031-12"},"count":1,"estimated":"300.50","withEstimate":1,"awarded":"90.25","withAward":1},
            {"values":{"month":"2032-01"},"count":2,"estimated":"0.000001","withEstimate":1,"awarded":"10000000000006.999999","withAward":1}],
            "total":{"count":3,"estimated":"300.500001","withEstimate":2,"awarded":"10000000000097.249999","withAward":2}}
            """.ReplaceLineEndings(""),
            (await anyone.Get($"/v1/statistics/procedures?by=month&centre={Other.Code}")).Expect(HttpStatusCode.OK).Body);
        Assert.Equal(
            """
            {"by":["year","type"],"groups":[
            {"values":{"year":"2031","type":"award-announced"},"count":1,"amount":"90.25","withAmount":1},
            {"values":{"year":"2031","type":"procedure-registered"},"count":1,"withAmount":0},
            {"values":{"year":"2032","type":"award-announced"},"count":2,"amount":"10000000000006.999999","withAmount":1},
            {"values":{"year":"2032","type":"procedure-registered"},"count":2,"withAmount":0}],
            "total":{"count":6,"amount":"10000000000097.249999","withAmount":2}}
            """.ReplaceLineEndings(""),
            (await anyone.Get($"/v1/statistics/notices?by=year,type&centre={Other.Code}")).Expect(HttpStatusCode.OK).Body);
    }

    [Theory, InlineData("procedures"), InlineData("notices")]
    public async Task they_say_of_when_they_are(string of)
    {
        await Feed.CaughtUp(app);
        var now = (await anyone.Get($"/v1/statistics/{of}?by=month")).Expect(HttpStatusCode.OK);
        Assert.False(now.Headers.ContainsKey("Memento-Datetime"));
        Assert.Contains("Accept-Datetime", now.Headers["Vary"], StringComparison.Ordinal);
        app.Clock.Set("2032-06-01T00:00:00Z");
        var moment = (await anyone.Get($"/v1/statistics/{of}?by=month&asOf=0")).Expect(HttpStatusCode.OK).Headers["Memento-Datetime"];
        Assert.Equal(moment, (await anyone.Get($"/v1/statistics/{of}?by=month", ("Accept-Datetime", moment))).Expect(HttpStatusCode.OK).Headers["Memento-Datetime"]);
        Assert.Equal(
            """{"by":["month"],"groups":[],"total":{"count":0,""" + (of is "notices" ? "\"withAmount\":0}}" : "\"withEstimate\":0,\"withAward\":0}}"),
            (await anyone.Get($"/v1/statistics/{of}?by=month&asOf=2000-01-01T00:00:00Z")).Expect(HttpStatusCode.OK).Body);
        (await anyone.Get($"/v1/statistics/{of}?by=month", ("If-None-Match", now.ETag!))).Expect(HttpStatusCode.NotModified);
    }

    /// <summary>The list with the same filters holds as many, and as much.</summary>
    private async Task Lists(string of, string asked, JsonNode total)
    {
        var page = (await anyone.Get($"/v1/{of}?limit=200&{asked}")).Expect(HttpStatusCode.OK).Json;
        Assert.Null(page["links"]!["next"]);
        Assert.Equal(page["items"]!.AsArray().Count, (int)total["count"]!);
        if (of is "notices") Assert.Equal(Sum(page["items"]!.AsArray().Select(item => (string?)item!["amount"] is { } amount ? Yuan.Parse(amount).Value : (decimal?)null)), (string?)total["amount"]);
    }

    private static string[] Dimensions(string of) => ["month", "year", "region", "category", "centre", .. of is "notices" ? ["type"] : new[] { "stage", "status" }];

    /// <summary>Up to three by which this one is found.</summary>
    private List<(string Name, string Value)> Filters(string of, ListTests.Candidate like)
    {
        string[] names =
        [
            "category", "region", "initiator", "supplier", "publishedFrom", "publishedTo", "deadlineFrom", "deadlineTo", "amountFrom", "amountTo", "q",
            .. of is "notices" ? ["type", "procedure"] : new[] { "stage", "status", "lotStatus" },
        ];
        return [.. names.OrderBy(_ => random.Next()).Take(random.Next(4)).Select(name => (name, Value: Value(like, name))).Where(f => f.Value is not null).Select(f => (f.name, f.Value!))];
    }

    private string? Value(ListTests.Candidate like, string filter) => filter switch
    {
        "region" => like.Values["region"].Single()[..(2 * random.Next(1, 4))],
        "publishedFrom" or "publishedTo" => TimeConverter.Write(LegalTime.Here(like.Published)),
        "deadlineFrom" or "deadlineTo" => like.Deadline is { } deadline ? TimeConverter.Write(deadline) : null,
        "amountFrom" or "amountTo" => like.Amount?.ToString(CultureInfo.InvariantCulture),
        "q" => like.Values["q"].Single().Contains("示例", StringComparison.Ordinal) ? "示例" : null,
        _ => like.Values[filter].FirstOrDefault(),
    };

    private static JsonObject Expected(string of, IReadOnlyList<string> by, IReadOnlyList<Row> rows, string region)
    {
        var groups = rows.GroupBy(row => string.Join('\n', by.Select(dimension => row.Value(dimension, region)))).Select(group => (Values: group.Key.Split('\n'), Rows: group.ToList())).ToList();
        groups.Sort((one, other) => one.Values.Zip(other.Values, string.CompareOrdinal).FirstOrDefault(order => order is not 0));
        return new JsonObject
        {
            ["by"] = new JsonArray([.. by.Select(name => (JsonNode)name)]),
            ["groups"] = new JsonArray([.. groups.Select(group => Told(new JsonObject
            {
                ["values"] = new JsonObject(by.Zip(group.Values, (name, value) => KeyValuePair.Create(name, (JsonNode?)value))),
            }, of, group.Rows))]),
            ["total"] = Told([], of, rows),
        };
    }

    private static JsonObject Told(JsonObject told, string of, IReadOnlyList<Row> rows)
    {
        told["count"] = rows.Count;
        foreach (var (name, with) in of is "notices" ? [("amount", "withAmount")] : new[] { ("estimated", "withEstimate"), ("awarded", "withAward") })
        {
            var stated = rows.Select(row => row.Amounts[name]).OfType<decimal>().ToList();
            if (stated.Count > 0) told[name] = Sum(stated.Select(amount => (decimal?)amount));
            told[with] = stated.Count;
        }

        return told;
    }

    private static string? Sum(IEnumerable<decimal?> amounts) =>
        amounts.OfType<decimal>().ToList() is { Count: > 0 } stated ? stated.Sum().ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>A procedure registered at a moment with estimates of two lots, and decided at once.</summary>
    private async Task Record(int number, DateTimeOffset at, string?[] estimates, string? L1, string? L2)
    {
        var heading = Samples.Heading() with { Centre = Other };
        Notice Notice(int serial) => Samples.Notice(serial, at) with { Heading = heading };
        await RecordedLives.Begin(app.Store, Lives.Procedure(Seed + 1_000 + number), new INoticed[]
        {
            Samples.Registered() with { Notice = Notice(1), Lots = [.. new[] { Samples.L1, Samples.L2 }.Zip(estimates, (lot, estimate) => Samples.Lot(lot, 1) with { Estimate = estimate is null ? null : Samples.Yuan(estimate) })] },
            Samples.Decided(Result(Samples.L1, L1), Result(Samples.L2, L2)) with { Notice = Notice(2) },
        }.Numbered(Seed + 1_000 + number));

        static LotResult Result(LotId lot, string? amount) => amount is null ? Samples.None(lot) : Samples.To(Samples.First, lot, amount);
    }

    /// <summary>A row by a replay, and what it states in 元.</summary>
    private sealed record Row(ListTests.Candidate Found, IReadOnlyDictionary<string, decimal?> Amounts)
    {
        public static Row Of(NoticeRow row) => new(ListTests.Candidate.Of(row), new Dictionary<string, decimal?> { ["amount"] = row.Amount });

        public static Row Of(ProcedureRow row) => new(
            ListTests.Candidate.Of(row),
            new Dictionary<string, decimal?> { ["estimated"] = Stated(row.Page.Lots.Select(lot => lot.Estimate)), ["awarded"] = Stated(row.Page.Lots.Select(lot => lot.Award?.Price)) });

        public string Value(string dimension, string region) => dimension is "month"
            ? LegalTime.DayOf(Found.Published).ToString("yyyy-MM", CultureInfo.InvariantCulture)
            : Found.Counted(dimension, region).Single();

        private static decimal? Stated(IEnumerable<Price?> prices) =>
            prices.OfType<AmountPrice>().Where(price => price.Currency is "CNY").Select(price => (decimal?)price.Amount.Value).Aggregate((decimal?)null, (sum, amount) => (sum ?? 0) + amount);
    }
}
