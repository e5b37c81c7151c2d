namespace Trading.Log.Witnessing;

/// <summary>
/// Which checkpoint witnesses are asked to cosign: the newest, chosen anew at most once a second and for all of them, so that those who
/// answer at different paces still cosign the same ones.
/// </summary>
internal sealed class Offers(PublishedHead head)
{
    private static readonly TimeSpan pace = TimeSpan.FromSeconds(1);
    private volatile TaskCompletionSource moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long size;

    /// <summary>Of the checkpoint on offer; 0 until there is one.</summary>
    public long Size => Interlocked.Read(ref size);

    /// <summary>Chooses until it is cancelled.</summary>
    public async Task Choose(CancellationToken ct)
    {
        for (; ; await Task.Delay(pace, TimeProvider.System, ct))
        {
            await head.Reach(Size, Timeout.InfiniteTimeSpan, ct);
            Interlocked.Exchange(ref size, head.Size);
            Interlocked.Exchange(ref moved, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
    }

    /// <summary>Waits until a checkpoint larger than this is on offer.</summary>
    public async Task Beyond(long cosigned, CancellationToken ct)
    {
        while (true)
        {
            var next = moved.Task;
            if (Size > cosigned) return;
            await next.WaitAsync(ct);
        }
    }
}
