using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using JasperFx.Events;
using Trading.Events;
using Trading.Kernel;
using Trading.Projections;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Read;

/// <summary>What is answered of the past is what a replay from the first event gives.</summary>
[Collection(TradingApp.Collection)]
public sealed class AsOfTests(TradingApp app, ITestOutputHelper output)
{
    private const int Seed = 20_261_123, Procedures = 12, Instants = 400;
    private readonly Client anyone = app.Client(role: null);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task at_random_instants_it_equals_a_replay()
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var chance = new RandomNotices(Seed + 1);
        var lives = new List<Guid>();
        var now = Samples.Later;
        for (var i = 0; i < Procedures; i++)
        {
            var (procedure, facts) = chance.Next();
            foreach (var fact in facts)
            {
                app.Clock.Set(now = now.AddSeconds(random.Next(1, 100_000)));
                await RecordedLives.Record(app.Store, procedure, [fact]);
            }

            lives.Add(procedure);
        }

        await Feed.CaughtUp(app);
        await using var session = app.Store.QuerySession();
        var histories = new List<(Guid Id, IReadOnlyList<IEvent> Events, long[] Positions)>();
        foreach (var id in lives)
            histories.Add((id, await session.Events.FetchStreamAsync(id, token: Ct), [.. await Posted.Rows<long>(app.Database, $"select position from log.leaf where stream = '{id}' order by version")]));
        app.Clock.Set(now + ((now - Samples.Later) * 0.1) + TimeSpan.FromDays(1));
        var (first, last) = (histories.Min(h => h.Events[0].Timestamp), histories.Max(h => h.Events[^1].Timestamp));

        var (found, missing) = (0, 0);
        for (var i = 0; i < Instants; i++)
        {
            var (id, events, positions) = histories[random.Next(histories.Count)];
            var byPosition = random.Next(2) is 0;
            var position = positions[0] + random.Next(-2, (int)(positions[^1] - positions[0]) + 2);
            var time = first + ((last - first) * (random.NextDouble() * 1.1 - 0.05));
            if (byPosition && (position < 0 || position >= await Size())) continue;
            var then = byPosition ? events.Take(positions.Count(p => p <= position)).ToList() : [.. events.TakeWhile(e => e.Timestamp <= time)];
            var asOf = byPosition ? position.ToString(CultureInfo.InvariantCulture) : time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
            if (then.Count is 0)
            {
                (await anyone.Get($"/v1/procedures/{id}?asOf={asOf}")).Refused(HttpStatusCode.NotFound, "not-found");
                missing++;
                continue;
            }

            found++;
            var page = ProcedureFold.Pages(then).Single().At(positions);
            Same(page, await anyone.Get($"/v1/procedures/{id}?asOf={asOf}"));
            Same(new Trading.Read.History(id, Timeline.Of(then, positions)), await anyone.Get($"/v1/procedures/{id}/history?asOf={asOf}"));
            var e = events[random.Next(events.Count)];
            var notice = await anyone.Get($"/v1/notices/{e.Id}?asOf={asOf}");
            if (e.Version > then.Count || NoticePage.Of(e, page, positions) is not { IsPublic: true } told)
            {
                notice.Refused(HttpStatusCode.NotFound, "not-found");
                continue;
            }

            var (status, chain) = (JsonSerializer.SerializeToNode(told.Status, WireJson.Stored), JsonSerializer.SerializeToNode(told.Chain, WireJson.Stored));
            Assert.True(JsonNode.DeepEquals(status, notice.Expect(HttpStatusCode.OK).Json["status"]) && JsonNode.DeepEquals(chain, notice.Json["chain"]), notice.Body);
        }

        Assert.True(found > Instants / 2 && missing > 5, $"{found} found, {missing} missing");
    }

    [Fact]
    public async Task a_time_can_be_negotiated_and_the_answer_says_of_when_it_is()
    {
        app.Clock.Set(Scene.Now);
        var posted = await Posted.Register(app.Client(), app.Database);
        var registered = await RecordedAt(posted);
        app.Clock.Set(registered.AddSeconds(30));
        (await posted.Post("plan", Posted.Plan)).Expect(HttpStatusCode.Created);

        var now = (await anyone.Get(posted.Path)).Expect(HttpStatusCode.OK);
        Assert.Equal((2, false, true), (now.Version, now.Headers.ContainsKey("Memento-Datetime"), now.Headers["Vary"].Contains("Accept-Datetime", StringComparison.Ordinal)));

        var past = (await anyone.Get(posted.Path, ("Accept-Datetime", registered.ToString("r", CultureInfo.InvariantCulture)))).Expect(HttpStatusCode.OK);
        Assert.Equal((1, registered.ToString("r", CultureInfo.InvariantCulture)), (past.Version, past.Headers["Memento-Datetime"]));
        Assert.Contains("rel=\"original timegate\"", past.Headers["Link"], StringComparison.Ordinal);
        Assert.Equal(2, (await anyone.Get(posted.Path)).Version);
        Assert.Equal(1, (await anyone.Get(posted.Path, ("Accept-Datetime", registered.ToString("r", CultureInfo.InvariantCulture)))).Version);
        (await anyone.Get(posted.Path, ("Accept-Datetime", "Sat, 01 Jan 2000 00:00:00 GMT"))).Refused(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData("asOf=yesterday", "as-of.form"), InlineData("asOf=2026-03-01", "as-of.form"), InlineData("asOf=-1", "as-of.form"), InlineData("asOf=2026-03-01T09:00:00", "as-of.form")]
    [InlineData("asOf=999999999999", "as-of.unpublished"), InlineData("asOf=", "parameter.form"), InlineData("asof=1", "unknown-parameter")]
    [InlineData("asOf=2026-06-01T09:00:00%2B08:00", "as-of.unpublished"), InlineData("asOf=2200-12-30T23:59:59%2B08:00", "as-of.unpublished")]
    [InlineData("asOf=2200-12-31T00:00:00%2B08:00", "as-of.form"), InlineData("asOf=1900-01-01T00:00:00Z", "as-of.form")]
    public async Task what_is_no_moment_is_refused(string query, string error)
    {
        app.Clock.Set(Scene.Now);
        var posted = await Posted.Register(app.Client(), app.Database);
        var notice = (string)(await anyone.Get(posted.Path)).Json["notices"]![0]!["noticeId"]!;

        foreach (var path in (string[])[posted.Path, posted.Path + "/history", $"/v1/notices/{notice}"])
            Assert.Equal(error, (string?)(await anyone.Get($"{path}?{query}")).Refused(HttpStatusCode.BadRequest, "validation").Json["errors"]![0]!["code"]);
        foreach (var (date, code) in ((string, string)[])[
            ("yesterday", "as-of.date"), ("Fri, 31 Dec 9999 23:59:59 GMT", "as-of.date"), ("Mon, 01 Jan 0001 00:00:00 GMT", "as-of.date"),
            ("Mon, 01 Jun 2026 01:00:00 GMT", "as-of.unpublished"), ("Thu, 01 Jan 2099 00:00:00 GMT", "as-of.unpublished")])
            Assert.Equal(code, (string?)(await anyone.Get(posted.Path, ("Accept-Datetime", date))).Refused(HttpStatusCode.BadRequest, "validation").Json["errors"]![0]!["code"]);
    }

    [Fact]
    public async Task of_one_moment_the_same_is_told_for_ever()
    {
        app.Clock.Set(Scene.Now);
        await Posted.Register(app.Client(), app.Database);
        string[] paths = ["procedures?limit=1", "notices?limit=1", "statistics/procedures?by=year", "statistics/notices?by=year", "parties/11420500011052607X?"];
        foreach (var path in paths)
            Assert.Equal("as-of.unpublished", (string?)(await anyone.Get($"/v1/{path}&asOf={Uri.EscapeDataString(Scene.Now)}")).Refused(HttpStatusCode.BadRequest, "validation").Json["errors"]![0]!["code"]);

        app.Clock.Set(Samples.At("2026-06-01T09:00:00").AddTicks(1));
        foreach (var path in paths) (await anyone.Get($"/v1/{path}&asOf={Uri.EscapeDataString(Scene.Now)}")).Expect(HttpStatusCode.OK);
    }

    /// <summary>An event has its time before its transaction commits; until then nothing is told of that time.</summary>
    [Fact]
    public async Task a_moment_is_told_of_when_all_that_was_being_recorded_then_has_been()
    {
        app.Clock.Set(Scene.Now);
        var posted = await Posted.Register(app.Client(), app.Database);
        await using var connection = new Npgsql.NpgsqlConnection(app.Database.Application);
        await connection.OpenAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await using var command = new Npgsql.NpgsqlCommand("select pg_current_xact_id()::text", connection, transaction);
        await command.ExecuteScalarAsync(Ct);

        app.Clock.Set(Samples.At("2026-06-01T09:00:01"));
        var asked = anyone.Get($"{posted.Path}?asOf={Uri.EscapeDataString(Scene.Now)}");
        await using var service = Npgsql.NpgsqlDataSource.Create(app.Database.Application);   // a role sees what its own backends ask
        await using var waits = service.CreateCommand(
            "select exists (select from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database() and query like 'select not exists (select from pg_stat_activity%')");
        await Eventually.True(async () => await waits.ExecuteScalarAsync(Ct) is true);
        Assert.False(asked.IsCompleted);
        await transaction.RollbackAsync(Ct);
        (await asked).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task an_alert_is_no_procedure()
    {
        await RecordedLives.Begin(app.Store, Lives.Procedure(905), new INoticed[]
        {
            Samples.Registered(), Samples.Announced(Samples.L1), Samples.Opened(Samples.L1), Samples.Shown(Samples.L1), Samples.Decided(Samples.To(Samples.First, Samples.L1)),
        }.Numbered(905));
        await RecordedLives.Watch(app.Store, app.Database, Lives.Procedure(905), Samples.At("2026-04-20T00:00:00"));
        var alert = (await Posted.Rows<Guid>(app.Database, $"select id from views.mt_doc_alertrow where procedure_id = '{Lives.Procedure(905)}'")).Single();

        app.Clock.Set("2030-01-02T00:00:00Z");
        foreach (var path in (string[])["", "/history", "?asOf=0", "/history?asOf=2030-01-01T00:00:00Z"])
            (await app.Client("supervisor").Get($"/v1/procedures/{alert}{path}")).Refused(HttpStatusCode.NotFound, "not-found");
    }

    private static void Same<T>(T expected, Answer answer)
    {
        var (wanted, told) = (JsonSerializer.SerializeToNode(expected, WireJson.Stored), answer.Expect(HttpStatusCode.OK).Json);
        Assert.True(JsonNode.DeepEquals(wanted, told), $"{wanted}{Environment.NewLine}is told as{Environment.NewLine}{told}");
    }

    private async Task<long> Size() => (await Posted.Rows<long>(app.Database, "select max(size) from log.checkpoint where tree = 'sha256'")).Single();

    private async Task<DateTimeOffset> RecordedAt(Posted posted) =>
        (await Posted.Rows<DateTimeOffset>(app.Database, $"select timestamp from events.mt_events where stream_id = '{posted.ProcedureId}' order by version limit 1")).Single();
}
