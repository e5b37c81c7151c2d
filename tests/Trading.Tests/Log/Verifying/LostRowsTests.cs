using Npgsql;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Log.Verifying;

/// <summary>Rows that go from the tables of events and log. A cosignature that goes is asked for again and is no finding.</summary>
public sealed class LostRowsTests
{
    private const int Seed = 20260702;
    private const int Lost = 24;

    /// <summary>Tables, and what a finding names, in SQL.</summary>
    private static readonly (string Table, string Named)[] tables =
    [
        ("events.mt_events", "id::text"), ("events.mt_streams", "id::text"), ("log.leaf", "'position ' || position"),
        ("log.node", "'node ' || tree || ' ' || level || '/' || index"), ("log.head", "'head ' || tree"), ("log.checkpoint", "'checkpoint ' || tree"),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task every_row_that_is_deleted_is_found_and_named()
    {
        await using var log = await KeptLog.Open("lost");
        await VerifyingTests.Fill(log);
        await log.Unguard();
        await using var owner = log.Database.OpenAsOwner();
        var chance = new Random(Seed);
        TestContext.Current.SendDiagnosticMessage("seed {0}", Seed);
        var unseen = new List<string>();
        for (var i = 0; i < Lost; i++)
        {
            var (table, named) = tables[i % tables.Length];
            var name = await Take(owner, table, named, i < tables.Length ? 1 : chance.NextDouble());   // the last row of each first
            var told = (await log.Verify()).Told;
            if (!told.Any(finding => finding.Contains(name, StringComparison.Ordinal))) unseen.Add($"{name}: {(told.Count is 0 ? "not found" : told[0])}");
            await log.Tamper($"insert into {table} select * from taken; delete from log.pending; drop table taken");
        }

        Assert.True(unseen.Count is 0, $"seed {Seed}:\n{string.Join('\n', unseen)}");
        Assert.Empty((await log.Verify()).Told);
    }

    /// <param name="where">From 0, the first row of the table, to 1, the last.</param>
    /// <returns>How a finding names the row that was taken.</returns>
    private static async Task<string> Take(NpgsqlDataSource owner, string table, string named, double where)
    {
        await using var command = owner.CreateCommand(
            $"create table taken as select * from {table} order by {table[(table.IndexOf('.', StringComparison.Ordinal) + 1)..]} "
            + $"offset round({where.ToString(System.Globalization.CultureInfo.InvariantCulture)} * (select count(*) - 1 from {table})) limit 1; "
            + $"delete from {table} t using taken where t = taken; select {named} from taken");
        return (string)(await command.ExecuteScalarAsync(Ct))!;
    }
}
