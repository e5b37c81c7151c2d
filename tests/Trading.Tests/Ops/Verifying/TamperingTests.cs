using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Trading.Merkle;
using Trading.Tests.Harness;
using Trading.Tests.Log.Verifying;
using Xunit;

namespace Trading.Tests.Ops.Verifying;

/// <summary>
/// Tamperings by chance, of every kind in turn, in every table that counts and in the published files. Each is made alone, looked for by a
/// verification of everything, and put back.
/// </summary>
public sealed class TamperingTests
{
    private const int Seed = 20261129, Report = 250;

    private static readonly int tamperings = Number("TRADING_TAMPERINGS") ?? 38;
    private static readonly int first = Number("TRADING_TAMPER_FROM") ?? 0;
    private static readonly int seed = Number("TRADING_TAMPER_SEED") ?? Seed;

    [Fact]
    public async Task every_tampering_is_found_and_named()
    {
        await using var log = await KeptLog.Open("tampering");
        await log.RecordEveryLife();
        foreach (var (_, facts) in Lives.All.Take(4)) await log.Answered(facts);
        await log.Record(Lives.All[1].Facts.Worded());
        await log.Record([Samples.Registered(), Samples.Announced(Samples.L1), Samples.Clarified(Samples.L1) with { Content = new string('长', 25_000) }]);
        await log.Attributed(Lives.All[0].Facts);
        await log.Publish();
        await log.RecordEveryLife();
        await log.Publish();
        await log.MakeBoards();
        Assert.True(await log.Ask<long>("select count(*) from log.leaf") > Tile.FullWidth, "the log fills no tile");
        Assert.Empty((await log.Verify()).Told);
        await log.Unguard();

        await using var administrator = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(log.Database.Administrator) { Options = "-c session_replication_role=replica" });
        var tampering = await Tampering.Of(log, administrator);
        TestContext.Current.SendDiagnosticMessage("seed {0}, {1} kinds, {2} events", seed, tampering.Kinds, await log.Ask<long>("select count(*) from log.leaf"));
        var (unseen, clock) = (new List<string>(), Stopwatch.StartNew());
        for (var done = 0; done < tamperings; done++)
        {
            var (kind, what, named, putBack) = await tampering.Make(seed, first + done);
            var told = (await log.Verify()).Told;
            if (!told.Any(finding => VerifyingTests.Names(finding, named)))
            {
                unseen.Add($"{first + done}, {kind}: {what}: {(told.Count is 0 ? "not found" : $"{named} not named, but {told[0]}")}");
                TestContext.Current.SendDiagnosticMessage("{0}", unseen[^1]);   // at once: a campaign may be broken off
            }

            await putBack();
            if ((done + 1) % Report is 0)
                TestContext.Current.SendDiagnosticMessage("{0} of {1} tamperings, {2} not named, {3:F1} per s", done + 1, tamperings, unseen.Count, (done + 1) / clock.Elapsed.TotalSeconds);
        }

        Assert.True(unseen.Count is 0, $"seed {seed}, {unseen.Count} of {tamperings}:\n{string.Join('\n', unseen)}");
        Assert.Empty((await log.Verify()).Told);
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
