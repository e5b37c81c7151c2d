using System.Globalization;
using System.Net;
using Npgsql;
using Trading.Http;
using Trading.Intake;
using Trading.Ops;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Ops;

/// <summary>The demonstration set, posted by the program itself as ops/run starts it.</summary>
[Collection(TradingApp.Collection)]
public sealed class DemonstrationTests(TradingApp app) : IDisposable
{
    private static readonly string Scope = KeyScope.Of(new Caller("demonstration", new HashSet<string>(), null, null, LocalKey.Issuer)).Current;

    private static readonly int Scenes = DemonstrationScene.ReadAll().Count;

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("trading-demonstration-");

    [Fact]
    public async Task fills_an_empty_database_and_changes_nothing_when_run_again()
    {
        await using var database = await Database.Create("demonstration");

        await Demonstrate(database);
        Assert.Equal(Scenes, await Events(database));
        await Demonstrate(database);
        Assert.Equal(Scenes, await Events(database));

        await using var service = await Service.Start("demonstration", database);
        var procedures = (await Eventually.Get(
            service.Client(), "/v1/procedures?status=complete", answer => answer.Json["items"]!.AsArray().Count == 3)).Json["items"]!.AsArray();
        Assert.Equal(["engineering", "land", "procurement"], procedures.Select(item => (string)item!["category"]!).Order(StringComparer.Ordinal));
        Assert.Equal(Scenes, procedures.Sum(item => (int)item!["version"]!));
        Assert.Equal(0, await Count(database, "select count(*) from views.mt_doc_alertrow where state = 'open'"));
        Assert.InRange(await Count(database, "select count(*) from views.mt_doc_alertrow"), 3, 10);
        Assert.Equal(0, await Count(database, "select count(*) from events.mt_events where timestamp > '2025-05-01'"));
        foreach (var item in procedures)
        {
            var history = (await service.Client().Get($"/v1/procedures/{item!["procedureId"]}/history")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();
            Assert.Equal(("procedure-registered", "procedure-closed"), ((string)history[0]!["type"]!, (string)history[^1]!["type"]!));
            Assert.All(history, e => Assert.InRange(
                DateTimeOffset.Parse((string)e!["recordedAt"]!, CultureInfo.InvariantCulture), Samples.At("2024-09-01T00:00:00"), Samples.At("2025-04-30T23:59:59")));
        }
    }

    [Fact]
    public async Task takes_up_what_was_killed_in_the_midst_of_a_posting()
    {
        await using var database = await Database.Create("demonstration");
        await using (var source = database.OpenAsOwner())
        await using (var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            // who wants to keep the same answer waits for this one
            await using var hold = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await using var keep = connection.CreateCommand();
            keep.CommandText = "insert into intake.idempotency_keys values ($1, 'demonstration/village-road/award', '', '', '', '', now())";
            keep.Parameters.Add(new NpgsqlParameter { Value = Scope });
            await keep.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

            await using var killed = Running.Start("dotnet", [Repository.Program, "demonstrate"], Environment(database));
            await Eventually.True(async () => await Count(
                database, "select count(*) from pg_stat_activity where datname = current_database() and pg_blocking_pids(pid) <> '{}'") is 1, seconds: 60);
            await killed.Signal("KILL");
            await killed.End(TimeSpan.FromSeconds(10));
        }

        await Eventually.True(async () => await Count(
            database, "select count(*) from pg_stat_activity where datname = current_database() and usename = 'trading_app'") is 0);
        Assert.InRange(await Events(database), 10, Scenes - 10);

        await Demonstrate(database);
        Assert.Equal(Scenes, await Events(database));
        Assert.Equal(3, await Count(database, "select count(distinct stream_id) from events.mt_events where user_name = 'demonstration'"));
    }

    [Fact]
    public async Task leaves_a_database_alone_that_has_procedures_of_its_own()
    {
        (await app.Client().PostText("/v1/procedures", """
            {
              "category": "other", "classCode": "Z01", "title": "示例项目", "regionCode": "420500", "method": "other", "statutory": false,
              "initiator": {"name": "示例市教育局"}, "lots": [{"lotId": "1", "title": "示例标的"}]
            }
            """)).Expect(HttpStatusCode.Created);

        await Demonstrate(app.Database);

        Assert.Equal(0, await Count(app.Database, "select count(*) from events.mt_events where user_name = 'demonstration'"));
    }

    [Fact]
    public async Task says_what_the_service_refused()
    {
        await using var database = await Database.Create("demonstration");
        await using var source = database.OpenAsOwner();
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var held = connection.CreateCommand();
        held.CommandText = "select pg_advisory_lock(hashtextextended($1 || chr(31) || 'demonstration/village-road/plan', 0))";
        held.Parameters.Add(new NpgsqlParameter { Value = Scope });
        await held.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var (code, output) = await Running.Verb("demonstrate", Environment(database));

        Assert.Equal(1, code);
        Assert.Contains("village-road/plan", output, StringComparison.Ordinal);
        Assert.Contains("in-flight", output, StringComparison.Ordinal);
    }

    public void Dispose() => directory.Delete(recursive: true);

    private async Task Demonstrate(Database database)
    {
        var (code, output) = await Running.Verb("demonstrate", Environment(database));
        Assert.True(code is 0, output);
    }

    private Dictionary<string, string?> Environment(Database database) => Service.Environment(database, directory.FullName);

    private static Task<long> Events(Database database) => Count(database, "select count(*) from events.mt_events where user_name = 'demonstration'");

    private static async Task<long> Count(Database database, string query)
    {
        await using var source = database.OpenAsOwner();
        await using var command = source.CreateCommand(query);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
