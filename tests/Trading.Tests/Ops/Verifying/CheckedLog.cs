using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Ops.Verifying;

/// <summary>A log in order, whose tables are altered one at a time and put back.</summary>
public sealed class CheckedLog : IAsyncLifetime
{
    private KeptLog log = null!;

    public async ValueTask InitializeAsync()
    {
        log = await KeptLog.Open("checked");
        await log.Answered(Lives.All[0].Facts);
        await log.Record(Lives.All[1].Facts.Worded());
        await log.Publish();
        await log.MakeBoards();
        await log.Unguard();
    }

    /// <summary>What a verification finds after a statement that it does not find before.</summary>
    /// <param name="statement">Names the table that it alters first.</param>
    public async Task<IReadOnlyList<string>> FoundAfter(string statement)
    {
        var table = statement.Split(' ').First(word => word.Contains('.', StringComparison.Ordinal));
        Assert.Empty((await log.Verify()).Told);
        await log.Force($"create table kept as select * from {table}");
        try
        {
            await log.Tamper(statement);
            return (await log.Verify()).Told;
        }
        finally
        {
            await log.Force($"delete from {table}; insert into {table} select * from kept; drop table kept");
        }
    }

    public ValueTask DisposeAsync() => log.DisposeAsync();
}
