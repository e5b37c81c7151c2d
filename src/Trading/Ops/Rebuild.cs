using Marten;
using Npgsql;
using Trading.Events;
using Trading.Projections;
using Trading.Store;
using Trading.Store.Schema;
using Trading.Vault;

namespace Trading.Ops;

/// <summary>
/// Makes views anew from the events while the service runs: some procedures at a time, each time in one transaction, so that no reader
/// ever finds a view empty. Writers of those procedures, or the daemon that makes the boards, wait until it is done.
/// </summary>
public sealed class Rebuild(IDocumentStore store, PersonalVault vault)
{
    public const string All = "all", Changed = "changed";

    private const int ProceduresAtOnce = 100;
    private const string Streams = StoreSetup.EventSchema + ".mt_streams";
    private const string Progresses = StoreSetup.EventSchema + ".mt_event_progression";

    /// <param name="name">Of one view; or <see cref="All"/>, or <see cref="Changed"/> for those that wait for it after a migration.</param>
    /// <returns>0 when it is done, 1 when the database asks for other versions than this build makes, 2 when there is no such view.</returns>
    public static async Task<int> Run(Settings settings, string name)
    {
        await using var owner = NpgsqlDataSource.Create(settings.Migration);
        var stored = await ViewVersions.Read(owner, CancellationToken.None);
        var views = Register.Views.Where(view => name is All || view.Name == name || (name is Changed && stored.GetValueOrDefault(view.Name) is not { IsBuilt: true })).ToList();
        if (views.Count is 0 && name is not Changed)
        {
            Console.Error.WriteLine($"There is no such view. One of: {string.Join(", ", Register.Views.Select(view => view.Name))}, {All}, {Changed}.");
            return 2;
        }

        if (views.Find(view => stored.GetValueOrDefault(view.Name)?.Version != view.Version) is { } other)
        {
            Console.Error.WriteLine($"The database does not ask for version {other.Version} of {other.Name}, which this build makes. Run migrate with the build that is to serve.");
            return 1;
        }

        await using var services = Composition.Store(settings with { Database = settings.Migration }).BuildServiceProvider();
        var rebuild = new Rebuild(services.GetRequiredService<IDocumentStore>(), services.GetRequiredService<PersonalVault>());
        foreach (var view in views)
        {
            var streams = await rebuild.Make(view, Progress.Show);
            if (!await ViewVersions.Complete(owner, view.Name, view.Version, Migration.Build)) return 1;   // another build has migrated meanwhile
            Console.WriteLine($"{view.Name}: made anew from {streams} streams");
        }

        return 0;
    }

    /// <param name="show">Is told how many streams are done, of how many.</param>
    /// <returns>How many streams it was made from.</returns>
    public async Task<int> Make(View view, Action<int, int> show, CancellationToken ct = default)
    {
        var begun = await Reached(view, ct);
        var all = await Ids($"select id from {Streams} order by id", ct);
        await Make(view, all, show, ct);

        // The daemon may have begun with the rows of old and put them on top of the new ones, with the next event.
        if (view.Progress is not null)
            await Make(view, await Ids($"select distinct stream_id from {StoreSetup.EventSchema}.mt_events where seq_id > ?", ct, begun), (_, _) => { }, ct);

        await using var session = store.LightweightSession();
        session.QueueSqlCommand($"delete from {Table(view)} as d where not exists (select from {Streams} as s where s.id = d.{view.Procedure})");
        await session.SaveChangesAsync(ct);
        return all.Count;
    }

    /// <summary>Likewise of some procedures alone.</summary>
    internal async Task Make(View view, IReadOnlyList<Guid> procedures, Action<int, int> show, CancellationToken ct)
    {
        var done = 0;
        foreach (var some in procedures.Chunk(ProceduresAtOnce))
        {
            await using var session = store.LightweightSession();
            await session.BeginTransactionAsync(ct);
            var until = await Hold(session, view, some, ct);
            var events = await session.Events.QueryAllRawEvents().Where(e => some.Contains(e.StreamId) && e.Sequence <= until).ToListAsync(ct);
            session.QueueSqlCommand($"delete from {Table(view)} where {view.Procedure} = any(?)", some);
            await view.Store(session, events.GroupBy(e => e.StreamId).Select(stream => new Lifecycle(stream.OrderBy(e => e.Version).ToList().Readable())), vault, ct);
            await session.SaveChangesAsync(ct);
            show(done += some.Length, procedures.Count);
        }
    }

    /// <summary>Lets nobody else change these rows until the transaction ends.</summary>
    /// <returns>The sequence of the last event the view has to tell of.</returns>
    private static async Task<long> Hold(IDocumentSession session, View view, Guid[] procedures, CancellationToken ct)
    {
        await using var command = view.Progress is { } progress
            ? new NpgsqlCommand($"select last_seq_id from {Progresses} where name = $1 for update") { Parameters = { new() { Value = progress } } }
            : new NpgsqlCommand($"select {long.MaxValue} from {Streams} where id = any($1) order by id for update") { Parameters = { new() { Value = procedures } } };
        await using var reader = await session.ExecuteReaderAsync(command, ct);
        return await reader.ReadAsync(ct) ? reader.GetInt64(0) : 0;
    }

    private async Task<long> Reached(View view, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        return (await session.AdvancedSql.QueryAsync<long>($"select last_seq_id from {Progresses} where name = ?", ct, view.Progress ?? "")).SingleOrDefault();
    }

    private async Task<IReadOnlyList<Guid>> Ids(string sql, CancellationToken ct, params object[] values)
    {
        await using var session = store.QuerySession();
        return await session.AdvancedSql.QueryAsync<Guid>(sql, ct, values);
    }

    private string Table(View view) => store.Options.Schema.For(view.Row);
}
