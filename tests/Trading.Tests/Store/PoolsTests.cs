using System.Net;
using Npgsql;
using Trading.Store;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Store;

/// <summary>Each kind of work has connections of its own, and no more than it may have.</summary>
public sealed class PoolsTests
{
    [Fact]
    public void each_pool_has_its_size_its_name_and_little_patience()
    {
        foreach (var pool in Enum.GetValues<Pool>())
        {
            var made = new NpgsqlConnectionStringBuilder(PooledConnection.Of("Host=db", pool, new PoolSizes(11, 12, 13, 14)));
            Assert.Equal((11 + (int)pool, $"trading-{pool.ToString().ToLowerInvariant()}", 3), (made.MaxPoolSize, made.ApplicationName, made.Timeout));
        }

        var said = new NpgsqlConnectionStringBuilder(PooledConnection.Of("Host=db;Timeout=9;Application Name=city", Pool.Feed, new PoolSizes()));
        Assert.Equal(("city-feed", 9), (said.ApplicationName, said.Timeout));
        Assert.Equal("-c synchronous_commit=on", said.Options);
        Assert.Equal("-c synchronous_commit=on", new NpgsqlConnectionStringBuilder(PooledConnection.Durable(new("Host=db"))).Options);
        Assert.Equal("-c synchronous_commit=remote_apply", new NpgsqlConnectionStringBuilder(PooledConnection.Of("Host=db;Options=-c synchronous_commit=remote_apply", Pool.Writes, new PoolSizes())).Options);
        Assert.True(PooledConnection.SaysSize("Host=db;MaxPoolSize=7"));
        Assert.False(PooledConnection.SaysSize("Host=db"));
    }

    [Fact]
    public async Task two_nodes_of_the_usual_size_fit_into_the_database_that_comes_with_the_service()
    {
        await using var database = await Database.Create("pools");
        var most = int.Parse((await Posted.Rows<string>(database, "select setting from pg_settings where name = 'max_connections'"))[0], System.Globalization.CultureInfo.InvariantCulture);
        var sizes = new PoolSizes();
        const int besides = 2 * 3 + 3;   // each node's connections of the log, and what PostgreSQL holds back for its administrator
        Assert.InRange(2 * Enum.GetValues<Pool>().Sum(sizes.Of) + besides, 1, most);
    }

    [Fact]
    public async Task readers_who_wait_take_no_connection_from_writers_and_readiness()
    {
        await using var database = await Database.Create("pools");
        await using var service = await Deployment.Start(database, ("Pools__Reads", "3"));
        var posted = await Posted.Register(service.Client("publisher"), database);
        await Eventually.Get(service.Client(), "/v1/notices", answer => answer.Json["items"]!.AsArray().Count is 1);
        await Eventually.Get(service.Client(), "/health/ready", answer => answer.Status is HttpStatusCode.OK);

        await using var owner = new NpgsqlConnection(database.Owner);
        await owner.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await owner.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var hold = new NpgsqlCommand("lock table views.mt_doc_noticerow in access exclusive mode", owner, transaction))
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var readers = Enumerable.Range(0, 9).Select(i => service.Client().Get($"/v1/notices?limit={i + 1}")).ToList();
        await Eventually.True(async () => await Waiting(database) == 3);

        (await posted.Post("plan", Posted.Plan)).Expect(HttpStatusCode.Created);
        (await service.Client().Get("/health/ready")).Expect(HttpStatusCode.OK);
        (await service.Client().Get("/v1/changes")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            ["trading-feed", "trading-reads", "trading-upkeep", "trading-writes"],
            await Sessions<string>(database, $"select distinct application_name from pg_stat_activity where datname = '{database.Name}' and application_name like 'trading-%' order by 1"));

        var turned = (await await Task.WhenAny(readers)).Refused(HttpStatusCode.ServiceUnavailable, "unavailable");
        ProblemForm.Assert(turned);
        Assert.Equal("2", turned.Headers["Retry-After"]);
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        foreach (var reader in readers) Assert.Contains((await reader).Status, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable]);
    }

    private static async Task<long> Waiting(Database database) => (await Sessions<long>(
        database, $"select count(*) from pg_stat_activity where datname = '{database.Name}' and application_name = 'trading-reads' and wait_event_type = 'Lock'"))[0];

    /// <summary>What only an administrator sees of the sessions of other roles.</summary>
    private static async Task<List<T>> Sessions<T>(Database database, string question)
    {
        await using var administrator = NpgsqlDataSource.Create(database.Administrator);
        await using var command = administrator.CreateCommand(question);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) rows.Add(reader.GetFieldValue<T>(0));
        return rows;
    }
}
