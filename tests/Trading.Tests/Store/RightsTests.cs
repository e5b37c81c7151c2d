using System.Net;
using System.Text.Json.Nodes;
using JasperFx.Events;
using Marten;
using Npgsql;
using Trading.Ops;
using Trading.Tests.Harness;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Store;

[Collection(TradingApp.Collection)]
public sealed class RightsTests(TradingApp app)
{
    private static readonly string[] Appended = ["events.mt_events", "intake.idempotency_keys"];

    /// <summary>All that the service may do beyond reading and adding.</summary>
    private static readonly string[] MayChange =
    [
        "events.mt_event_progression DELETE", "events.mt_event_progression UPDATE", "events.mt_high_water_skips DELETE", "events.mt_high_water_skips UPDATE",
        "events.mt_streams (timestamp, version) UPDATE", "intake.event_defect DELETE", "intake.sandbox_clock UPDATE", "log.head UPDATE", "log.pending DELETE", "views.mt_doc_alertrow UPDATE",
        "views.mt_doc_noticerow UPDATE", "views.mt_doc_partyversion UPDATE", "views.mt_doc_procedurepage UPDATE", "views.mt_doc_procedurerow UPDATE", "views.mt_doc_procedureversion UPDATE",
        "watch.look DELETE", "watch.look UPDATE", "watch.progress DELETE", "watch.progress UPDATE",
    ];

    public static TheoryData<string> Forbidden =>
    [
        .. from table in Appended
           from statement in (string[])
           [
               "update {0} set {1} = {1} where false", "delete from {0} where false", "truncate {0}", "truncate {0} cascade", "drop table {0} cascade",
               "alter table {0} add column x int", "alter table {0} alter column {1} drop not null", "alter table {0} rename to x", "alter table {0} disable trigger all",
               "alter table {0} owner to trading_app", "create index on {0} ({1})", "create trigger x before insert on {0} execute function suppress_redundant_updates_trigger()",
               "create rule x as on insert to {0} do instead nothing", "begin; lock table {0} in access exclusive mode", "comment on table {0} is 'x'",
               "merge into {0} t using (select 1 as x) s on true when matched then delete", "alter table {0} enable row level security",
           ]
           select string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, table, table is "events.mt_events" ? "data" : "answer"),
        "insert into events.mt_events select * from events.mt_events limit 1 on conflict (seq_id) do update set data = '{}'",
        "with gone as (delete from events.mt_events returning 1) select * from gone",
        "select * from events.mt_events for update",
        "select events.mt_archive_stream((select id from events.mt_streams limit 1))",
        "delete from events.mt_streams where false", "truncate events.mt_streams cascade", "drop schema events cascade", "drop schema intake cascade", "create table events.x()",
        "create table intake.x()", "create function events.x() returns int language sql as 'select 1'", "create schema x", "alter schema events rename to x",
        "drop function events.mt_archive_stream", "alter sequence events.mt_events_sequence restart", "set role trading_owner", "set session authorization trading_owner",
        "set session_replication_role = replica", "alter role trading_app superuser", "grant trading_owner to trading_app", "create role x", "create extension dblink",
        "copy events.mt_events from program 'true'", "alter system set fsync = off", "select pg_read_file('/etc/passwd')",
    ];

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task the_services_role_may_not(string statement)
    {
        await Posted.Register(app.Client(), app.Database);   // or there would be nothing to change
        await using var database = NpgsqlDataSource.Create(app.Database.Application);
        await using var command = database.CreateCommand(statement);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        Assert.True(refused.SqlState is PostgresErrorCodes.InsufficientPrivilege, $"{refused.SqlState}: {refused.MessageText}");
    }

    [Fact]
    public async Task the_services_role_may_change_what_is_listed_and_nothing_else()
    {
        var rights = await Posted.Rows<string>(app.Database, """
            select n.nspname || '.' || c.relname || ' ' || p.name
            from pg_class c join pg_namespace n on n.oid = c.relnamespace, unnest(array['UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p(name)
            where c.relkind in ('r', 'p', 'v', 'm') and n.nspname not in ('pg_catalog', 'information_schema') and has_table_privilege('trading_app', c.oid, p.name)
            union all
            select table_schema || '.' || table_name || ' (' || string_agg(column_name::text, ', ' order by column_name) || ') ' || privilege_type
            from information_schema.column_privileges c
            where grantee = 'trading_app' and privilege_type in ('UPDATE', 'REFERENCES') and not has_table_privilege('trading_app', format('%I.%I', table_schema, table_name), privilege_type)
            group by table_schema, table_name, privilege_type
            order by 1
            """);
        Assert.Equal(MayChange, rights);
    }

    [Fact]
    public async Task no_function_lends_its_owners_rights() =>
        Assert.Empty(await Posted.Rows<string>(
            app.Database, "select proname::text from pg_proc join pg_namespace n on n.oid = pronamespace where prosecdef and nspname in ('events', 'views', 'intake', 'public')"));

    [Fact]
    public void events_are_appended_with_the_services_time() =>
        Assert.Equal(EventAppendMode.QuickWithServerTimestamps, Assert.IsType<DocumentStore>(app.Store).Options.Events.AppendMode);

    [Fact]
    public async Task each_event_tells_who_for_whom_and_why()
    {
        const string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var first = (await app.Client(subject: "clerk-7").PostText("/v1/procedures", Posted.Body, ("traceparent", $"00-{trace}-00f067aa0ba902b7-01")))
            .Expect(HttpStatusCode.Created).Json;
        await new Posted(app.Client(subject: "clerk-8"), app.Database, (string)first["procedureId"]!).Post("plan", Posted.Plan);

        var rows = await Posted.Rows<string>(app.Database, $"""
            select json_build_object('user', user_name, 'causation', causation_id, 'correlation', correlation_id, 'headers', headers)::text
            from events.mt_events where stream_id = '{first["procedureId"]}' order by version
            """);
        Assert.Equal(2, rows.Count);
        var events = rows.Select(row => JsonNode.Parse(row)!).ToList();
        Assert.Equal(["clerk-7", "clerk-8"], events.Select(e => (string?)e["user"]));
        Assert.Equal(trace, (string?)events[0]["correlation"]);
        Assert.Matches("^[0-9a-f]{32}$", (string?)events[1]["correlation"]);
        Assert.NotEqual(trace, (string?)events[1]["correlation"]);
        Assert.Equal(2, events.Select(e => (string?)e["causation"]).Distinct().Count(cause => !string.IsNullOrEmpty(cause)));
        foreach (var e in events)
        {
            Assert.Equal(LocalKey.CentreCode, (string?)e["headers"]!["organisation"]);
            Assert.Equal("publisher", (string?)e["headers"]!["roles"]);
            Assert.NotNull(e["headers"]!["verdicts"]);
        }
    }

    [Fact]
    public async Task no_posted_event_is_without_its_author()
    {
        await Posted.Register(app.Client(), app.Database);
        var attributed = await Posted.Rows<bool>(app.Database, """
            select coalesce(user_name, '') <> '' and coalesce(causation_id, '') <> '' and coalesce(correlation_id, '') <> '' and headers ->> 'organisation' is not null
            from events.mt_events where id in (select (answer::json ->> 'noticeId')::uuid from intake.idempotency_keys)
            """);
        Assert.NotEmpty(attributed);
        Assert.DoesNotContain(false, attributed);
    }
}
