using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using JasperFx.Events;
using Trading.Events;
using Trading.Kernel;
using Trading.Projections;
using Trading.Read;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Read;

/// <summary>Lists of the past hold what a replay of every event from the first on finds, by any filter, in any order, over all pages.</summary>
[Collection(TradingApp.Collection)]
public sealed class ListsAsOfTests(TradingApp app, ITestOutputHelper output)
{
    private const int Seed = 20_262_900, Procedures = 25, Instants = 400;
    private static readonly Centre Own = new(CreditCode.Parse("12420500MB00001555"), "示例往时公共资源交易中心");
    private static readonly string[] Sorts = ["publishedAt", "-publishedAt", "deadline", "-deadline", "amount", "-amount"];
    private readonly Client anyone = app.Client(role: null);
    private readonly Random random = new(Seed);

    [Fact]
    public async Task at_random_instants_they_equal_a_replay()
    {
        output.WriteLine($"seed {Seed}");
        var histories = await Histories.Record(app, random, new RandomNotices(Seed, Own), Procedures);

        var (found, changed) = (0, 0);
        for (var i = 0; i < Instants; i++)
        {
            var (asOf, then) = histories.Moment(random);
            var replayed = histories.All.Select(h => (h.Positions, Events: then(h))).Where(h => h.Events.Count > 0).ToList();
            var (sort, words) = random.Next(4) is 0 ? ("relevance", "&q=示例&highlight=true") : (Sorts[random.Next(Sorts.Length)], "");
            var (list, rows) = random.Next(2) is 0
                ? ("procedures", replayed.SelectMany(h => ProcedureFold.Pages(h.Events).Select(page => Found.Of(ProcedureRow.Of(page), h.Positions))).ToList())
                : ("notices", replayed.SelectMany(h => NoticeRow.Of(h.Events).Select(row => Found.Of(row, h.Events, h.Positions))).ToList());
            var like = rows.Count is 0 ? null : rows[random.Next(rows.Count)];
            var filter = like is null || random.Next(3) is 0 ? null : like.Values.Keys.ElementAt(random.Next(like.Values.Count));
            var value = filter is null ? null : like!.Values[filter];
            var query = $"/v1/{list}?centre={Own.Code}&asOf={asOf}&sort={sort}&limit={random.Next(3, 60)}&facets=category,region{words}" + (value is null ? "" : $"&{filter}={Uri.EscapeDataString(value)}");
            var expected = rows.Where(row => value is null || row.Fits(filter!, value)).ToDictionary(row => row.Id);
            found += expected.Count;
            changed += rows.Count(row => row.Values.GetValueOrDefault("stage") is not (null or "planning"));

            var (items, facets) = await All(query);

            foreach (var facet in (string[])["category", "region"])
                Assert.Equal(Counted(expected.Values.Select(row => facet is "region" ? row.Region[..2] + "0000" : row.Values[facet])), facets[facet]!.AsArray().ToDictionary(each => (string)each!["value"]!, each => (int)each!["count"]!));
            Assert.Equal(expected.Keys.Order(), items.Select(Id).Order());
            foreach (var item in items) Assert.True(JsonNode.DeepEquals(expected[Id(item)].Item, Unlit(item, words.Length > 0)), $"{query}: {expected[Id(item)].Item}{Environment.NewLine}is told as{Environment.NewLine}{item}");
            var keys = items.Select(item => expected[Id(item)].Key(sort)).ToList();
            Assert.Equal(sort.StartsWith('-') || sort is "relevance" ? [.. keys.OrderDescending()] : [.. keys.Order()], keys);
        }

        Assert.True(found > Instants && changed > Instants, $"{found} found, {changed} beyond planning");
    }

    [Fact]
    public async Task they_say_of_when_they_are_and_refuse_what_is_no_moment()
    {
        app.Clock.Set(Scene.Now);
        var posted = await Posted.Register(app.Client(), app.Database);
        await Feed.CaughtUp(app);
        var (at, position) = ((DateTimeOffset)(await Posted.Rows<DateTimeOffset>(app.Database, $"select timestamp from events.mt_events where stream_id = '{posted.ProcedureId}'")).Single(),
            (await Posted.Rows<long>(app.Database, $"select position from log.leaf where stream = '{posted.ProcedureId}'")).Single());
        app.Clock.Set(at.AddSeconds(5));
        var moment = at.ToUniversalTime().ToString("r", CultureInfo.InvariantCulture);

        foreach (var list in (string[])["procedures", "notices"])
        {
            var then = (await anyone.Get($"/v1/{list}?asOf={position}&limit=1")).Expect(HttpStatusCode.OK);
            Assert.Equal(moment, then.Headers["Memento-Datetime"]);
            Assert.Equal(moment, (await anyone.Get($"/v1/{list}?limit=1", ("Accept-Datetime", moment))).Expect(HttpStatusCode.OK).Headers["Memento-Datetime"]);
            Assert.False((await anyone.Get($"/v1/{list}?limit=1")).Expect(HttpStatusCode.OK).Headers.ContainsKey("Memento-Datetime"));
            Assert.Empty((await anyone.Get($"/v1/{list}?asOf=2000-01-01T00:00:00Z")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray());
            foreach (var (wrong, error) in (List<(string, string)>)[("yesterday", "as-of.form"), ("2026-03-01", "as-of.form"), ("999999999999", "as-of.unpublished"), ("2199-01-01T00:00:00Z", "as-of.unpublished")])
                Assert.Equal(error, (string?)(await anyone.Get($"/v1/{list}?asOf={wrong}")).Refused(HttpStatusCode.BadRequest, "validation").Json["errors"]![0]!["code"]);
        }
    }

    private static Dictionary<string, int> Counted(IEnumerable<string> values) => values.GroupBy(value => value).ToDictionary(same => same.Key, same => same.Count());

    /// <summary>Without its highlights, which are there where they were wished.</summary>
    private static JsonObject Unlit(JsonNode item, bool wished)
    {
        var shown = item.DeepClone().AsObject();
        Assert.Equal(wished, shown.Remove("highlights"));
        return shown;
    }

    private static Guid Id(JsonNode item) => (Guid)(item["noticeId"] ?? item["procedureId"])!;

    private async Task<(IReadOnlyList<JsonNode> Items, JsonNode Facets)> All(string? next)
    {
        var items = new List<JsonNode>();
        JsonNode? facets = null;
        while (next is not null)
        {
            var page = (await anyone.Get(next)).Expect(HttpStatusCode.OK).Json;
            items.AddRange(page["items"]!.AsArray().Select(item => item!));
            facets ??= page["facets"];
            next = (string?)page["links"]!["next"];
        }

        return (items, facets!);
    }

    /// <summary>A row by a replay, its item, and a value of each filter that finds it.</summary>
    private sealed record Found(Guid Id, JsonNode Item, IReadOnlyDictionary<string, string> Values, IReadOnlyDictionary<string, IReadOnlyList<string>> All, string Region, int Rank, DateTimeOffset Published, DateTimeOffset Deadline, decimal Amount)
    {
        public static Found Of(ProcedureRow row, IReadOnlyList<long> positions) => Of(
            row.Id, row.Region, row, ProcedureItem.Of(row, positions[row.Page.Version - 1]), row.PublishedAt, row.DeadlineOrder, row.AmountOrder,
            ("stage", [row.Stage]), ("status", [row.Status]), ("lotStatus", row.LotStatuses), ("supplier", row.Suppliers), ("category", [row.Category]));

        public static Found Of(NoticeRow row, IReadOnlyList<IEvent> events, IReadOnlyList<long> positions) => Of(
            row.Id, row.Region, row, NoticeItem.Of(row, positions[(int)events.Single(e => e.Id == row.Id).Version - 1]), row.PublishedAt, row.DeadlineOrder, row.AmountOrder,
            ("type", [row.Type]), ("initiator", row.Initiators), ("supplier", row.Parties), ("category", [row.Category]));

        public bool Fits(string filter, string value) => All[filter].Contains(value);

        public IComparable Key(string sort) => sort.TrimStart('-') switch { "relevance" => (-Rank, Published), "publishedAt" => Published, "deadline" => Deadline, _ => Amount };

        /// <summary>In which part of the wording the word first stands.</summary>
        private static int RankOf(string wording, string word) => wording[..wording.IndexOf(word, StringComparison.Ordinal)].Count(mark => mark is Folding.EndOfTitles or Folding.EndOfNames) + 1;

        private static Found Of<TItem>(Guid id, string region, IWorded row, TItem item, DateTimeOffset published, DateTimeOffset deadline, decimal amount, params (string Filter, IReadOnlyList<string> Values)[] found) => new(
            id, JsonSerializer.SerializeToNode(item, WireJson.Stored)!, found.Where(f => f.Values.Count > 0).ToDictionary(f => f.Filter, f => f.Values[0]),
            found.ToDictionary(f => f.Filter, f => f.Values), region, RankOf(row.Wording, Folding.Word("示例")), published, deadline, amount);
    }
}
