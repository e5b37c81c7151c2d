using Marten;
using Marten.Services;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Trading.Events;
using Trading.Intake;
using Trading.Ops;
using Trading.Stages.Ending;
using Trading.Store;
using Trading.Tests.Harness;
using Trading.Vault;

namespace Trading.Tests.Faults;

/// <summary>
/// Writers side by side, each recording one procedure's life after the other as the application's role: in one transaction or in two,
/// of which some are rolled back and done again, and some stay open for a while after they have drawn their sequence numbers.
/// </summary>
internal sealed class Writers(Database database, int seed, TimeSpan longestHold) : IAsyncDisposable
{
    private const int Count = 16;
    private const double RolledBackShare = 0.03, HeldShare = 0.10;

    private readonly ServiceProvider services = Composition.Store(database.Settings()).BuildServiceProvider();
    private int procedures, events, transactions, rolledBack, held;

    /// <summary>What they did, by numbers.</summary>
    public string Account => $"{events} events in {transactions} transactions, {held} of them held open, {rolledBack} more rolled back";

    public int Events => events;

    public int RolledBack => rolledBack;

    public int Held => held;

    /// <summary>Records so many events, or a few more.</summary>
    public Task Record(int most, CancellationToken ct) =>
        Task.WhenAll(Enumerable.Range(0, Count).Select(writer => Task.Run(() => Record(new Random(seed + writer), most, ct), ct)));

    /// <summary>Records one more event.</summary>
    public Task RecordOne(CancellationToken ct) => Record(Interlocked.Increment(ref procedures), [Lives.Legacy(1)], first: true, TimeSpan.Zero, commit: true, ct);

    /// <summary>A session that has drawn a sequence number and does nothing more with it.</summary>
    public async Task<NpgsqlConnection> Idle(CancellationToken ct)
    {
        var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(ct);
        var transaction = await connection.BeginTransactionAsync(ct);
        await using (var patience = new NpgsqlCommand("set local idle_in_transaction_session_timeout = 0", connection)) await patience.ExecuteNonQueryAsync(ct);
        await Append(transaction, Interlocked.Increment(ref procedures), [Lives.Legacy(1)], first: true, ct);
        return connection;
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private async Task Record(Random chance, int most, CancellationToken ct)
    {
        while (Volatile.Read(ref events) < most)
        {
            var procedure = Interlocked.Increment(ref procedures);
            var life = Lives.All[procedure % Lives.All.Count].Facts;
            var first = chance.Next(1, 2 * life.Count);   // the whole life, half of the time
            foreach (var part in (IReadOnlyList<INoticed>[])[[.. life.Take(first)], [.. life.Skip(first)]])
            {
                if (part.Count is 0) continue;
                while (chance.NextDouble() < RolledBackShare) await Record(procedure, part, part[0] == life[0], TimeSpan.Zero, commit: false, ct);
                var hold = chance.NextDouble() < HeldShare ? longestHold * chance.NextDouble() : TimeSpan.Zero;
                await Record(procedure, part, part[0] == life[0], hold, commit: true, ct);
            }
        }
    }

    private async Task Record(int procedure, IReadOnlyList<INoticed> facts, bool first, TimeSpan hold, bool commit, CancellationToken ct)
    {
        await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Append(transaction, procedure, facts, first, ct);
        if (hold > TimeSpan.Zero)
        {
            Interlocked.Increment(ref held);
            await Task.Delay(hold, TimeProvider.System, ct);
        }

        if (!commit)
        {
            Interlocked.Increment(ref rolledBack);
            await transaction.RollbackAsync(ct);
            return;
        }

        await transaction.CommitAsync(ct);
        Interlocked.Increment(ref transactions);
        Interlocked.Add(ref events, facts.Count);
    }

    private async Task Append(NpgsqlTransaction transaction, int procedure, IReadOnlyList<INoticed> facts, bool first, CancellationToken ct)
    {
        await using var session = services.GetRequiredService<IDocumentStore>().LightweightSession(SessionOptions.ForTransaction(transaction));
        var numbered = facts.Numbered(procedure).Select(fact => Attribution.Event(session, services.GetRequiredService<PersonalVault>().Seal(session, fact))).ToList();
        if (first) session.Events.StartStream(Lives.Procedure(procedure), numbered);
        else (await session.Events.FetchForWriting<Folded<EndingState>>(Lives.Procedure(procedure), ct)).AppendMany(numbered);
        await session.SaveChangesAsync(ct);
    }
}
