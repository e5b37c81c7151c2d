using Npgsql;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Store;

/// <summary>Attempts to gain rights with nothing but the service's database role: each is refused, or has no effect.</summary>
public sealed class EscalationTests(EscalationTests.Attacked attacked) : IClassFixture<EscalationTests.Attacked>
{
    /// <summary>Fires every trigger of the event table, and casts nothing by a name that could be shadowed.</summary>
    private const string Insert =
        """
        insert into events.mt_streams (id, type, version, timestamp, tenant_id) values (pg_catalog.gen_random_uuid(), 'x', 1, pg_catalog.now(), '*DEFAULT*');
        insert into events.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, headers)
        select pg_catalog.nextval('events.mt_events_sequence'), pg_catalog.gen_random_uuid(), s.id, t.version,
               pg_catalog.jsonb_build_object('members', pg_catalog.jsonb_build_array(pg_catalog.jsonb_build_object('digest', 'x')), 'erasedFrom', pg_catalog.gen_random_uuid()),
               t.type, pg_catalog.clock_timestamp(), '*DEFAULT*', pg_catalog.jsonb_build_object()
        from (select id from events.mt_streams where type operator(pg_catalog.=) 'x' order by created desc limit 1) s cross join (values (1, 'personal-data-erased'), (2, 'tombstone')) t (version, type)
        """;

    private const string Rewrite = "update events.mt_events set user_name = 'mallory'; return true;";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Forbidden =>
    [
        // temporary objects, whose schema is searched before all others unless a path says otherwise
        "create domain pg_temp.jsonb as pg_catalog.jsonb", "create function pg_temp.f() returns int language sql as 'select 1'", "create temp table pending (sequence bigint)",
        "create temp view recorded as select 1", "create temp sequence s", "create type pg_temp.uuid as enum ('a')", "select 1 as x into temp x",
        "create operator pg_temp.= (leftarg = varchar, rightarg = text, function = pg_catalog.texteq)", "create aggregate pg_temp.max (bigint) (sfunc = int8larger, stype = bigint)",

        // what runs when something else happens
        "create event trigger x on ddl_command_end execute function pg_catalog.suppress_redundant_updates_trigger()",
        "create trigger x after insert on log.pending execute function log.note_events()", "create trigger x after insert on views.mt_doc_procedurepage execute function log.note_events()",
        "create rule x as on insert to log.leaf do instead nothing", "create rule x as on select to views.mt_doc_procedurepage do instead nothing",
        "create policy x on events.mt_events using (false)", "alter table log.pending disable trigger all", "alter table events.mt_events disable trigger keep_time",
        "create or replace function log.note_events() returns trigger language plpgsql as 'begin return null; end'", "drop function log.note_events() cascade",
        "alter function log.note_events() reset search_path", "alter function log.note_events() owner to trading_app", "select log.note_events()", "select vault.erase()",
        "create cast (varchar as jsonb) with inout as implicit", "create statistics x on data, type from events.mt_events", "alter table events.mt_events drop constraint mt_events_plain",

        // files and programs of the server
        "copy (select 1) to program 'id'", "copy (select 1) to '/tmp/trading-x'", "copy log.pending from '/etc/passwd'", "copy log.pending from program 'echo 1'",
        "select pg_catalog.lo_import('/etc/passwd')", "select pg_catalog.lo_export(1, '/tmp/trading-x')", "select pg_catalog.pg_read_binary_file('/etc/passwd')",
        "select pg_catalog.pg_ls_dir('/')", "select pg_catalog.pg_stat_file('/etc/passwd')", "load 'auto_explain'", "create tablespace x location '/tmp'",

        // other code and other servers
        "create extension dblink", "create extension postgres_fdw", "create extension file_fdw", "create extension pg_trgm",
        "create function public.f() returns int language sql as 'select 1'", "create function views.f() returns int language internal as 'int4in'",
        "create foreign data wrapper x", "create publication x for all tables", "create access method x type index handler bthandler",

        // other roles, and what they will do
        "set role pg_execute_server_program", "set role pg_read_server_files", "set role trading_tester", "set session authorization trading_tester", "grant pg_monitor to trading_app",
        "alter default privileges for role trading_owner grant all on tables to trading_app", "alter role trading_owner set search_path = pg_temp", "alter role trading_owner password 'x'",
        "alter role trading_app createrole", "alter role trading_app bypassrls", "create database x", "drop role trading_owner", "reassign owned by trading_owner to trading_app", "drop owned by trading_owner",
        "select pg_catalog.set_config('session_replication_role', 'replica', false)", "set log_statement = 'none'", "select pg_catalog.pg_reload_conf()", "select pg_catalog.pg_switch_wal()",

        // locks that stop everybody, on what may only grow
        "begin; lock table events.mt_events in share mode", "begin; lock table events.mt_streams in access exclusive mode", "begin; lock table intake.idempotency_keys in exclusive mode",
        "begin; lock table vault.opening in access exclusive mode", "begin; lock table log.leaf in access exclusive mode",

        // what only the owner does
        "delete from vault.opening where false", "update vault.opening set key = key where false", "truncate vault.opening",
        "truncate views.mt_doc_procedurepage", "delete from views.mt_doc_noticerow where false",
        "update events.mt_streams set id = id where false", "update events.mt_streams set is_archived = true where false", "update events.mt_streams set tenant_id = 'x' where false",
        "insert into events.mt_events (seq_id, is_skipped) values (1, true)", "update log.clock set trial = true where false", "insert into log.clock default values", "delete from log.clock",
    ];

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task the_services_role_may_not(string statement)
    {
        await using var connection = await attacked.Connect();
        var refused = await Assert.ThrowsAsync<PostgresException>(() => Run(connection, statement));
        Assert.True(refused.SqlState is PostgresErrorCodes.InsufficientPrivilege, $"{refused.SqlState}: {refused.MessageText}");
    }

    public static TheoryData<string> Shadows =>
    [
        $"create function pg_temp.f(pg_catalog.jsonb) returns boolean language plpgsql as $$ begin {Rewrite} end $$; create domain pg_temp.jsonb as pg_catalog.jsonb check (pg_temp.f(value))",
        $"create function pg_temp.f(pg_catalog.uuid) returns boolean language plpgsql as $$ begin {Rewrite} end $$; create domain pg_temp.uuid as pg_catalog.uuid check (pg_temp.f(value))",
        $"create function pg_temp.f(pg_catalog.timestamptz) returns boolean language plpgsql as $$ begin {Rewrite} end $$; "
            + "create domain pg_temp.timestamptz as pg_catalog.timestamptz check (pg_temp.f(value)); create domain pg_temp.text as pg_catalog.text; create domain pg_temp.varchar as pg_catalog.varchar",
        $"create function pg_temp.same(a varchar, b text) returns boolean language plpgsql as $$ begin {Rewrite} end $$; create operator pg_temp.= (leftarg = varchar, rightarg = text, function = pg_temp.same)",
        $"create function pg_temp.jsonb_array_elements(pg_catalog.jsonb) returns boolean language plpgsql as $$ begin {Rewrite} end $$; "
            + $"create function pg_temp.clock_timestamp() returns boolean language plpgsql as $$ begin {Rewrite} end $$",
        "create temp table pending (sequence bigint); create temp table opening (digest text, event_id uuid); create temp table clock (id int); create temp table recorded (seq_id bigint, type text, data pg_catalog.jsonb)",
    ];

    /// <summary>As if an administrator had granted temporary objects again.</summary>
    [Theory]
    [MemberData(nameof(Shadows))]
    public async Task names_of_its_own_are_not_taken_by_the_owners_functions(string shadows)
    {
        await attacked.AsAdministrator($"grant temporary on database {attacked.Log.Database.Name} to trading_app");
        try
        {
            await using var connection = await attacked.Connect();
            await Run(connection, shadows);
            await Run(connection, "set search_path = pg_temp, pg_catalog");
            await Run(connection, Insert);
        }
        finally
        {
            await attacked.AsAdministrator($"revoke temporary on database {attacked.Log.Database.Name} from trading_app");
        }

        Assert.Equal(0, await attacked.Log.Ask<long>("select count(*) from events.mt_events where user_name = 'mallory'"));
        Assert.Equal(0, await attacked.Log.Ask<long>("select count(*) from events.mt_events e where not exists (select from log.pending p where p.sequence = e.seq_id)"));
    }

    [Fact]
    public async Task settings_it_makes_for_its_own_sessions_reach_no_function_of_the_owner()
    {
        await using (var connection = await attacked.Connect()) await Run(connection, $"alter role trading_app in database {attacked.Log.Database.Name} set search_path = pg_temp, views");
        await using (var connection = await attacked.Connect()) await Run(connection, Insert);
        Assert.Equal(0, await attacked.Log.Ask<long>("select count(*) from events.mt_events e where not exists (select from log.pending p where p.sequence = e.seq_id)"));
    }

    [Fact]
    public async Task large_objects_are_its_own_and_reach_no_file()
    {
        await using var connection = await attacked.Connect();
        await Run(connection, "select pg_catalog.lo_from_bytea(4711, 'x')");
        var refused = await Assert.ThrowsAsync<PostgresException>(() => Run(connection, "select pg_catalog.lo_export(4711, '/tmp/trading-x')"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        await Run(connection, "select pg_catalog.lo_unlink(4711)");
    }

    [Fact]
    public async Task functions_that_lend_their_owners_rights_trust_no_name_and_nobody_may_call_them()
    {
        Assert.Equal(["log.check_place", "log.note_events", "vault.erase"], await attacked.All(
            "select n.nspname || '.' || p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema') order by 1"));
        Assert.Empty(await attacked.All(
            """
            select p.proname::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname not in ('pg_catalog', 'information_schema') and (p.prosecdef or p.prorettype = 'trigger'::regtype)
              and (p.proconfig is distinct from '{"search_path=pg_catalog, pg_temp"}' or has_function_privilege('trading_app', p.oid, 'execute'))
            """));
    }

    [Fact]
    public async Task neither_role_owns_or_inherits_more_than_its_part()
    {
        Assert.Empty(await attacked.All(
            "select rolname::text from pg_roles where rolname in ('trading_owner', 'trading_app') and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)"));
        Assert.Empty(await attacked.All("select roleid::regrole::text from pg_auth_members where member in ('trading_owner'::regrole, 'trading_app'::regrole)"));
        Assert.Empty(await attacked.All("select objid::regclass::text from pg_shdepend where refobjid = 'trading_app'::regrole and deptype = 'o'"));
    }

    private static async Task Run(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }

    /// <summary>A database with events in it, and the connections of those who attack it.</summary>
    public sealed class Attacked : IAsyncLifetime
    {
        private KeptLog? log;

        internal KeptLog Log => log!;

        public async ValueTask InitializeAsync()
        {
            log = await KeptLog.Open("attacked");
            await log.RecordEveryLife();
        }

        /// <summary>A session of its own, as the service's role.</summary>
        public async Task<NpgsqlConnection> Connect()
        {
            var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Log.Database.Application) { Pooling = false }.ConnectionString);
            await connection.OpenAsync(Ct);
            return connection;
        }

        public async Task AsAdministrator(string statement)
        {
            await using var administrator = NpgsqlDataSource.Create(Log.Database.Administrator);
            await using var command = administrator.CreateCommand(statement);
            await command.ExecuteNonQueryAsync(Ct);
        }

        public async Task<IReadOnlyList<string>> All(string question)
        {
            await using var administrator = NpgsqlDataSource.Create(Log.Database.Administrator);
            await using var command = administrator.CreateCommand(question);
            await using var reader = await command.ExecuteReaderAsync(Ct);
            var all = new List<string>();
            while (await reader.ReadAsync(Ct)) all.Add(reader.GetString(0));
            return all;
        }

        public async ValueTask DisposeAsync()
        {
            if (log is not null) await log.DisposeAsync();
        }
    }
}
