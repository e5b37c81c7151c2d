using System.Net;
using System.Text.Json.Nodes;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Watch;

/// <summary>A tender of sixty days in the spring of 2026 in which every time the law sets passes: an objection waits, and so does the contract.</summary>
/// <param name="client">Whom to ask at present; the service may be another one after each step.</param>
internal sealed class LateTender(Func<string?, Client> client)
{
    private string procedureId = "";

    /// <summary>What is raised, day by day: R-T-08 gives three days from Wednesday, R-T-14 thirty from Monday.</summary>
    public static readonly string[] Alerts =
    [
        "R-T-08 begun green 2026-03-04T10:00:00+08:00", "R-T-08 half yellow 2026-03-06T12:00:00+08:00", "R-T-08 three-quarters yellow 2026-03-07T06:00:00+08:00",
        "R-T-08 broken red 2026-03-10T00:00:00+08:00", "R-T-08 settled red 2026-03-20T09:00:00+08:00",
        "R-T-14 begun green 2026-03-30T11:00:00+08:00", "R-T-14 half yellow 2026-04-15T00:00:00+08:00", "R-T-14 three-quarters yellow 2026-04-22T12:00:00+08:00",
        "R-T-14 broken red 2026-04-30T00:00:00+08:00",
    ];

    /// <param name="between">Comes between any two steps.</param>
    public async Task Run(Func<Task>? between = null)
    {
        await Put("2026-03-02T08:00:00+08:00");
        var receipt = (await client("publisher").PostText("/v1/procedures", Routes.Engineering("001"))).Expect(HttpStatusCode.Created).Json;
        procedureId = (string)receipt["procedureId"]!;
        await Post("announcement", Routes.Announcement.Body!.Replace("2026-07-01", "2026-03-23", StringComparison.Ordinal)
            .Replace("2026-06-01", "2026-03-02", StringComparison.Ordinal).Replace("2026-06-20", "2026-03-12", StringComparison.Ordinal));
        await Next("2026-03-04T10:00:00+08:00");
        var objection = await Post("objections", Routes.Objections.Body!.Replace("2026-05-30T10:00:00", "2026-03-04T10:00:00", StringComparison.Ordinal));
        await Next("2026-03-20T09:00:00+08:00");
        await Post($"objections/{objection["objectionId"]}/answer", Routes.ObjectionAnswer.Body!.Replace("2026-05-31T16:00:00", "2026-03-20T09:00:00", StringComparison.Ordinal));
        await Next("2026-03-24T08:00:00+08:00");
        await Post("opening", Routes.Opening.Body!);
        await Next("2026-03-25T08:00:00+08:00");
        await Post("candidates", Routes.Candidates.Body!.Replace("2026-06-01T09:00:00", "2026-03-25T09:00:00", StringComparison.Ordinal)
            .Replace("2026-06-05", "2026-03-29", StringComparison.Ordinal));
        await Next("2026-03-30T11:00:00+08:00");
        await Post("awards", Routes.Awards.Body!);
        foreach (var day in (string[])["2026-04-15", "2026-04-29", "2026-05-01"]) await Next($"{day}T09:00:00+08:00");

        async Task Next(string time)
        {
            if (between is not null) await between();
            await Put(time);
        }
    }

    /// <summary>Waits until so many things have happened to alerts, and sees that there is each of them once.</summary>
    public async Task RaisedExactlyOnce(Database database)
    {
        await Eventually.True(async () => (await Recorded(database)).Count >= Alerts.Length, seconds: 60);
        await Idle(database);
        Assert.Equal(Alerts, await Recorded(database));

        var items = (await client("supervisor").Get("/v1/supervision/alerts?sort=dueAt")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();
        Assert.Equal(
            ["R-T-08 red settled 5", "R-T-14 red open 4"],
            items.Select(item => $"{item!["rule"]} {item["light"]} {item["state"]} {item["course"]!.AsArray().Count}"));
    }

    /// <summary>Waits until everything has been followed and nothing is due.</summary>
    private static async Task Idle(Database database)
    {
        await using var owner = database.OpenAsOwner();
        await Eventually.True(async () =>
        {
            await using var command = owner.CreateCommand(
                """
                select not exists (select from log.pending) and (select position from watch.progress) = (select count(*) from log.leaf)
                    and not exists (select from watch.look where look_at <= (select now from intake.sandbox_clock))
                """);
            return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is true;
        });
    }

    private static async Task<IReadOnlyList<string>> Recorded(Database database)
    {
        await using var owner = database.OpenAsOwner();
        await using var command = owner.CreateCommand(
            """
            select concat_ws(' ', data->>'rule', coalesce(data->>'step', 'settled'), data->>'light', coalesce(data->>'reachedAt', data->>'settledAt'))
            from events.mt_events where type in ('alert-raised', 'alert-settled') order by data->>'rule', stream_id, version
            """);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var recorded = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) recorded.Add(reader.GetString(0));
        return recorded;
    }

    private async Task Put(string now) => (await client("operator").Post("/v1/sandbox/clock", new { now })).Expect(HttpStatusCode.OK);

    private async Task<JsonNode> Post(string step, string body) =>
        (await client("publisher").PostText($"/v1/procedures/{procedureId}/{step}", body)).Expect(HttpStatusCode.Created).Json;
}
