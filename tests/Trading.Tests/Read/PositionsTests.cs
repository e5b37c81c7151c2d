using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Read;

/// <summary>序号: what is read names the same positions as the feed, once they are published.</summary>
[Collection(TradingApp.Collection)]
public sealed class PositionsTests(TradingApp app)
{
    private const string Withheld = """{"expectedMonth":"2026-07","summary":"涉密","disclosure":{"attribute":"withheld","secrecyReview":{"reviewer":"李审查","reviewedAt":"2020-01-01T08:00:00+08:00","result":"passed"}}}""";
    private readonly Client anyone = app.Client(role: null);

    [Fact]
    public async Task every_answer_tells_the_positions_the_feed_has()
    {
        var before = await Size();
        var procedure = await Register();
        var plan = await Post($"{procedure}/plan", Routes.Plan.Body!);
        var hidden = await Post($"{procedure}/plan", Withheld);
        await Boards.CaughtUp(app.Database);
        await Feed.CaughtUp(app);
        var feed = Told((await anyone.Get($"/v1/changes?after={before}")).Expect(HttpStatusCode.OK).Json["items"]!, "eventId").ToList();
        Assert.Equal([(plan, before + 1), (hidden, before + 2)], feed.Skip(1));
        var shown = feed.Take(2).ToList();   // the feed has of what is hidden a commitment alone

        var page = (await anyone.Get(procedure)).Expect(HttpStatusCode.OK);
        Assert.Equal("\"3\"", page.ETag);
        Assert.Equal(feed[2].Position, (long)page.Json["position"]!);
        Assert.Equal(shown, Told(page.Json["notices"]!));
        Assert.Equal(feed, Told((await anyone.Get($"{procedure}/history")).Expect(HttpStatusCode.OK).Json["items"]!, "eventId"));
        Assert.Equal(shown.Order(), Told((await anyone.Get($"/v1/notices?procedure={procedure[^36..]}")).Expect(HttpStatusCode.OK).Json["items"]!).Order());
        foreach (var (id, position) in feed)
        {
            var notice = (await app.Client("supervisor").Get($"/v1/notices/{id}")).Expect(HttpStatusCode.OK).Json;
            Assert.Equal(position, (long)notice["position"]!);
            Assert.Equal(shown, Told(notice["chain"]!));
        }

        JsonNode? listed = null;
        for (var next = "/v1/procedures?limit=200"; listed is null;)
        {
            var list = (await anyone.Get(next)).Expect(HttpStatusCode.OK).Json;
            listed = list["items"]!.AsArray().SingleOrDefault(item => (string)item!["procedureId"]! == procedure[^36..]);
            next = listed is null ? (string)list["links"]!["next"]! : next;
        }

        Assert.Equal(feed[2].Position, (long)listed["position"]!);
    }

    [Fact]
    public async Task a_position_is_told_once_it_is_published_and_the_tag_is_another_then()
    {
        var procedure = await Register();
        var history = $"{procedure}/history";
        await Feed.CaughtUp(app);
        var first = (long)(await anyone.Get(procedure)).Expect(HttpStatusCode.OK).Json["position"]!;

        string notice;
        Answer page;
        await using (await Hold())
        {
            notice = (string)(await app.Client().PostText($"{procedure}/plan", Routes.Plan.Body!)).Expect(HttpStatusCode.Created).Json["links"]!["notice"]!;
            await Eventually.True(async () => await Ask($"select count(*) from log.leaf where stream = '{procedure[^36..]}'") is 2);
            page = (await anyone.Get(procedure)).Expect(HttpStatusCode.OK);
            Assert.Equal("\"2.2\"", page.ETag);
            Assert.Null(page.Json["position"]);
            Assert.Equal([first, null], page.Json["notices"]!.AsArray().Select(line => (long?)line!["position"]));
            var told = (await anyone.Get(history)).Expect(HttpStatusCode.OK);
            Assert.Equal("\"2.1\"", told.ETag);
            Assert.Equal([first, null], told.Json["items"]!.AsArray().Select(item => (long?)item!["position"]));
            Assert.Null((await anyone.Get(notice)).Expect(HttpStatusCode.OK).Json["position"]);
            (await anyone.Get(procedure, ("If-None-Match", "\"2.2\""))).Expect(HttpStatusCode.NotModified);
        }

        await Feed.CaughtUp(app);
        Assert.Equal("\"2\"", (await anyone.Get(history, ("If-None-Match", "\"2.1\""))).Expect(HttpStatusCode.OK).ETag);
        var whole = (await anyone.Get(procedure, ("If-None-Match", page.ETag!))).Expect(HttpStatusCode.OK);
        Assert.Equal("\"2\"", whole.ETag);
        Assert.Equal((long)whole.Json["position"]!, (long)(await anyone.Get(notice)).Expect(HttpStatusCode.OK).Json["position"]!);
    }

    [Fact]
    public async Task a_write_may_insist_on_the_version_of_an_answer_that_left_positions_out()
    {
        var procedure = await Register();

        (await app.Client().PostText($"{procedure}/plan", Routes.Plan.Body!, ("If-Match", "\"2.2\""))).Refused(HttpStatusCode.PreconditionFailed, "stale-version");
        (await app.Client().PostText($"{procedure}/plan", Routes.Plan.Body!, ("If-Match", "\"1.2\""))).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task a_posting_links_to_the_proof_of_its_event()
    {
        var receipt = (await app.Client().PostText("/v1/procedures", Routes.Engineering("001"))).Expect(HttpStatusCode.Created).Json;

        var proof = await Eventually.Get(anyone, (string)receipt["links"]!["receipt"]!, answer => answer.Status is HttpStatusCode.OK);
        await Feed.CaughtUp(app);
        var page = (await anyone.Get((string)receipt["links"]!["procedure"]!)).Expect(HttpStatusCode.OK).Json;
        Assert.StartsWith($"c2sp.org/tlog-proof@v1\nindex {page["position"]}\n", proof.Body, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Id, long Position)> Told(JsonNode lines, string id = "noticeId") =>
        lines.AsArray().Select(line => ((string)line![id]!, (long)line["position"]!));

    private async Task<string> Register() =>
        (string)(await app.Client().PostText("/v1/procedures", Routes.Engineering("001"))).Expect(HttpStatusCode.Created).Json["links"]!["procedure"]!;

    /// <returns>The id of the event.</returns>
    private async Task<string> Post(string path, string body) =>
        (string)(await app.Client().PostText(path, body)).Expect(HttpStatusCode.Created).Json["events"]![0]!["eventId"]!;

    private async Task<long> Size()
    {
        await Feed.CaughtUp(app);
        return await Ask("select count(*) from log.leaf");
    }

    private async Task<long> Ask(string question)
    {
        await using var owner = app.Database.OpenAsOwner();
        await using var command = owner.CreateCommand(question);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>While it is held, events get positions and no checkpoint is published.</summary>
    private async Task<NpgsqlConnection> Hold()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(app.Database.Owner) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("begin; lock table log.checkpoint in share row exclusive mode", connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
