using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using Trading.Intake;
using Trading.Log;
using Trading.Merkle;
using Trading.Tests.Harness;
using Trading.Vault;
using Xunit;

namespace Trading.Tests.Log;

public sealed class SequencerTests
{
    [Fact]
    public async Task every_event_gets_a_position_dense_from_zero_and_independent_code_finds_the_same_root()
    {
        await using var log = await KeptLog.Open("sequenced");
        await log.RecordEveryLife();
        await log.Publish();
        await log.Record(Lives.All[0].Facts);
        await log.Publish();

        var size = await log.Ask<long>("select count(*) from events.mt_events");
        Assert.Equal(size, await log.Ask<long>("select count(*) from log.leaf where position between 0 and (select count(*) - 1 from log.leaf)"));
        Assert.Equal(0, await log.Ask<long>("select count(*) from log.pending"));
        Assert.StartsWith($"{size} entries", await GoTlog.Accepts("log", log.Public, log.Keys.Main.Signers[0].Key.ToString()), StringComparison.Ordinal);
        Assert.Empty((await log.Verify()).Told);
    }

    [Fact]
    public async Task a_late_commit_gets_a_later_position_and_a_rollback_leaves_no_gap()
    {
        await using var log = await KeptLog.Open("late");
        var ct = TestContext.Current.CancellationToken;
        await using var slow = log.Store.LightweightSession();
        await slow.BeginTransactionAsync(ct);
        await using (var draw = new NpgsqlCommand("select nextval('events.mt_events_sequence')")) await slow.ExecuteAsync(draw, ct);
        await log.Record(Lives.All[0].Facts);
        await log.Publish();
        var before = await log.Ask<long>("select max(position) from log.leaf");
        await log.Record(Lives.All[^1].Facts);
        await log.Publish();

        Assert.Equal(before + 1, await log.Ask<long>("select max(position) from log.leaf"));
        Assert.Empty((await log.Verify()).Told);
    }

    [Fact]
    public async Task what_a_failed_recording_leaves_in_the_event_table_is_no_event()
    {
        await using var log = await KeptLog.Open("tombstones");
        await using (var session = log.Store.LightweightSession())
        {
            session.Events.StartStream(Lives.Procedure(7000), Lives.All[0].Facts.Numbered(7000).Select(fact => Attribution.Event(session, Sealing.Of(fact).Fact)));
            session.QueueSqlCommand("select 1 / 0");
            await Assert.ThrowsAnyAsync<Exception>(() => session.SaveChangesAsync(TestContext.Current.CancellationToken));
        }

        await Eventually.True(async () => await log.Ask<long>("select count(*) from events.mt_events where type = 'tombstone'") == Lives.All[0].Facts.Count);
        await log.Record(Lives.All[1].Facts);
        await log.Publish();
        Assert.Equal(Lives.All[1].Facts.Count, await log.Ask<long>("select count(*) from log.leaf"));
        await Trading.Ops.Migration.Run(log.Database.Settings());
        Assert.Equal(0, await log.Ask<long>("select count(*) from log.pending"));
        Assert.Empty((await log.Verify()).Told);

        await log.Tamper("update events.mt_events set data = '{\"title\":\"x\"}' where seq_id = (select min(seq_id) from events.mt_events where type = 'tombstone')");
        Assert.Contains((await log.Verify()).Told, told => told.Contains("without the log's knowledge", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_second_tree_over_the_same_leaves_is_as_large_and_catches_up()
    {
        await using var log = await KeptLog.Open("sm3");
        await log.RecordEveryLife();
        await log.Publish();
        Assert.Equal(1, await log.Ask<long>("select count(distinct size) from log.head"));
        Assert.Equal(2, await log.Ask<long>("select count(distinct root) from log.head"));

        var tiles = new LogTiles(log.Source, TreeHash.Sm3);
        var size = await log.Ask<long>("select max(size) from log.head");
        Assert.Equal(await log.Ask<byte[]>("select root from log.head where tree = 'sm3'"), await tiles.Root(TreeHash.Sm3, size, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task what_is_not_public_stands_in_the_log_as_a_commitment_only()
    {
        await using var log = await KeptLog.Open("withheld");
        await log.Record(Lives.All.Single(l => l.Name is "not public").Facts);
        await log.Publish();

        var withheld = JsonNode.Parse(Encoding.UTF8.GetString(await log.Ask<byte[]>("select bytes from log.leaf where position = 1")))!.AsObject();
        Assert.Equal("withheld", (string)withheld["class"]!);
        Assert.NotNull(withheld["commitment"]);
        Assert.Null(withheld["notice"]);
    }

    [Fact]
    public async Task versions_out_of_order_stop_it()
    {
        await using var log = await KeptLog.Open("order");
        await log.Record(Lives.All[0].Facts);
        await log.Publish();
        await log.Tamper("update log.leaf set version = 99 where position = (select max(position) from log.leaf)");
        await log.Tamper("insert into events.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, headers) "
            + "select nextval('events.mt_events_sequence'), gen_random_uuid(), stream_id, version + 1, data, type, timestamp, tenant_id, headers "
            + "from events.mt_events order by seq_id desc limit 1");

        var stopped = await Assert.ThrowsAsync<LogStoppedException>(() => log.Sequencer.Pass(TestContext.Current.CancellationToken));
        Assert.Contains("would follow version 99", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_event_that_is_gone_before_it_got_a_position_stops_it()
    {
        await using var log = await KeptLog.Open("gone");
        await log.Record(Lives.All[0].Facts);
        await log.Tamper("delete from events.mt_events where version = 3");
        await Assert.ThrowsAsync<LogStoppedException>(() => log.Sequencer.Pass(TestContext.Current.CancellationToken));
        Assert.Equal(0, await log.Ask<long>("select count(*) from log.leaf"));
    }

    [Fact]
    public async Task events_of_a_database_without_a_log_get_positions_once_it_is_migrated()
    {
        await using var log = await KeptLog.Open("migrated");
        await log.Tamper("drop trigger note_events on events.mt_events");
        await log.Record(Lives.All[0].Facts);
        await log.Tamper("delete from migration.script where name = '0001-baseline'");
        await Trading.Ops.Migration.Run(log.Database.Settings());
        await log.Record(Lives.All[1].Facts);
        await log.Publish();
        Assert.Equal(await log.Ask<long>("select count(*) from events.mt_events"), await log.Ask<long>("select count(*) from log.leaf"));
    }
}
