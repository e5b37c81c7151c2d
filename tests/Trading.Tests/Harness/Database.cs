using Npgsql;
using Trading.Ops;

namespace Trading.Tests.Harness;

/// <summary>A database of its own on the test server, with the schema and the application's restricted role.</summary>
public sealed class Database : IAsyncDisposable
{
    private readonly string server;

    private readonly bool trial;

    private bool goesWithItsCluster;

    private Database(string server, string name, string owner, string application, bool trial) =>
        (this.server, Name, Owner, Application, this.trial) = (server, name, owner, application, trial);

    public string Name { get; }

    /// <summary>Where services on this database keep its log, all in one place.</summary>
    public DirectoryInfo Log { get; } = Directory.CreateTempSubdirectory("trading-log-");

    /// <summary>Connection of the role that owns the schema.</summary>
    public string Owner { get; }

    /// <summary>Connection of the role the service runs as.</summary>
    public string Application { get; }

    /// <summary>Connection of a superuser, who may do anything to it.</summary>
    public string Administrator => new NpgsqlConnectionStringBuilder(server) { Database = Name }.ConnectionString;

    /// <param name="trial">Whether its events may be dated by a clock of trials, as most tests need it.</param>
    public static Task<Database> Create(string purpose, bool migrate = true, bool trial = true) => Create(
        purpose, migrate, trial,
        Environment.GetEnvironmentVariable("TRADING_TEST_SERVER") ?? throw new InvalidOperationException("There is no test server: start the tests with ops/test."),
        Environment.GetEnvironmentVariable("TRADING_TEST_OWNER_PASSWORD"), Environment.GetEnvironmentVariable("TRADING_TEST_APP_PASSWORD"));

    /// <summary>The database that the scripts have created in a cluster, for a service that does not know it is tested.</summary>
    internal static async Task<Database> Of(Cluster cluster)
    {
        var database = Open("trading", trial: false, cluster.Server, cluster.OwnerPassword, cluster.ApplicationPassword);
        database.goesWithItsCluster = true;
        await Migration.Run(database.Settings());
        return database;
    }

    public Settings Settings() => new(
        Application, Owner, null, null, trial, "ocds-000000", new Limits(), "off", Vault: Path.Combine(Log.FullName, "vault"));

    public NpgsqlDataSource OpenAsOwner() => NpgsqlDataSource.Create(Owner);

    /// <summary>The leaf of an event, once it has one.</summary>
    public async Task<string> Leaf(string eventId)
    {
        await using var owner = OpenAsOwner();
        string? leaf = null;
        await Eventually.True(async () =>
        {
            await using var command = owner.CreateCommand("select convert_from(bytes, 'UTF8') from log.leaf where event_id = $1");
            command.Parameters.Add(new NpgsqlParameter { Value = Guid.Parse(eventId) });
            return (leaf = (string?)await command.ExecuteScalarAsync()) is not null;
        });
        return leaf!;
    }

    /// <summary>Copies the database as it is, once nobody is connected to it any more.</summary>
    /// <param name="name">Of the copy, among those of this database.</param>
    public Task BackUp(string name) => Disconnected($"create database {Name}_{name} owner trading_owner template {Name}");

    /// <summary>Puts a copy in the place of the database, once nobody is connected to it any more.</summary>
    public async Task Restore(string name)
    {
        await Disconnected($"drop database if exists {Name}");
        await Disconnected($"create database {Name} owner trading_owner template {Name}_{name}");
    }

    /// <summary>Deletes a copy.</summary>
    public Task Forget(string name) => Disconnected($"drop database if exists {Name}_{name}");

    public async ValueTask DisposeAsync()
    {
        Log.Delete(recursive: true);
        NpgsqlConnection.ClearAllPools();
        if (!goesWithItsCluster) await Execute(server, $"drop database if exists {Name} with (force)");
    }

    private static async Task<Database> Create(string purpose, bool migrate, bool trial, string server, string? ownerPassword, string? applicationPassword)
    {
        var name = $"trading_{purpose}_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        await Execute(server, $"create database {name} owner trading_owner");
        var database = Open(name, trial, server, ownerPassword, applicationPassword);
        if (migrate) await Migration.Run(database.Settings());
        return database;
    }

    private static Database Open(string name, bool trial, string server, string? ownerPassword, string? applicationPassword)
    {
        return new Database(server, name, As("trading_owner", ownerPassword), As("trading_app", applicationPassword), trial);

        string As(string role, string? password) => new NpgsqlConnectionStringBuilder(server) { Database = name, Username = role, Password = password }.ConnectionString;
    }

    private async Task Disconnected(string statement)
    {
        NpgsqlConnection.ClearAllPools();
        await Eventually.True(async () =>
        {
            try
            {
                await Execute(server, statement);
                return true;
            }
            catch (PostgresException busy) when (busy.SqlState is PostgresErrorCodes.ObjectInUse)
            {
                return false;
            }
        });
    }

    private static async Task Execute(string connection, string statement)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }
}
