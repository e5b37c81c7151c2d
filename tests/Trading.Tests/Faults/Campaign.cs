using System.Globalization;

namespace Trading.Tests.Faults;

/// <summary>How large a campaign is: small enough for a daily run, unless ops/faults asks for more.</summary>
internal static class Campaign
{
    /// <summary>Events recorded while the feed is read.</summary>
    public static int Events { get; } = Number("EVENTS", 3000);

    /// <summary>The longest that a transaction is held open before it commits.</summary>
    public static TimeSpan LongestHold { get; } = TimeSpan.FromSeconds(Number("HOLD", 1));

    /// <summary>How often the application is killed.</summary>
    public static int Application { get; } = Number("APPLICATION", 2);

    /// <summary>How often PostgreSQL is killed.</summary>
    public static int PostgreSql { get; } = Number("POSTGRESQL", 1);

    /// <summary>How often it fills up below ops/run, which waits before each restart.</summary>
    public static int DiskFullOfRun => (DiskFull + 9) / 10;

    /// <summary>How large the disk is that fills up.</summary>
    public static int Megabytes => 700 + 100 * DiskFull;

    /// <summary>How often the server has no connection left, for anybody.</summary>
    public static int Connections { get; } = Number("CONNECTIONS", 1);

    /// <summary>How often the clock of a node is set forward or back.</summary>
    public static int Clock { get; } = Number("CLOCK", 1);

    /// <summary>How often everything that PostgreSQL has stored is deleted, and restored from a backup.</summary>
    public static int Restores { get; } = Number("RESTORES", 1);

    /// <summary>How many posts are acknowledged at the least.</summary>
    public static int Posts { get; } = Number("POSTS", 200);

    /// <summary>How many times clients are refused before a database that is away comes back: about 80 a second.</summary>
    public static int Refusals { get; } = Number("REFUSALS", 400);

    /// <summary>How often the disk fills up.</summary>
    public static int DiskFull { get; } = Number("DISK_FULL", 1);

    public static int Seed { get; } = Number("SEED", 20260602);

    /// <summary>No campaign takes longer.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMinutes(30 + (Application + PostgreSql + DiskFull + Connections + Clock + Restores) / 4);

    private static int Number(string name, int usual) =>
        Environment.GetEnvironmentVariable($"TRADING_FAULTS_{name}") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}
