using System.Net;
using Npgsql;
using Trading.Http;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Store;

public sealed class ClockSchemaTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("now() - interval '400 days'", true)]
    [InlineData("clock_timestamp() - interval '31 seconds'", true)]
    [InlineData("clock_timestamp() + interval '35 seconds'", true)]
    [InlineData("clock_timestamp() + interval '2 hours'", true)]
    [InlineData("'infinity'::timestamptz", true)]
    [InlineData("'-infinity'::timestamptz", true)]
    [InlineData("clock_timestamp() - interval '10 seconds'", false)]
    [InlineData("clock_timestamp() + interval '10 seconds'", false)]
    public async Task the_services_role_records_at_the_databases_time(string time, bool refused)
    {
        await using var log = await KeptLog.Open("dated", trial: false);
        Assert.Equal(refused ? Outage.WrongTime : null, await Insert(log, $"select pg_catalog.gen_random_uuid(), 1, 'x', {time}"));
    }

    [Fact]
    public async Task a_stream_never_steps_back_in_time()
    {
        await using var log = await KeptLog.Open("stepped", trial: false);
        Assert.Null(await Insert(log, "select '00000000-0000-0000-0000-000000000001'::uuid, 1, 'x', clock_timestamp()"));
        Assert.Equal(Outage.WrongTime, await Insert(log, "select '00000000-0000-0000-0000-000000000001'::uuid, 2, 'x', clock_timestamp() - interval '2 seconds'"));
        Assert.Null(await Insert(log, "select '00000000-0000-0000-0000-000000000001'::uuid, 2, 'x', clock_timestamp()"));
    }

    [Fact]
    public async Task what_calls_itself_no_event_is_dated_like_one_unless_it_is_empty()
    {
        await using var log = await KeptLog.Open("tombs", trial: false);
        Assert.Equal(Outage.WrongTime, await Insert(log, "select pg_catalog.gen_random_uuid(), 1, 'tombstone', now() - interval '400 days'"));
        Assert.Null(await Insert(log, "select pg_catalog.gen_random_uuid(), 1, 'tombstone', now() - interval '400 days'", "{}"));
    }

    [Fact]
    public async Task rows_that_are_copied_in_are_no_exception()
    {
        await using var log = await KeptLog.Open("copied_in", trial: false);
        await using var connection = await log.Source.OpenConnectionAsync(Ct);
        var refused = await Assert.ThrowsAsync<PostgresException>(async () =>
        {
            await using var copy = await connection.BeginTextImportAsync("copy events.mt_events (seq_id, id, version, data, type, timestamp) from stdin", Ct);
            await copy.WriteAsync($"1\t{Guid.Empty}\t1\t{{\"a\":1}}\tx\t2020-01-01T00:00:00Z\n");
        });
        Assert.Equal(Outage.WrongTime, refused.SqlState);
    }

    [Fact]
    public async Task a_node_whose_clock_is_off_records_nothing_and_says_why()
    {
        await using var database = await Database.Create("skewed", trial: false);
        await using var service = await Service.Start("skewed", database);
        (await service.Client("publisher").PostText("/v1/procedures", Routes.Engineering("001"))).Expect(HttpStatusCode.Created);
        await service.SetClock(TimeProvider.System.GetUtcNow().AddHours(2).ToString("o", System.Globalization.CultureInfo.InvariantCulture));
        (await service.Client("publisher").PostText("/v1/procedures", Routes.Engineering("002"))).Refused(HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.Contains("POST /v1/procedures was not recorded", service.Log, StringComparison.Ordinal);
        (await service.Client().Get("/v1/procedures")).Expect(HttpStatusCode.OK);
    }

    /// <returns>The error's code; null when the event was taken.</returns>
    private static async Task<string?> Insert(KeptLog log, string streamVersionTypeTime, string data = """{"a":1}""")
    {
        await using var command = log.Source.CreateCommand(
            $$"""
            with event (stream_id, version, type, at) as materialized ({{streamVersionTypeTime}}),
            stream as (insert into events.mt_streams (id, type, version, timestamp, tenant_id) select stream_id, 'x', 1, now(), '*DEFAULT*' from event on conflict do nothing)
            insert into events.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id)
            select nextval('events.mt_events_sequence'), gen_random_uuid(), stream_id, version, '{{data}}', type, at, '*DEFAULT*' from event
            """);
        try
        {
            await command.ExecuteNonQueryAsync(Ct);
            return null;
        }
        catch (PostgresException refused)
        {
            return refused.SqlState;
        }
    }
}
