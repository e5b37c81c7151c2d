using System.Text.RegularExpressions;
using DbUp.Engine;
using JasperFx;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Trading.Ops;
using Trading.Store.Schema;
using Trading.Tests.Harness;
using Trading.Tests.Intake;
using Weasel.Core;
using Xunit;

namespace Trading.Tests.Store.Schema;

public sealed class SchemaScriptsTests
{
    /// <summary>All that makes up the schema, without what the rights change.</summary>
    private const string Catalogue =
        """
        select string_agg(line, chr(10) order by line) from (
            select c.oid || ' ' || c.relname || ' ' || c.relfilenode from pg_class c where c.relnamespace in (select oid from ours)
            union all
            select a.attrelid || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
            from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where c.relnamespace in (select oid from ours)
            union all
            select p.oid || ' ' || p.proname || ' ' || md5(pg_get_functiondef(p.oid)) from pg_proc p where p.pronamespace in (select oid from ours)
            union all
            select t.oid || ' ' || t.tgname from pg_trigger t
            union all
            select name || ' ' || applied_at from migration.script) lines(line)
        """;

    [Fact]
    public async Task after_all_scripts_the_store_finds_nothing_to_change()
    {
        await using var database = await Database.Create("schema");
        await AssertFits(database);
    }

    [Fact]
    public async Task applying_them_again_changes_nothing()
    {
        await using var database = await Database.Create("schema_again");
        var once = await Ask<string>(database, WithOurs);
        await Migration.Run(database.Settings());
        Assert.Equal(once, await Ask<string>(database, WithOurs));
    }

    [Fact]
    public async Task migrations_at_the_same_time_wait_for_each_other()
    {
        await using var database = await Database.Create("schema_at_once", migrate: false);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => SchemaScripts.Apply(database.Owner, SchemaScripts.All))));
        Assert.Equal(SchemaScripts.All.Count, await Ask<long>(database, "select count(*) from migration.script"));
    }

    [Fact]
    public async Task the_text_of_an_applied_script_is_not_changed()
    {
        await using var database = await Database.Create("schema_changed");
        var (first, others) = (SchemaScripts.All[0], SchemaScripts.All.Skip(1));
        var refused = await Assert.ThrowsAsync<SchemaException>(
            () => SchemaScripts.Apply(database.Owner, [new SqlScript(first.Name, first.Contents + "-- more\n"), .. others, new SqlScript("9999-more", "create table public.more ()")]));
        Assert.StartsWith($"{first.Name} was changed", refused.Message, StringComparison.Ordinal);
        Assert.False(await Ask<bool>(database, "select to_regclass('public.more') is not null"));
    }

    [Fact]
    public async Task a_build_older_than_the_database_is_refused()
    {
        await using var database = await Database.Create("schema_older");
        await SchemaScripts.Apply(database.Owner, [.. SchemaScripts.All, new SqlScript("9999-more", "create table public.more ()")]);
        var refused = await Assert.ThrowsAsync<SchemaException>(() => Migration.Run(database.Settings()));
        Assert.StartsWith("9999-more was applied", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_script_that_fails_leaves_nothing_behind_and_those_before_it_stay()
    {
        await using var database = await Database.Create("schema_failed");
        var failed = await Assert.ThrowsAsync<SchemaException>(() => SchemaScripts.Apply(
            database.Owner,
            [.. SchemaScripts.All, new SqlScript("9998-before", "create table public.before ()"), new SqlScript("9999-more", "create table public.more (); select 1 / 0")]));
        Assert.Contains("9999-more", failed.Message, StringComparison.Ordinal);
        Assert.Equal(
            ["9998-before"], await Posted.Rows<string>(database, "select name from migration.script where name > '9' order by name"));
        Assert.True(await Ask<bool>(database, "select to_regclass('public.before') is not null and to_regclass('public.more') is null"));
    }

    [Fact]
    public async Task a_database_without_a_journal_is_brought_to_the_first_script_and_keeps_its_events()
    {
        await using var database = await Database.Create("schema_before", migrate: false);
        await SchemaScripts.Apply(database.Owner, [SchemaScripts.All[0]]);
        await using (var owner = database.OpenAsOwner())
        {
            await using var before = owner.CreateCommand(
                """
                drop schema migration cascade;
                alter table views.mt_doc_noticerow drop column terms;
                drop table views.mt_doc_partyversion;
                alter table events.mt_events alter column timestamp set default '2026-01-01'::timestamptz;
                insert into events.mt_streams (id, version) values ('01900000-0000-7000-8000-000000000001', 1);
                insert into events.mt_events (seq_id, id, stream_id, version, data, type) values (1, gen_random_uuid(), '01900000-0000-7000-8000-000000000001', 1, '{"a":1}', 'x');
                """);
            await before.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        Assert.NotEmpty(await Migration.Run(database.Settings()));
        await AssertFits(database);
        Assert.Equal("now()", await Ask<string>(database, "select column_default::text from information_schema.columns where table_name = 'mt_events' and column_name = 'timestamp'"));
        Assert.Equal(1, await Ask<long>(database, "select count(*) from events.mt_events where data = '{\"a\":1}'"));
        Assert.Equal(1, await Ask<long>(database, "select count(*) from log.pending"));
    }

    [Fact]
    public async Task the_services_role_reads_the_journal_and_does_not_write_it()
    {
        await using var database = await Database.Create("schema_rights");
        await using var application = NpgsqlDataSource.Create(database.Application);
        await using (var read = application.CreateCommand("select count(*) from migration.script")) Assert.Equal((long)SchemaScripts.All.Count, await read.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        foreach (var statement in (string[])
                 [
                     "insert into migration.script (name, hash) values ('x', sha256('x'))", "update migration.script set name = name", "delete from migration.script",
                     "truncate migration.script", "drop table migration.script", "create table migration.x ()",
                     "update migration.view set built_at = now()", "delete from migration.view",
                 ])
        {
            await using var command = application.CreateCommand(statement);
            var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
    }

    [Fact]
    public void scripts_are_numbered_without_a_gap()
    {
        Assert.All(SchemaScripts.All, script => Assert.Matches(new Regex("^[0-9]{4}-[a-z0-9-]+$"), script.Name));
        Assert.Equal(Enumerable.Range(1, SchemaScripts.All.Count), SchemaScripts.All.Select(script => int.Parse(script.Name[..4], System.Globalization.CultureInfo.InvariantCulture)));
    }

    private const string WithOurs = "with ours as (select oid from pg_namespace where nspname in ('events', 'views', 'intake', 'log', 'vault', 'watch', 'migration')) " + Catalogue;

    /// <summary>Says what a new script has to do, where one was forgotten.</summary>
    private static async Task AssertFits(Database database)
    {
        await using var services = Composition.Store(database.Settings() with { Database = database.Owner }).BuildServiceProvider();
        var storage = services.GetRequiredService<IDocumentStore>().Storage.Database;
        var missing = await storage.CreateMigrationAsync(TestContext.Current.CancellationToken);
        var script = new StringWriter();
        missing.WriteAllUpdates(script, storage.Migrator, AutoCreate.All);
        Assert.True(missing.Difference is SchemaPatchDifference.None, $"A script is missing in src/Trading/Store/Schema, which does this:\n{script}");
        await storage.AssertDatabaseMatchesConfigurationAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<T> Ask<T>(Database database, string sql) => Assert.Single(await Posted.Rows<T>(database, sql));
}
