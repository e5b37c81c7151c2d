using Npgsql;

namespace Trading.Store;

/// <summary>
/// The connection pools of a node, one for each kind of work, so that readers cannot take the connections of writers. A service without a
/// key gets <see cref="Writes"/>.
/// </summary>
public enum Pool
{
    /// <summary>Postings, and the daemon that keeps the lists.</summary>
    Writes,

    /// <summary>Questions to the views, to the log and to single events.</summary>
    Reads,

    /// <summary>Pages of the change feed.</summary>
    Feed,

    /// <summary>Readiness, and the loops that every node runs: the head of the log, evicting what is cached, publishing, watching.</summary>
    Upkeep,
}

/// <summary>How many connections each pool of a node opens at most. The sum over all nodes stays below <c>max_connections</c>.</summary>
public sealed record PoolSizes(int Writes = 20, int Reads = 20, int Feed = 6, int Upkeep = 6)
{
    public bool ArePositive => this is { Writes: > 0, Reads: > 0, Feed: > 0, Upkeep: > 0 };

    public int Of(Pool pool) => pool switch
    {
        Pool.Writes => Writes,
        Pool.Reads => Reads,
        Pool.Feed => Feed,
        Pool.Upkeep => Upkeep,
        _ => throw new ArgumentOutOfRangeException(nameof(pool)),
    };
}

/// <summary>The connection string of a pool, made of the one that is configured.</summary>
public static class PooledConnection
{
    private const string UsualName = "trading";

    /// <summary>Acknowledged means durable, whatever the role's own settings say; the <c>Options</c> of the connection string may ask for more, as <c>remote_apply</c>.</summary>
    private const string Durability = "synchronous_commit";

    /// <summary>How long a request waits for a connection, in seconds, before it is answered with 503; unless the connection string says otherwise.</summary>
    private const int Patience = 3;

    /// <summary>
    /// Statements stay prepared over pooled connections, and the session's zone is UTC whatever the server's. Because connections are
    /// not reset, no code may leave anything set in a session.
    /// </summary>
    public static string Of(string connection, Pool pool, PoolSizes sizes)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection)
        {
            Timezone = "UTC",
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            IncludeErrorDetail = false,
            MaxPoolSize = sizes.Of(pool),
        };
        builder.ApplicationName = $"{builder.ApplicationName ?? UsualName}-{pool.ToString().ToLowerInvariant()}";
        if (!Says(builder, "Timeout")) builder.Timeout = Patience;
        return Durable(builder);
    }

    /// <summary>The connection string with durable commits, also for connections outside the pools.</summary>
    public static string Durable(NpgsqlConnectionStringBuilder builder)
    {
        if (builder.Options?.Contains(Durability, StringComparison.Ordinal) is not true) builder.Options = $"{builder.Options} -c {Durability}=on".TrimStart();
        return builder.ConnectionString;
    }

    public static bool SaysSize(string connection)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection);
        return Says(builder, "Maximum Pool Size") || Says(builder, "Minimum Pool Size");
    }

    // ContainsKey and TryGetValue answer yes for every keyword Npgsql knows, whether it was given or not.
    private static bool Says(NpgsqlConnectionStringBuilder builder, string keyword) => builder.Keys.Any(said => said == keyword);
}
