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
    public static int Application { get; } = Number("APPLICATION", 3);

    /// <summary>How often PostgreSQL is killed.</summary>
    public static int PostgreSql { get; } = Number("POSTGRESQL", 2);

    /// <summary>How many times clients are refused before a database that is away comes back: about 80 a second.</summary>
    public static int Refusals { get; } = Number("REFUSALS", 1200);

    /// <summary>How often the disk fills up.</summary>
    public static int DiskFull { get; } = Number("DISK_FULL", 1);

    public static int Seed { get; } = Number("SEED", 20260602);

    /// <summary>No campaign takes longer.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMinutes(30);

    private static int Number(string name, int usual) =>
        Environment.GetEnvironmentVariable($"TRADING_FAULTS_{name}") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}
