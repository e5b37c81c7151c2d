using Trading.Ops;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Log;

public sealed class LogSchemaTests
{
    [Fact]
    public async Task checkpoints_of_a_database_that_did_not_number_them_are_numbered_by_their_size()
    {
        await using var log = await KeptLog.Open("numbered");
        for (var i = 0; i < 3; i++)
        {
            await log.Record(Lives.All[i].Facts);
            await log.Publish();
        }

        await log.Tamper("create table kept as select tree, size, number from log.checkpoint");
        await log.Tamper("alter table log.checkpoint drop column number");
        await log.Tamper("delete from migration.script where name = '0001-baseline'; delete from migration.view");
        await Migration.Run(log.Database.Settings());
        Assert.Equal(0, await Rebuild.Run(log.Database.Settings(), Rebuild.Changed));
        Assert.Equal(6, await log.Ask<long>("select count(*) from kept join log.checkpoint using (tree, size, number)"));

        await log.Record(Lives.All[3].Facts);
        await log.Publish();
        var told = (await log.Verify()).Told;
        Assert.True(told.Count is 0, string.Join(Environment.NewLine, told));
    }
}
