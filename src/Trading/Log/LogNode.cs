using System.Data;
using Npgsql;
using Trading.Log.Publishing;
using Trading.Log.Witnessing;
using Trading.Merkle;
using Trading.Store;

namespace Trading.Log;

/// <summary>
/// This node at one connection to the database, which it compares with its fence again and again. The node whose connection holds the
/// lock sequences and signs, the others follow what it publishes.
/// </summary>
internal sealed class LogNode : IAsyncDisposable
{
    private const long Lock = 0x7472_6164_696e_67;

    /// <summary>How long a node that takes the lead waits for others to object, who may have seen more published than it has.</summary>
    private static readonly TimeSpan grace = TimeSpan.FromSeconds(2);

    private readonly LogSettings settings;
    private readonly WitnessedSizes witnesses;
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlDataSource database;
    private readonly Sequencer sequencer;
    private readonly IReadOnlyList<(Publisher Publisher, Fence Fence)> trees;
    private Place? place;
    private long? lockedAt;
    private bool isPublished, begun;
    private bool isBehind;   // something was sequenced and not published yet

    private LogNode(LogSettings settings, LogKeys keys, WitnessedSizes witnesses, NpgsqlConnection connection)
    {
        (this.settings, this.witnesses, this.connection) = (settings, witnesses, connection);
        database = NpgsqlDataSource.Create(PooledConnection.Durable(new(settings.Database) { MaxPoolSize = 2 }));   // readers take none of these
        sequencer = new Sequencer(connection, [.. keys.Trees.Select(t => t.Hash).Where(h => h != TreeHash.Sha256)]);
        trees =
        [
            .. from tree in keys.Trees
               let fence = new Fence(Path.Combine(settings.Fence, $"{tree.Hash.Name}.checkpoint"), tree)
               select (new Publisher(database, tree, fence, Path.Combine(settings.Directory, "public")), fence),
        ];
    }

    /// <summary>While it lasts, the database is the one that was compared.</summary>
    public bool IsConnected => connection.State is ConnectionState.Open;

    /// <summary>Whether this node is the one that sequences and signs.</summary>
    public bool Leads => lockedAt is not null && begun;

    public static async Task<LogNode> Connect(LogSettings settings, LogKeys keys, WitnessedSizes witnesses, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(PooledConnection.Durable(new(settings.Database) { Pooling = false }));
        try
        {
            await connection.OpenAsync(ct);
            return new LogNode(settings, keys, witnesses, connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Compares the database with what this node knows to be published.</summary>
    /// <exception cref="LogStoppedException">They differ, this node cannot tell, or another has stopped all.</exception>
    public async Task Compare(CancellationToken ct)
    {
        await StopMark.Check(connection, ct);
        isPublished = false;
        foreach (var (publisher, _) in trees) isPublished |= await publisher.Check(ct) is { Size: > 0 };
    }

    /// <summary>Leads or follows, once the database was compared.</summary>
    /// <returns>Whether more waits to be sequenced.</returns>
    /// <exception cref="LogStoppedException">The log would become wrong if it went on.</exception>
    public async Task<bool> Work(CancellationToken ct)
    {
        if (settings.Sequences) place ??= Place.Take(settings);
        if (await MayLead(ct)) return await Lead(ct);
        await Follow(ct);
        return false;
    }

    /// <summary>Sets the mark that stops every node.</summary>
    public Task Mark(string reason, CancellationToken ct) => StopMark.Set(connection, reason, ct);

    /// <summary>Gives the lead to another node, if this one has it.</summary>
    public async Task StepDown(CancellationToken ct)
    {
        if (lockedAt is null) return;
        await using var give = new NpgsqlCommand("select pg_advisory_unlock($1)", connection) { Parameters = { new() { Value = Lock } } };
        await give.ExecuteScalarAsync(ct);
        (lockedAt, begun) = (null, false);
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await database.DisposeAsync();
        place?.Dispose();
    }

    private async Task<bool> MayLead(CancellationToken ct)
    {
        if (place is null) return false;
        if (lockedAt is null)
        {
            await using var take = new NpgsqlCommand("select pg_try_advisory_lock($1)", connection) { Parameters = { new() { Value = Lock } } };
            if (await take.ExecuteScalarAsync(ct) is true) lockedAt = TimeProvider.System.GetTimestamp();
        }

        return lockedAt is { } since && (!isPublished || begun || TimeProvider.System.GetElapsedTime(since) >= grace);
    }

    private async Task<bool> Lead(CancellationToken ct)
    {
        var (first, taken) = (!begun, 0);
        if (first) await Begin(ct);
        else taken = await sequencer.Pass(ct);
        isBehind |= first || taken > 0;
        if (isBehind)
            foreach (var (publisher, _) in trees) await publisher.Publish(TimeProvider.System.GetUtcNow(), ct);
        (begun, isBehind) = (true, false);
        await AddCosignatures(ct);
        return first || taken is Sequencer.MostAtOnce;
    }

    private async Task Begin(CancellationToken ct)
    {
        foreach (var (publisher, _) in trees) await publisher.Begin(ct);
        var main = trees[0].Fence;   // they cosign the main tree
        if (settings.Witnesses.Count > 0 && await main.Published(ct) is { } published) await witnesses.Check(published, await main.Note(ct), ct);
    }

    private async Task Follow(CancellationToken ct)
    {
        if (place is not null)
        {
            foreach (var (publisher, _) in trees) await publisher.Follow(serves: true, ct);
            await AddCosignatures(ct);
            return;
        }

        await using var fences = Fence.Take(settings.Fence);
        if (fences is null) return;   // another process moves them
        foreach (var (publisher, _) in trees) await publisher.Follow(serves: false, ct);
    }

    private async Task AddCosignatures(CancellationToken ct)
    {
        if (settings.Witnesses.Count > 0) await trees[0].Publisher.AddCosignatures(ct);
    }
}
