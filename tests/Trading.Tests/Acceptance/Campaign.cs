using System.Globalization;

namespace Trading.Tests.Acceptance;

/// <summary>How many accepted postings are read back: few enough for a daily run, unless ops/acceptance asks for more.</summary>
internal static class Campaign
{
    public static int Cases { get; } = Number("CASES", 150);

    public static int Seed { get; } = Number("SEED", 20261129);

    /// <summary>Lives that are left out at the beginning: a campaign that was broken off goes on behind them.</summary>
    public static int From { get; } = Number("FROM", 0);

    /// <summary>No campaign takes longer.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMinutes(Number("MINUTES", 10));

    public static bool IsLong => Cases > 5_000;

    private static int Number(string name, int usual) =>
        Environment.GetEnvironmentVariable($"TRADING_ACCEPTANCE_{name}") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}
