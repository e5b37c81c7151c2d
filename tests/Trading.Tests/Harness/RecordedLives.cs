using JasperFx.Events.Daemon;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Trading.Events;
using Trading.Intake;
using Trading.Law;
using Trading.Log;
using Trading.Ops;
using Trading.Stages.Ending;
using Trading.Store;
using Trading.Vault;
using Trading.Watch;
using Xunit;

namespace Trading.Tests.Harness;

/// <summary>A store with a database of its own and no service: facts are recorded as the desk does, the boards made by a daemon.</summary>
public sealed class RecordedLives : IAsyncDisposable
{
    private readonly ServiceProvider services, owners;
    private readonly IProjectionDaemon daemon;

    private RecordedLives(Database database, ServiceProvider services, IProjectionDaemon daemon) =>
        (Database, this.services, this.daemon, owners) =
            (database, services, daemon, Composition.Store(database.Settings() with { Database = database.Owner }).BuildServiceProvider());

    public Database Database { get; }

    /// <summary>Makes views anew, as the owner.</summary>
    public Rebuild Rebuilder => new(owners.GetRequiredService<IDocumentStore>(), Vault);

    public IDocumentStore Store => services.GetRequiredService<IDocumentStore>();

    public static async Task<RecordedLives> Open(string purpose)
    {
        var database = await Database.Create(purpose);
        var services = Composition.Store(database.Settings()).BuildServiceProvider();
        var daemon = await services.GetRequiredService<IDocumentStore>().BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        return new RecordedLives(database, services, daemon);
    }

    /// <summary>Records each fact in a transaction of its own, so that every view passes through the store between two facts.</summary>
    /// <param name="vault">Where what is personal is kept; it is forgotten when null.</param>
    public static async Task Record(IDocumentStore store, Guid procedure, IEnumerable<INoticed> facts, PersonalVault? vault = null)
    {
        foreach (var fact in facts)
        {
            await using var session = store.LightweightSession();
            var stream = await session.Events.FetchForWriting<Folded<EndingState>>(procedure, TestContext.Current.CancellationToken);
            var opened = await Opened(session, fact);
            stream.AppendOne(Attribution.Event(session, vault?.Seal(session, opened) ?? Sealing.Of(opened).Fact));
            await session.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Records a new procedure in one transaction, but for what opens an event of it.</summary>
    public static async Task Begin(IDocumentStore store, Guid procedure, IEnumerable<INoticed> facts, PersonalVault? vault = null)
    {
        var all = facts.ToList();
        await using (var session = store.LightweightSession())
        {
            session.Events.StartStream(procedure, all.TakeWhile(fact => fact is not NoticeDisclosed).Select(fact => Attribution.Event(session, vault?.Seal(session, fact) ?? Sealing.Of(fact).Fact)));
            await session.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await Record(store, procedure, all.SkipWhile(fact => fact is not NoticeDisclosed), vault);
    }

    /// <summary>A disclosure with what opens the very event that was recorded.</summary>
    private static async Task<INoticed> Opened(IQuerySession session, INoticed fact)
    {
        if (fact is not NoticeDisclosed disclosed) return fact;
        await using var command = new NpgsqlCommand($"select {RecordedEvents.Columns} from events.mt_events e where e.id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = disclosed.Discloses });
        await using var reader = (NpgsqlDataReader)await session.ExecuteReaderAsync(command, TestContext.Current.CancellationToken);
        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
        return disclosed with { Opening = Leaf.Openings(RecordedEvents.Read(reader, 0))[Leaf.ContentCommitment] };
    }

    public PersonalVault Vault => services.GetRequiredService<PersonalVault>();

    public Task Record(Guid procedure, IEnumerable<INoticed> facts) => Record(Store, procedure, facts, Vault);

    public Task Watch(Guid procedure, DateTimeOffset now) => Watch(Store, Database, procedure, now);

    /// <summary>Raises what a procedure has earned by a moment, as the service does when its look is due.</summary>
    public static async Task Watch(IDocumentStore store, Database database, Guid procedure, DateTimeOffset now)
    {
        await using (var owner = database.OpenAsOwner())
        {
            await using var due = owner.CreateCommand("insert into watch.look values ($1, '-infinity') on conflict (procedure_id) do update set look_at = excluded.look_at");
            due.Parameters.Add(new NpgsqlParameter { Value = procedure });
            await due.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var clock = new TestClock();
        clock.Set(now);
        Assert.True(await new Lookout(store, Lawbook.Embedded, clock, NullLogger<Lookout>.Instance).Look(TestContext.Current.CancellationToken));
    }

    /// <summary>Waits until the boards tell of everything recorded so far.</summary>
    public Task CatchUp() => daemon.WaitForNonStaleData(TimeSpan.FromSeconds(60));

    public Task StopDaemon() => daemon.StopAllAsync();

    public async ValueTask DisposeAsync()
    {
        await daemon.StopAllAsync();
        daemon.Dispose();
        await services.DisposeAsync();
        await owners.DisposeAsync();
        await Database.DisposeAsync();
    }
}
