using Npgsql;
using Trading.Log.Notes;
using Trading.Log.Publishing;
using Trading.Merkle;
using Trading.Store;

namespace Trading.Log;

/// <summary>The last published checkpoint, as every node learns of it from the database.</summary>
public sealed partial class PublishedHead([FromKeyedServices(Pool.Upkeep)] NpgsqlDataSource database, LogKeys keys, ILogger<PublishedHead> log) : BackgroundService
{
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(50);
    private readonly List<Func<long, long, CancellationToken, Task>> before = [];
    private volatile Checkpoint? current;
    private bool complained;
    private volatile TaskCompletionSource moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>0 until a log has been published for the first time.</summary>
    public long Size => current?.Size ?? 0;

    /// <summary>Has something done for the positions from one up to and without another before this node tells of them; said before it starts.</summary>
    public void BeforeTelling(Func<long, long, CancellationToken, Task> act) => before.Add(act);

    /// <summary>Waits until a position is published, or until the time is over.</summary>
    public async Task Reach(long position, TimeSpan most, CancellationToken ct)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(ct);
        bound.CancelAfter(most);
        while (true)
        {
            var next = moved.Task;
            if (Size > position) return;
            try
            {
                await next.WaitAsync(bound.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                return;
            }
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Patience.Repeat(pause, Look, LogInterrupted, stoppingToken);

    private async ValueTask Look(CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"select note, size from {LogSchema.Name}.checkpoint where tree = $1 and size > $2 order by size desc limit {PublishedTree.MostPassedOver}");
        command.Parameters.Add(new NpgsqlParameter { Value = TreeHash.Sha256.Name });
        command.Parameters.Add(new NpgsqlParameter { Value = current?.Size ?? -1 });
        Checkpoint? checkpoint = null;
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (checkpoint is null && await reader.ReadAsync(ct))
                if ((checkpoint = keys.Main.Open(reader.GetString(0), reader.GetInt64(1))) is null) Complain();
        if (checkpoint is null) return;
        foreach (var act in before) await act(Size, checkpoint.Size, ct);
        current = checkpoint;
        Interlocked.Exchange(ref moved, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    private void Complain()
    {
        if (!complained) LogUnsigned();
        complained = true;
    }

    [LoggerMessage(LogLevel.Error, "The database holds a checkpoint that no key of this log has signed, or one of another size than it says. It is not told; ops/verify names it.")]
    private partial void LogUnsigned();

    [LoggerMessage(LogLevel.Warning, "The last published checkpoint cannot be read; what was published before is still told.")]
    private partial void LogInterrupted(Exception passing);
}
