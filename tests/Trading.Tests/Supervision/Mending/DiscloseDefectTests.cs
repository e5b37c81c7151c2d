using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Trading.Events;
using Trading.Kernel;
using Trading.Ops;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Supervision.Mending;

/// <summary>One event that cannot be shown takes no page with it; it rings until an operator says publicly what is wrong with it.</summary>
[Collection(TradingApp.Collection)]
public sealed class DiscloseDefectTests(TradingApp app) : IAsyncLifetime
{
    private const string Explained = """{"explanation":"合同签订日期录入有误，应为2026-04-10，以本说明为准。"}""";

    private readonly Client anyone = app.Client(role: null);
    private Posted posted = null!;
    private Guid procedure;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        app.Clock.Set(Scene.Now);
        posted = await Posted.Register(app.Client(), app.Database);
        procedure = Guid.Parse(posted.ProcedureId);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>An earlier version took the first day of the calendar; no time of it can be told in UTC.</summary>
    [Fact]
    public async Task an_event_of_which_no_release_can_be_made_is_left_out_and_rings_until_it_is_disclosed()
    {
        var contract = await Contract(DateOnly.MinValue);
        await Feed.CaughtUp(app);
        var position = await PositionOf(contract);

        var package = (await anyone.Get($"/v1/ocds/releases?after={position - 1}&limit=100")).Expect(HttpStatusCode.OK).Json;
        Assert.Contains(posted.ProcedureId, package.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(contract.ToString(), package.ToJsonString(), StringComparison.Ordinal);
        (await anyone.Get($"/v1/ocds/releases/{contract}")).Refused(HttpStatusCode.NotFound, "not-found");
        var ocid = (string)(await anyone.Get(posted.Path)).Json["ocid"]!;
        var record = (await anyone.Get($"/v1/ocds/records/{ocid}")).Expect(HttpStatusCode.OK).Json;
        Assert.Single(record["records"]![0]!["releases"]!.AsArray());
        (await anyone.Get("/v1/ocds/records?limit=100")).Expect(HttpStatusCode.OK);
        await EverythingElseIsAnswered(contract);
        await Rings(contract);

        await Disclose(contract);
        await IsQuiet(contract);
        var page = (await anyone.Get(posted.Path)).Expect(HttpStatusCode.OK).Json;
        var lines = page["notices"]!.AsArray();
        Assert.Equal((string)lines[^1]!["noticeId"]!, (string?)lines.Single(line => (Guid)line!["noticeId"]! == contract)!["defectBy"]);
        Assert.Equal((string)lines[^1]!["noticeId"]!, (string?)(await anyone.Get($"/v1/notices/{contract}")).Expect(HttpStatusCode.OK).Json["defectBy"]);
        await Feed.CaughtUp(app);
        Assert.Equal(contract, (Guid)(await anyone.Get($"/v1/changes?after={position}&limit=1")).Expect(HttpStatusCode.OK).Json["items"]![0]!["eventId"]!);
        (await anyone.Get($"/v1/ocds/records/{ocid}")).Expect(HttpStatusCode.OK);
        await EverythingElseIsAnswered(contract);
    }

    /// <summary>A word of a closed set that this version does not have.</summary>
    [Fact]
    public async Task an_event_that_cannot_be_read_stands_as_it_was_recorded_and_stops_what_is_decided_until_it_is_disclosed()
    {
        await app.Client().PostText(posted.Path + "/plan", Posted.Plan);
        var odd = await OldEvents.Add(
            app.Database, procedure, "procedure-closed", "Trading.Events.ProcedureClosed",
            """jsonb_set(jsonb_set(data, '{notice,noticeId}', '"{id}"'), '{notice,heading,category}', '"of-the-future"')""");
        await Feed.CaughtUp(app);
        await Boards.CaughtUp(app.Database);

        var history = (await anyone.Get(posted.Path + "/history")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();
        var entry = history.Single(item => (Guid)item!["eventId"]! == odd)!;
        Assert.Equal(("procedure-closed", true, null), ((string?)entry["type"], (bool?)entry["unreadable"], (string?)entry["title"]));
        var notice = (await anyone.Get($"/v1/notices/{odd}")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal((true, "procedure-closed"), ((bool?)notice["unreadable"], (string?)notice["type"]));
        var audit = (await app.Client("supervisor").Get($"/v1/supervision/procedures/{procedure}/audit")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();
        Assert.Contains("of-the-future", audit.Single(item => (Guid)item!["eventId"]! == odd)!["data"]!.ToJsonString(), StringComparison.Ordinal);
        await EverythingElseIsAnswered(odd);
        await Rings(odd);

        Assert.Equal("procedure.defective", (string?)(await posted.Post("plan", Posted.Plan)).Refused(HttpStatusCode.Conflict, "wrong-stage").Json["rule"]);
        var other = await Posted.Register(app.Client(), app.Database);
        await Boards.CaughtUp(app.Database);
        Assert.Single((await anyone.Get($"/v1/notices?procedure={other.ProcedureId}")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray());

        await Disclose(odd);
        await IsQuiet(odd);
        (await posted.Post("plan", Posted.Plan)).Expect(HttpStatusCode.Created);
        await EverythingElseIsAnswered(odd);
    }

    [Fact]
    public async Task only_operators_disclose_and_only_what_cannot_be_shown()
    {
        var contract = await Contract(DateOnly.MinValue);
        var path = $"{posted.Path}/notices/{contract}/defect";
        foreach (var role in (string[])["publisher", "reviewer", "supervisor"]) (await app.Client(role).PostText(path, Explained)).Refused(HttpStatusCode.Forbidden, "forbidden");
        await Disclose(contract);
        Assert.Equal("defect.already-disclosed", (string?)(await app.Client("operator").PostText(path, Explained)).Refused(HttpStatusCode.Conflict, "wrong-stage").Json["rule"]);

        var sound = await Contract(new DateOnly(2026, 4, 10));
        Assert.Equal("defect.none", (string?)(await app.Client("operator").PostText($"{posted.Path}/notices/{sound}/defect", Explained)).Refused(HttpStatusCode.Conflict, "wrong-stage").Json["rule"]);
    }

    private async Task<Guid> Contract(DateOnly signedOn)
    {
        await using var session = app.Store.QuerySession();
        var heading = ((INoticed)(await session.Events.FetchStreamAsync(procedure, token: Ct))[0].Data).Notice.Heading;
        var id = Guid.CreateVersion7(app.Clock.GetUtcNow());
        await RecordedLives.Record(
            app.Store, procedure, [Samples.Contracted(LotId.Parse("001")) with { Notice = Samples.Notice(1) with { NoticeId = id, Heading = heading }, ContractId = id, SignedOn = signedOn }]);
        return id;
    }

    private async Task EverythingElseIsAnswered(Guid defective)
    {
        await Boards.CaughtUp(app.Database);
        foreach (var path in (string[])
        [
            posted.Path, posted.Path + "/history", $"/v1/notices/{defective}", "/v1/procedures?limit=200", "/v1/notices?limit=200", $"/v1/notices?procedure={procedure}",
            "/v1/procedures?limit=200&sort=-amount&facets=category,stage", "/v1/statistics/notices?by=year", "/v1/statistics/procedures?by=year", "/v1/parties/91420500MA4AAAA17B",
            "/v1/ocds/records?limit=100", $"{posted.Path}?asOf={await Published() - 1}", $"{posted.Path}/history?asOf={await Published() - 1}", $"/v1/notices?procedure={procedure}&asOf={await Published() - 1}",
        ])
            (await anyone.Get(path)).Expect(HttpStatusCode.OK);
        var supervisor = app.Client("supervisor");
        foreach (var part in (string[])["audit", "evidence"]) (await supervisor.Get($"/v1/supervision/procedures/{procedure}/{part}")).Expect(HttpStatusCode.OK);
        (await supervisor.PostText($"/v1/supervision/procedures/{procedure}/replay", Routes.Replay.Body!)).Expect(HttpStatusCode.OK);
    }

    private async Task Rings(Guid defective)
    {
        await Eventually.True(async () => await Kept(defective) > 0);
        var ready = (await anyone.Get("/health/ready")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("degraded", "degraded"), ((string?)ready["parts"]!["records"], (string?)ready["status"]));
        Assert.True(await Undisclosed() > 0);
    }

    private async Task IsQuiet(Guid defective)
    {
        var before = await Undisclosed();
        Assert.True(await Kept(defective) > 0);
        Assert.DoesNotContain(
            defective,
            await Posted.Rows<Guid>(app.Database, "select event_id from intake.event_defect d where not exists (select from events.mt_events m where m.type = 'defect-disclosed' and m.data ->> 'defectOf' = d.event_id::text)"));
        Assert.Equal(before, await Undisclosed());
    }

    private async Task Disclose(Guid defective) =>
        (await app.Client("operator").PostText($"{posted.Path}/notices/{defective}/defect", Explained)).Expect(HttpStatusCode.Created);

    private Task<long> Undisclosed() => app.Services.GetRequiredService<DefectTable>().CountUndisclosed(Ct);

    private async Task<long> Kept(Guid defective) => (await Posted.Rows<long>(app.Database, $"select count(*) from intake.event_defect where event_id = '{defective}'")).Single();

    private async Task<long> Published() => (await Posted.Rows<long>(app.Database, "select max(size) from log.checkpoint where tree = 'sha256'")).Single();

    private async Task<long> PositionOf(Guid e) => (await Posted.Rows<long>(app.Database, string.Create(CultureInfo.InvariantCulture, $"select position from log.leaf where event_id = '{e}'"))).Single();
}
