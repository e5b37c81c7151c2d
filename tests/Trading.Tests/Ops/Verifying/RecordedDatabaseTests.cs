using Trading.Events;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Ops.Verifying;

/// <summary>What was done to tables beside those of events and log.</summary>
public sealed class RecordedDatabaseTests(CheckedLog altered) : IClassFixture<CheckedLog>
{
    private const string Page = "(select id from views.mt_doc_procedurepage order by id limit 1)";
    private const string Row = "(select id from views.mt_doc_noticerow order by id limit 1)";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("delete from vault.opening where digest = (select min(digest) from vault.opening)", "is gone, and no erasure names it")]
    [InlineData("update vault.opening set ciphertext = ciphertext || 'x' where digest = (select min(digest) from vault.opening)", "is not what was encrypted")]
    [InlineData("update vault.opening set key = 'x' where digest = (select min(digest) from vault.opening)", "The vault's key x is not there")]
    [InlineData("update vault.opening set event_id = gen_random_uuid() where digest = (select min(digest) from vault.opening)", "does not commit to it")]
    [InlineData("insert into vault.opening select 'x', event_id, key, ciphertext from vault.opening limit 1", "opening x: event")]
    [InlineData("update events.mt_events set bdata = 'x' where seq_id = 3", "has other bytes beside its data")]
    [InlineData($"update views.mt_doc_procedurepage set data = jsonb_set(data, '{{title}}', '\"x\"') where id = {Page}", "procedure-pages 00000002-0000-7000-8000-000000000000: its data is not what the events make of it")]
    [InlineData($"update views.mt_doc_procedurepage set mt_version = 77 where id = {Page}", "its mt_version is not")]
    [InlineData($"delete from views.mt_doc_procedurepage where id = {Page}", "procedure-pages 00000002-0000-7000-8000-000000000000: the row is missing")]
    [InlineData($"insert into views.mt_doc_procedurepage select '99999999-0000-7000-8000-000000000000', data from views.mt_doc_procedurepage where id = {Page}", "procedure-pages 99999999-0000-7000-8000-000000000000: it is of no procedure")]
    [InlineData($"update views.mt_doc_noticerow set published_at = published_at + interval '1 day' where id = {Row}", "its published_at is not")]
    [InlineData($"update views.mt_doc_noticerow set terms = '{{7}}' where id = {Row}", "its terms is not")]
    [InlineData($"update views.mt_doc_noticerow set wording = wording || 'x' where id = {Row}", "its wording is not")]
    [InlineData("insert into views.mt_doc_noticerow select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid()))).* from views.mt_doc_noticerow r limit 1", "the events make no such row")]
    [InlineData("update views.mt_doc_procedurerow set awarded = 1 where id = (select min(id::text)::uuid from views.mt_doc_procedurerow)", "its awarded is not")]
    [InlineData("delete from views.mt_doc_procedureversion where id = (select min(id::text)::uuid from views.mt_doc_procedureversion)", "procedure-versions")]
    [InlineData("update views.mt_doc_partyversion set lots = 77 where id = (select min(id::text)::uuid from views.mt_doc_partyversion)", "its lots is not")]
    [InlineData("update intake.idempotency_keys set answer = replace(answer, '}', ',\"x\":1}')", "it is not what was answered for event")]
    [InlineData("update intake.idempotency_keys set etag = 'x'", "the answer that was given for it is gone, or was changed")]
    [InlineData("update intake.idempotency_keys set recorded_at = recorded_at - interval '1 second'", "the answer that was given for it is gone, or was changed")]
    [InlineData("delete from intake.idempotency_keys", "the answer that was given for it is gone, or was changed")]
    [InlineData("insert into intake.idempotency_keys select client, 'x', fingerprint, etag, location, answer, recorded_at from intake.idempotency_keys", "under the key x: it is not what was answered")]
    [InlineData("insert into intake.idempotency_keys select client, 'x', fingerprint, etag, location, '{\"noticeId\":\"' || (select id from events.mt_events where not headers ? 'answer' order by seq_id desc limit 1) || '\"}', recorded_at from intake.idempotency_keys", "under the key x: it is not what was answered")]
    [InlineData("update events.mt_events set seq_id = 1000000 where seq_id = 3", "its number was not drawn from the sequence")]
    [InlineData("update events.mt_event_progression set last_seq_id = 1000000", "it has gone on further than there are events")]
    [InlineData("insert into watch.progress (id, position, law) values (1, 1000000, 'x')", "progress of the watch: it has gone on further than there are events")]
    [InlineData("insert into intake.idempotency_keys select client, 'x', fingerprint, etag, location, 'forged', recorded_at from intake.idempotency_keys", "under the key x: it is not what was answered")]
    [InlineData("insert into log.cosignature select 'sha256', size, 'x', 'y' from log.checkpoint where tree = 'sha256'", "what is kept for x is no signature")]
    [InlineData("update views.mt_doc_procedurerow set amount = amount * 1.0", "its amount is not")]
    [InlineData("update views.mt_doc_procedurerow set data = jsonb_set(data, '{amount}', to_jsonb(amount * 1.0)) where amount is not null", "its data is not")]
    [InlineData("update events.mt_events set data = regexp_replace(data::text, '(: [0-9]+)([,}])', '\\1.0\\2')::jsonb where data::text ~ ': [0-9]+[,}]'", "is not what was published")]
    public async Task is_found_and_named(string statement, string finding) =>
        Assert.Contains(await altered.FoundAfter(statement), told => told.Contains(finding, StringComparison.Ordinal));

    [Fact]
    public async Task an_empty_row_among_the_events_of_a_procedure_is_named()
    {
        await using var log = await KeptLog.Open("holed");
        await log.Record(Lives.All[0].Facts);
        await log.Publish();
        const string hole = "insert into events.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id) "
            + "select nextval('events.mt_events_sequence'), gen_random_uuid(), stream_id, version + 1, '{}', 'tombstone', timestamp, tenant_id from events.mt_events order by version desc limit 1";
        await using (var role = log.Source.CreateCommand(hole))
            Assert.Equal("TR002", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => role.ExecuteNonQueryAsync(Ct))).SqlState);

        await log.Force(hole);
        await log.Force("update events.mt_streams set version = version + 1");
        Assert.Contains((await log.Verify()).Told, told => told.Contains("an empty row stands among them", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_number_that_was_not_drawn_is_refused()
    {
        await using var log = await KeptLog.Open("undrawn");
        await log.Record(Lives.All[0].Facts);
        await using var role = log.Source.CreateCommand(
            "insert into events.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id) select 1000000, gen_random_uuid(), stream_id, version + 1, data, type, timestamp, tenant_id from events.mt_events order by version desc limit 1");
        Assert.Equal("TR002", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => role.ExecuteNonQueryAsync(Ct))).SqlState);
    }

    [Fact]
    public async Task what_was_erased_by_an_event_is_no_finding_until_it_is_there_again()
    {
        await using var log = await KeptLog.Open("erased");
        await log.Record(Lives.All[0].Facts);
        var digest = await log.Ask<string>("select min(digest) from vault.opening");
        var from = await log.Ask<Guid>($"select event_id from vault.opening where digest = '{digest}'");
        await log.Tamper("create table kept as select * from vault.opening");

        var erasure = Samples.Erased(Lives.All[0].Facts[0]);
        await RecordedLives.Record(
            log.Store, Lives.Procedure(1), [erasure with { Notice = erasure.Notice with { NoticeId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()) }, ErasedFrom = from, Members = [new ErasedMember("/x", digest)] }], log.Vault);
        await log.Publish();
        Assert.Equal(0, await log.Ask<long>($"select count(*) from vault.opening where digest = '{digest}'"));
        Assert.Empty((await log.Verify()).Told);

        await log.Tamper($"insert into vault.opening select * from kept where digest = '{digest}'");
        Assert.Contains((await log.Verify()).Told, told => told.StartsWith($"opening {digest}: event", StringComparison.Ordinal) && told.EndsWith("erased it, and it is there again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task an_erasure_deletes_nothing_of_another_procedure()
    {
        await using var log = await KeptLog.Open("foreign");
        await log.Record(Lives.All[0].Facts);
        await log.Record(Lives.All[0].Facts);
        var digest = await log.Ask<string>("select min(o.digest) from vault.opening o join events.mt_events e on e.id = o.event_id where e.stream_id = (select max(stream_id::text)::uuid from events.mt_events)");
        var from = await log.Ask<Guid>($"select event_id from vault.opening where digest = '{digest}'");
        var erasure = Samples.Erased(Lives.All[0].Facts[0]);
        await RecordedLives.Record(
            log.Store, Lives.Procedure(1), [erasure with { Notice = erasure.Notice with { NoticeId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()) }, ErasedFrom = from, Members = [new ErasedMember("/x", digest)] }], log.Vault);
        Assert.Equal(1, await log.Ask<long>($"select count(*) from vault.opening where digest = '{digest}'"));
    }

    [Fact]
    public async Task answers_of_before_are_counted_and_not_two_for_one_event()
    {
        await using var log = await KeptLog.Open("unproved");
        await log.Record(Lives.All[0].Facts);
        await log.Publish();
        await log.Tamper("""insert into intake.idempotency_keys select 'old', 'a', 'x', 'x', 'x', '{"noticeId":"' || id || '"}', now() from events.mt_events where seq_id = 1""");
        Assert.Empty((await log.Verify()).Told);
        Assert.Contains("1 stored answers are of before their digests were recorded with the events; they cannot be proved.", log.Remarks);

        await log.Tamper("insert into intake.idempotency_keys select client, 'b', fingerprint, etag, location, answer, recorded_at from intake.idempotency_keys");
        Assert.Contains((await log.Verify()).Told, told => told.StartsWith("answer of old under the key b: event", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("timestamp - interval '400 days'", "and one at an earlier position")]
    [InlineData("timestamp + interval '2 hours'", "which is yet to come")]
    public async Task an_event_that_got_past_the_clock_is_named(string time, string finding)
    {
        await using var log = await KeptLog.Open("backdated", trial: false);
        await log.Record(Lives.All[0].Facts);
        await log.Publish();
        Assert.Empty((await log.Verify()).Told);
        Assert.Empty(log.Remarks);

        await log.Record(Lives.All[1].Facts);
        await log.Force($"update events.mt_events set timestamp = {time} where seq_id = (select min(sequence) from log.pending)");
        await log.Publish();
        Assert.Contains((await log.Verify()).Told, told => told.Contains(finding, StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_stream_that_steps_back_in_time_is_named()
    {
        await using var log = await KeptLog.Open("stepping", trial: false);
        await log.Record(Lives.All[0].Facts);
        await log.Force("update events.mt_events set timestamp = timestamp - interval '1 second' where version = 3");
        await log.Publish();
        Assert.Contains((await log.Verify()).Told, told => told.Contains("at position 2 is dated", StringComparison.Ordinal) && told.Contains("the one before it in its stream", StringComparison.Ordinal));
    }
}
