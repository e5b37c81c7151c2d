using System.Net;
using System.Text.RegularExpressions;
using Trading.Ops;
using Trading.Projections;
using Trading.Tests.Harness;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Ops.Views;

/// <summary>What a node answers while the views in the database are not of its version: 503, or what it always answers; never anything else.</summary>
public sealed partial class ViewVersionsTests
{
    private const string Stale = "update migration.view set built_at = null, built_by = null";
    private const string OtherVersion = "update migration.view set version = version + 1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task while_views_wait_for_their_rebuild_their_readers_get_503_and_all_others_what_they_always_get()
    {
        await using var service = await Service.Start("views", settings: ("Delivery__Cache", "off"));
        var addresses = await Addresses(service);
        AssertCovered(addresses);
        var before = await Answers(service, addresses);
        Assert.All(before, answer => answer.Value.Expect(HttpStatusCode.OK));

        await Execute(service.Database, Stale);
        foreach (var view in Register.Views) await Execute(service.Database, $"truncate views.mt_doc_{view.Row.Name.ToLowerInvariant()}");
        var degraded = await Eventually.Get(service.Client(), "/health/ready", answer => (string?)answer.Json["parts"]?["views"] is "degraded");
        Assert.Equal(string.Join(", ", Register.Views.Select(view => view.Name)), (string?)degraded.Json["rebuild"]);

        var meanwhile = await Answers(service, addresses);
        var refused = meanwhile.Where(answer => answer.Value.Status is HttpStatusCode.ServiceUnavailable).ToList();
        Assert.All(refused, answer =>
        {
            answer.Value.Refused(HttpStatusCode.ServiceUnavailable, "unavailable");
            Assert.Equal("30", answer.Value.Headers["Retry-After"]);
            Assert.Contains((string)answer.Value.Json["facts"]!["view"]!, Register.Versions);
        });
        foreach (var (address, answer) in meanwhile.Except(refused)) Assert.Equal(before[address].Body, answer.Body);
        Assert.Equal(
            addresses.Where(address => ReadsViews().IsMatch(address)).Order(StringComparer.Ordinal), refused.Select(answer => answer.Key).Order(StringComparer.Ordinal));
        (await service.Client("publisher").PostText("/v1/procedures", Posted.Body)).Refused(HttpStatusCode.ServiceUnavailable, "unavailable");

        Assert.Equal(0, await Rebuild.Run(service.Database.Settings(), Rebuild.Changed));
        await Eventually.Get(service.Client(), "/health/ready", answer => (string?)answer.Json["status"] is "healthy");
        foreach (var (address, answer) in await Answers(service, addresses)) Assert.Equal(before[address].Body, answer.Body);
        (await service.Client("publisher").PostText("/v1/procedures", Posted.Body)).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task a_node_of_another_version_answers_from_no_view_and_records_nothing()
    {
        await using var service = await Service.Start("views_other", settings: ("Delivery__Cache", "off"));
        await service.SetClock("2026-03-02T09:00:00+08:00");
        var posted = await Posted.Register(service.Client("publisher"), service.Database);
        await Execute(service.Database, OtherVersion);

        var unhealthy = await Eventually.Get(service.Client(), "/health/ready", answer => answer.Status is HttpStatusCode.ServiceUnavailable);
        Assert.Equal("unhealthy", (string?)unhealthy.Json["facts"]!["views"]);
        (await service.Client().Get(posted.Path)).Refused(HttpStatusCode.ServiceUnavailable, "unavailable");
        (await service.Client().Get("/v1/notices")).Refused(HttpStatusCode.ServiceUnavailable, "unavailable");
        (await service.Client().Get(posted.Path + "/history")).Expect(HttpStatusCode.OK);
        var refused = (await posted.Post("plan", Posted.Plan)).Refused(HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.Equal("5", refused.Headers["Retry-After"]);
        Assert.Equal(1, Assert.Single(await Posted.Rows<long>(service.Database, "select count(*) from events.mt_events where type <> 'tombstone'")));

        await Execute(service.Database, "update migration.view set version = version - 1");
        await Eventually.Get(service.Client(), "/health/ready", answer => answer.Status is HttpStatusCode.OK);
        (await posted.Post("plan", Posted.Plan)).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task a_migration_asks_for_the_versions_of_its_build_and_names_what_has_to_be_rebuilt()
    {
        await using var lives = await RecordedLives.Open("views_migrated");
        var settings = lives.Database.Settings();
        await Execute(lives.Database, "update migration.view set version = 0 where name in ('notice-board', 'party-board')");
        Assert.Empty(await Migration.Run(settings));   // nothing has been recorded

        await lives.Record(Lives.Procedure(1), Lives.All[0].Facts);
        Assert.Empty(await Migration.Run(settings));

        await Execute(lives.Database, "update migration.view set version = 0 where name in ('notice-board', 'party-board')");
        Assert.Equal(1, await Rebuild.Run(settings, "notice-board"));   // the database asks for another version
        Assert.Equal(["notice-board", "party-board"], await Migration.Run(settings));
        Assert.Equal(["notice-board", "party-board"], await Migration.Run(settings));

        Assert.Equal(0, await Rebuild.Run(settings, "notice-board"));
        Assert.Equal(["party-board"], await Migration.Run(settings));
        Assert.Equal(0, await Rebuild.Run(settings, Rebuild.Changed));
        Assert.Empty(await Migration.Run(settings));
        Assert.Equal(
            [Migration.Build], await Posted.Rows<string>(lives.Database, "select distinct built_by from migration.view"));
    }

    /// <summary>One address of each kind, with what a procedure of its own leaves to be read.</summary>
    private static async Task<IReadOnlyList<string>> Addresses(Service service)
    {
        await service.SetClock("2026-03-02T09:00:00+08:00");
        var posted = await Posted.Register(service.Client("publisher"), service.Database);
        var plan = (await posted.Post("plan", Posted.Plan)).Expect(HttpStatusCode.Created).Json;
        await Eventually.True(async () => await Count(service.Database, "log.checkpoint where tree = 'sha256' and size = 2") > 0);
        await Boards.CaughtUp(service.Database);
        await Eventually.Get(service.Client(), "/v1/changes", answer => (long?)answer.Json["next"] is 2);
        var release = (await service.Client().Get("/v1/ocds/releases")).Expect(HttpStatusCode.OK).Json["releases"]![0]!;
        return
        [
            "/v1/procedures", "/v1/procedures?asOf=1", "/v1/notices", "/v1/notices?asOf=1", "/v1/notices?q=%E6%95%99%E5%AD%A6%E6%A5%BC",
            "/v1/statistics/procedures?by=month", "/v1/statistics/notices?by=month", "/v1/parties/11420500011052607X",
            posted.Path, posted.Path + "/history", $"/v1/notices/{plan["noticeId"]}", "/v1/changes", $"/v1/events/{plan["noticeId"]}/receipt",
            "/v1/ocds/releases", $"/v1/ocds/releases/{release["id"]}", "/v1/ocds/records", $"/v1/ocds/records/{release["ocid"]}",
            "/v1/ocds/extensions/trading/extension.json", "/v1/ocds/extensions/trading/codelists/priceForm.csv",
            "/v1/rules", "/v1/rules/R-T-03", "/v1/codelists", "/v1/codelists/procedure-stage", "/v1/regions",
            $"/v1/supervision/procedures/{posted.ProcedureId}/audit", "/v1/supervision/alerts",
        ];
    }

    /// <summary>No address of the contract was forgotten, but for files that are made anew each time and streams that never end.</summary>
    private static void AssertCovered(IReadOnlyList<string> addresses) => Assert.Empty(
        from operation in OpenApiContract.OfThisVersion.Operations
        where operation.Method is "GET" && operation.Path.StartsWith("/v1/", StringComparison.Ordinal) && operation.Path is not ("/v1/changes/stream" or "/v1/supervision/procedures/{procedureId}/evidence")
        let form = new Regex($"^{Regex.Replace(Regex.Escape(operation.Path), @"\\\{[^}]+}", "[^/]+")}$")
        where !addresses.Any(address => form.IsMatch(address.Split('?')[0]))
        select operation.Path);

    private static async Task<Dictionary<string, Answer>> Answers(Service service, IReadOnlyList<string> addresses)
    {
        var answers = new Dictionary<string, Answer>();
        foreach (var address in addresses)
            answers.Add(address, await service.Client(address.Contains("/supervision/", StringComparison.Ordinal) ? "supervisor" : null).Get(address));
        return answers;
    }

    private static async Task<long> Count(Database database, string from) => Assert.Single(await Posted.Rows<long>(database, $"select count(*) from {from}"));

    private static async Task Execute(Database database, string statement)
    {
        await using var owner = database.OpenAsOwner();
        await using var command = owner.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(Ct);
    }

    [GeneratedRegex(@"^/v1/(procedures(/[^/]+)?(\?.*)?|notices.*|statistics/.*|parties/.*|supervision/alerts)$")]
    private static partial Regex ReadsViews();
}
