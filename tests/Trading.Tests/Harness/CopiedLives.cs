using System.Globalization;
using Npgsql;
using Trading.Events;
using Xunit;

namespace Trading.Tests.Harness;

/// <summary>
/// A log of very many entries: every life is recorded once and then copied within the database, each copy with ids and salts of its own,
/// through the trigger by which the log learns of events.
/// </summary>
internal sealed class CopiedLives(KeptLog log)
{
    private static readonly int life = Lives.All.Sum(l => l.Facts.Count(fact => fact is not NoticeDisclosed));   // another salt, another opening
    private int copies;

    /// <summary>Copies until there are so many events. The last procedure may be copied in part.</summary>
    public async Task Fill(long events)
    {
        if (copies is 0) await log.RecordEveryLife();
        var missing = events - await log.Ask<long>("select count(*) from events.mt_events");
        Assert.True(missing >= 0, $"{-missing} events too many");
        var last = copies + (int)(missing / life) + 1;
        await using var owner = log.Database.OpenAsOwner();
        await using var connection = await owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(Copy(copies + 1, last, missing), connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        copies = last;
    }

    /// <summary>A procedure's serial number stands in the first eight digits of all its ids.</summary>
    private static string Copy(int first, int last, long most) => string.Create(CultureInfo.InvariantCulture,
        $$"""
        create temp table copied as
            select row_number() over (order by copy, e.stream_id, e.version) as n, e.seq_id as original, e.stream_id, e.version,
                   left(e.stream_id::text, 24) as was, lpad((copy * 100 + left(e.stream_id::text, 8)::int)::text, 8, '0') || substr(e.stream_id::text, 9, 16) as own
            from generate_series({{first}}, {{last}}) copy cross join events.mt_events e
            where e.stream_id < '00000100-0000-0000-0000-000000000000' and e.type <> 'notice-disclosed'
            order by copy, e.stream_id, e.version limit {{most}};

        insert into events.mt_streams
            select r.* from (select stream_id, was, own, max(version) as version from copied group by stream_id, was, own) c
            join events.mt_streams s on s.id = c.stream_id
            cross join lateral jsonb_populate_record(s, jsonb_build_object('id', replace(s.id::text, was, own), 'version', c.version)) r;

        select setval('events.mt_events_sequence', (select max(seq_id) from events.mt_events) + (select count(*) from copied));
        insert into events.mt_events
            select r.* from copied c join events.mt_events e on e.seq_id = c.original
            cross join (select max(seq_id) as number from events.mt_events) taken
            cross join lateral jsonb_populate_record(e, jsonb_build_object(
                'seq_id', taken.number + c.n, 'id', replace(e.id::text, was, own), 'stream_id', replace(e.stream_id::text, was, own),
                'data', replace(e.data::text, was, own)::jsonb,
                'headers', jsonb_set(e.headers, '{salt}', to_jsonb(md5(own || e.id))))) r;

        drop table copied;
        analyze events.mt_events, events.mt_streams, log.pending, log.leaf;
        """);
}
