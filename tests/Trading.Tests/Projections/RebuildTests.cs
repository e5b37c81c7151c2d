using JasperFx.Events.Projections;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Trading.Events;
using Trading.Ops;
using Trading.Projections;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Projections;

/// <summary>A view holds nothing that is not in the events: made anew, it is the same.</summary>
public sealed class RebuildTests(RebuildTests.Recorded recorded) : IClassFixture<RebuildTests.Recorded>
{
    private readonly RecordedLives lives = recorded.Lives;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. Register.Views.Select(view => view.Name)];

    [Fact]
    public void the_lives_have_every_kind_of_event() => Assert.Equal(
        Catalogue.All.Select(kind => kind.WireName).Order(StringComparer.Ordinal),
        Lives.All.SelectMany(life => life.Facts).Select(fact => Catalogue.Of(fact).WireName).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void every_projection_that_stores_anything_is_a_view() => Assert.Equal(
        ((DocumentStore)lives.Store).Options.Projections.All.Where(p => p.Lifecycle is not ProjectionLifecycle.Live)
            .SelectMany(p => p.PublishedTypes()).Distinct().Select(type => type.Name).Order(StringComparer.Ordinal),
        Register.Views.Select(view => view.Row.Name).Order(StringComparer.Ordinal));

    [Fact]
    public async Task original_wordings_are_among_what_is_made() =>
        Assert.NotEmpty(await Rows("select id::text from views.mt_doc_noticerow where strpos(wording, '版式') > 0 and strpos(wording, '原文') > 0"));

    [Fact]
    public async Task every_table_of_views_is_made_by_a_projection() => Assert.Equal(
        (await Rows("select table_name from information_schema.tables where table_schema = 'views'")).Order(StringComparer.Ordinal),
        Register.Views.Select(view => Table(view)["views.".Length..]).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Names))]
    public async Task rebuilt_from_empty_it_is_what_it_was(string name)
    {
        var view = Register.Views.Single(v => v.Name == name);
        var live = await Rows(view);
        Assert.True(live.Count >= (view.Row == typeof(AlertRow) ? 5 : Lives.All.Count), $"{live.Count} rows");

        await Execute($"truncate {Table(view)}");
        await Rebuild(view);

        Assert.Equal(live, await Rows(view));
    }

    [Fact]
    public async Task rebuilt_by_the_daemon_it_is_what_it_was()
    {
        var live = await Task.WhenAll(Register.Views.Select(Rows));

        await using var services = Composition.Store(lives.Database.Settings() with { Database = lives.Database.Owner }).BuildServiceProvider();
        using var daemon = await services.GetRequiredService<IDocumentStore>().BuildProjectionDaemonAsync();
        foreach (var projection in ((DocumentStore)lives.Store).Options.Projections.All.Where(p => p.Lifecycle is not ProjectionLifecycle.Live))
            await daemon.RebuildProjectionAsync(projection.Name, TimeSpan.FromMinutes(1), Ct);

        foreach (var (view, rows) in Register.Views.Zip(live)) Assert.Equal(rows, await Rows(view));
    }

    [Theory, MemberData(nameof(Names))]
    public async Task what_was_changed_lost_or_added_by_hand_is_mended(string name)
    {
        var view = Register.Views.Single(v => v.Name == name);
        var live = await Rows(view);
        var column = view.Procedure is not "id" ? "procedure_id = gen_random_uuid()" : view.Row == typeof(ProcedureRow) ? "terms = '{77}'" : "mt_version = 77";
        await Execute($"update {Table(view)} set data = jsonb_set(data, '{{title}}', '\"改\"'), {column} where id = (select min(id::text)::uuid from {Table(view)})");
        await Execute($"delete from {Table(view)} where id = (select max(id::text)::uuid from {Table(view)})");
        await Execute($"create temp table one as select * from {Table(view)} limit 1; update one set id = gen_random_uuid(); insert into {Table(view)} select * from one; drop table one");
        if (view.Procedure is not "id")
            await Execute($"create temp table one as select * from {Table(view)} limit 1; update one set id = gen_random_uuid(), procedure_id = gen_random_uuid(); insert into {Table(view)} select * from one; drop table one");
        Assert.NotEqual(live, await Rows(view));

        await Rebuild(view);

        Assert.Equal(live, await Rows(view));
    }

    [Fact]
    public async Task the_verb_makes_every_view_anew_as_the_owner()
    {
        var live = await Task.WhenAll(Register.Views.Select(Rows));
        foreach (var view in Register.Views) await Execute($"truncate {Table(view)}");

        Assert.Equal(0, await Trading.Ops.Rebuild.Run(lives.Database.Settings(), "all"));

        foreach (var (view, rows) in Register.Views.Zip(live)) Assert.Equal(rows, await Rows(view));
    }

    [Fact]
    public async Task a_view_that_does_not_exist_is_not_rebuilt() =>
        Assert.Equal(2, await Trading.Ops.Rebuild.Run(lives.Database.Settings(), "no-such-view"));

    private Task<int> Rebuild(View view) => lives.Rebuilder.Make(view, (_, _) => { }, Ct);

    private string Table(View view) => lives.Store.Options.Schema.For(view.Row);

    /// <summary>Every row with all its columns, except when it was written.</summary>
    private Task<IReadOnlyList<string>> Rows(View view) => Rows(
        $"select (to_jsonb(d) - 'mt_last_modified')::text from {Table(view)} as d order by id");

    private async Task<IReadOnlyList<string>> Rows(string sql)
    {
        await using var database = lives.Database.OpenAsOwner();
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var rows = new List<string>();
        while (await reader.ReadAsync(Ct)) rows.Add(reader.GetString(0));
        return rows;
    }

    private async Task Execute(string sql)
    {
        await using var database = lives.Database.OpenAsOwner();
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    /// <summary>Two procedures of each life, recorded while the daemon makes the boards.</summary>
    public sealed class Recorded : IAsyncLifetime
    {
        public RecordedLives Lives { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Lives = await RecordedLives.Open("rebuild");
            foreach (var (life, i) in Harness.Lives.All.Concat(Harness.Lives.All).Select((life, i) => (life, i)))
                await Lives.Record(Harness.Lives.Procedure(i), life.Facts.Numbered(i).Worded());
            foreach (var i in Enumerable.Range(0, Harness.Lives.All.Count * 2))
                foreach (var now in (string[])["2026-03-28T00:00:00", "2026-09-01T00:00:00"]) await Lives.Watch(Harness.Lives.Procedure(i), Samples.At(now));
            await Lives.CatchUp();
            await Lives.StopDaemon();
        }

        public ValueTask DisposeAsync() => Lives.DisposeAsync();
    }
}
