using Npgsql;
using Trading.Log.Publishing;
using Trading.Merkle;

namespace Trading.Log;

/// <summary>How the log stands on this node.</summary>
public sealed class LogState
{
    private volatile string? stopped;

    /// <summary>Why nothing more is sequenced or signed; null while all is well.</summary>
    public string? Stopped
    {
        get => stopped;
        set => stopped = value;
    }
}

/// <summary>
/// Keeps the log: on one node at a time, the one whose connection holds the lock. What goes wrong on the way is tried again; what is
/// wrong stops it until somebody has looked.
/// </summary>
public sealed partial class LogService(NpgsqlDataSource database, LogSettings settings, LogKeys keys, LogState state, ILogger<LogService> log) : BackgroundService
{
    private const long Lock = 0x7472_6164_696e_67;
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (settings.Sequences && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Lead(stoppingToken);
                await Task.Delay(patience, TimeProvider.System, stoppingToken);
            }
            catch (LogStoppedException wrong)
            {
                state.Stopped = wrong.Message;
                LogStopped(wrong);
                return;
            }
            catch (Exception passing) when (!stoppingToken.IsCancellationRequested)
            {
                LogInterrupted(passing);
                await Task.Delay(patience, TimeProvider.System, stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task Lead(CancellationToken ct)
    {
        await using var only = Fence.Take(settings.Fence);
        if (only is null) return;
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(settings.Database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        await using (var take = new NpgsqlCommand("select pg_try_advisory_lock($1)", connection))
        {
            take.Parameters.Add(new NpgsqlParameter { Value = Lock });
            if (await take.ExecuteScalarAsync(ct) is not true) return;
        }

        var sequencer = new Sequencer(connection, [.. keys.Trees.Select(t => t.Hash).Where(h => h != TreeHash.Sha256)]);
        var publishers = keys.Trees.Select(tree => new Publisher(
            database, tree, new Fence(Path.Combine(settings.Fence, $"{tree.Hash.Name}.checkpoint"), tree), Path.Combine(settings.Directory, "public"))).ToList();
        foreach (var publisher in publishers) await publisher.Begin(ct);
        for (var taken = 1; ; taken = await sequencer.Pass(ct))
        {
            if (taken > 0)
                foreach (var publisher in publishers) await publisher.Publish(TimeProvider.System.GetUtcNow(), ct);
            if (settings.Witnesses.Count > 0) await publishers[0].AddCosignatures(ct);   // they cosign the main tree
            if (taken < Sequencer.MostAtOnce) await Task.Delay(pause, TimeProvider.System, ct);
        }
    }

    [LoggerMessage(LogLevel.Critical, "The log has stopped.")]
    private partial void LogStopped(Exception wrong);

    [LoggerMessage(LogLevel.Warning, "The log was interrupted and is taken up again.")]
    private partial void LogInterrupted(Exception passing);
}
