using System.Net;
using Trading.Events;
using Trading.Kernel;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Http.Refusals;

/// <summary>Procedures that stand still at every stage, at one moment: 1 June 2026, nine in the morning.</summary>
public sealed class Scene(TradingApp app) : IAsyncLifetime
{
    /// <summary>No procedure at all.</summary>
    public const string Nowhere = "nowhere";
    public const string Registered = "registered", SoleSource = "sole source", Announced = "announced", Suspended = "suspended", Objected = "objected";

    /// <summary>Its plan is not public.</summary>
    public const string Hidden = "hidden";

    /// <summary>The deadline has passed, the bids have not been opened.</summary>
    public const string Due = "due";
    /// <summary>An earlier version took a contract whose day no release can tell.</summary>
    public const string Defective = "defective";
    public const string Opened = "opened", Evaluated = "evaluated", Awarded = "awarded", Contracted = "contracted", Closed = "closed", Terminated = "terminated";

    /// <summary>Of another centre.</summary>
    public const string Foreign = "foreign";

    /// <summary>Taken over from a former system.</summary>
    public const string Former = "former";

    public const string Now = "2026-06-01T09:00:00+08:00";
    public const string OtherCentre = "12430300MB0000027C";
    private const string Nobody = "01900000-0000-7000-8000-0000000000ff";

    private readonly Dictionary<string, Dictionary<string, string>> places = new()
    {
        [Nowhere] = new() { ["procedureId"] = Nobody, ["noticeId"] = Nobody, ["contractId"] = Nobody, ["objectionId"] = Nobody, ["eventId"] = Nobody, ["ruleId"] = "R-T-03", ["list"] = "lot-status",
            ["releaseId"] = Nobody, ["ocid"] = "ocds-000000-" + Nobody, ["extension"] = "complaints", ["file"] = "release-schema.json", ["codelist"] = "complaintTarget.csv" },
    };

    public async ValueTask InitializeAsync()
    {
        if (app.Database is null) return;   // tests without a service run without one

        await Make(Registered);
        await Make(Hidden, (Routes.Plan with { Body = Routes.Plan.Set("/disclosure/attribute", "withheld") }, "2026-05-25T08:00:00+08:00"));
        await Make(Announced, (Announce("2026-07-01T09:00:00+08:00"), "2026-05-25T08:00:00+08:00"));
        await Make(Suspended, (Announce("2026-07-01T09:00:00+08:00"), "2026-05-25T08:00:00+08:00"), (Routes.Suspension, Now));
        await Make(Objected, (Announce("2026-07-01T09:00:00+08:00"), "2026-05-25T08:00:00+08:00"), (Routes.Objections with { Body = Routes.Objections.Without("/disclosure") }, Now));
        await Make(Terminated, (Routes.Termination with { Body = Routes.Termination.Body!.Replace("failed", "terminated", StringComparison.Ordinal) }, Now));
        (Route, string)[] life =
        [
            (Announce("2026-03-23T09:00:00+08:00"), "2026-03-02T08:00:00+08:00"), (Routes.Opening, "2026-03-24T08:00:00+08:00"),
            (Show(), "2026-03-25T08:00:00+08:00"), (Routes.Awards, "2026-03-30T11:00:00+08:00"), (Routes.Contracts, "2026-04-10T17:00:00+08:00"),
            (Routes.Closure, Now),
        ];
        foreach (var (place, steps) in new[] { (Due, 1), (Opened, 2), (Evaluated, 3), (Awarded, 4), (Contracted, 5), (Closed, 6) })
            await Make(place, life[..steps]);

        await Make(Defective);
        await Spoil();

        var sole = Routes.Register.Body!.Replace("\"engineering\"", "\"procurement\"", StringComparison.Ordinal)
            .Replace("\"A01\"", "\"D01\"", StringComparison.Ordinal).Replace("\"open\"", "\"sole-source\"", StringComparison.Ordinal);
        await Register(SoleSource, app.Client(), sole);
        await Register(Foreign, app.Client(centre: OtherCentre), Routes.Engineering("001"));
        await Import();
        app.Clock.Set(Now);
        await Boards.CaughtUp(app.Database);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Puts the ids of a place where a path or body names them.</summary>
    public string Fill(string text, string place) => places[place].Aggregate(
        places[Nowhere].Keys.Except(places[place].Keys).Aggregate(text, (t, name) => t.Replace($"{{{name}}}", Nobody, StringComparison.Ordinal)),
        (t, id) => t.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));

    public string Path(Route route, string? place = null) => "/" + Fill(route.Template, place ?? route.At);

    private async Task Spoil()
    {
        var procedure = Guid.Parse(places[Defective]["procedureId"]);
        await using var session = app.Store.QuerySession();
        var heading = ((INoticed)(await session.Events.FetchStreamAsync(procedure, token: TestContext.Current.CancellationToken))[0].Data).Notice.Heading;
        var notice = Samples.Notice(1) with { NoticeId = Guid.CreateVersion7(app.Clock.GetUtcNow()), Heading = heading };
        places[Defective]["noticeId"] = notice.NoticeId.ToString();
        await RecordedLives.Record(app.Store, procedure, [Samples.Contracted(LotId.Parse("001")) with { Notice = notice, ContractId = notice.NoticeId, SignedOn = DateOnly.MinValue }]);
    }

    private async Task Make(string place, params (Route Route, string At)[] steps)
    {
        app.Clock.Set("2026-03-01T09:00:00+08:00");
        await Register(place, app.Client(), Routes.Engineering("001"));
        foreach (var (route, at) in steps)
        {
            app.Clock.Set(at);
            var receipt = (await app.Client().PostText(Path(route, place), Fill(route.Body!, place))).Expect(HttpStatusCode.Created).Json;
            foreach (var id in (string[])["noticeId", "contractId", "objectionId"])
                if ((string?)receipt[id] is { } given) places[place][id] = given;
            places[place]["releaseId"] = places[place]["eventId"] = places[place]["noticeId"];
        }
    }

    private async Task Register(string place, Client client, string body)
    {
        var receipt = (await client.PostText("/v1/procedures", body)).Expect(HttpStatusCode.Created).Json;
        places[place] = new() { ["procedureId"] = (string)receipt["procedureId"]!, ["noticeId"] = (string)receipt["noticeId"]!, ["ocid"] = (string)receipt["ocid"]!, ["creditCode"] = "11420500011052607X" };
    }

    private async Task Import()
    {
        var line = Routes.Legacy.Body!.Replace("refusals-1", "refusals-former", StringComparison.Ordinal);
        using var content = new StringContent(line, System.Text.Encoding.UTF8, Routes.Legacy.ContentType);
        (await app.Client().Send(HttpMethod.Post, "/v1/legacy-notices", content)).Expect(HttpStatusCode.OK);
        await using var database = app.Database.OpenAsOwner();
        await using var command = database.CreateCommand(
            "select stream_id, id from events.mt_events where data ->> 'sourceId' = 'refusals-former' and data -> 'notice' -> 'heading' -> 'centre' ->> 'code' = $1");
        command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = Trading.Ops.LocalKey.CentreCode });
        await using var row = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        Assert.True(await row.ReadAsync(TestContext.Current.CancellationToken));
        places[Former] = new() { ["procedureId"] = row.GetGuid(0).ToString(), ["noticeId"] = row.GetGuid(1).ToString() };
    }

    private static Route Announce(string deadline) => Routes.Announcement with
    {
        Body = (deadline.StartsWith("2026-03", StringComparison.Ordinal)
            ? Routes.Announcement.Body!.Replace("2026-06-01T09", "2026-03-02T08", StringComparison.Ordinal).Replace("2026-06-20", "2026-03-20", StringComparison.Ordinal)
            : Routes.Announcement.Body!).Replace("2026-07-01T09:00:00+08:00", deadline, StringComparison.Ordinal),
    };

    private static Route Show() => Routes.Candidates with
    {
        Body = Routes.Candidates.Body!.Replace("2026-06-05T18", "2026-03-28T18", StringComparison.Ordinal)
            .Replace("2026-06-01T09", "2026-03-25T08", StringComparison.Ordinal),
    };
}
