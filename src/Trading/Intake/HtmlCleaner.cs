using System.Threading.RateLimiting;

namespace Trading.Intake;

/// <summary>Cleans the HTML of postings before any transaction is opened: a few at once, and none for long.</summary>
/// <param name="clock">Of real time.</param>
public sealed class HtmlCleaner(TimeProvider clock) : IDisposable
{
    /// <summary>One processor is left to everything else.</summary>
    public static readonly int AtOnce = Math.Max(1, Environment.ProcessorCount - 1);

    private const int Waiting = 100;

    private static readonly TimeSpan longest = TimeSpan.FromSeconds(10);

    private readonly ConcurrencyLimiter limiter = new(new() { PermitLimit = AtOnce, QueueLimit = Waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    /// <returns>Null where there is no HTML.</returns>
    /// <exception cref="TimeoutException">Too many wait, or it took too long; it may be tried again.</exception>
    public async Task<NoticeHtml?> Clean(string? html, CancellationToken ct)
    {
        if (html is null) return null;
        using var time = new CancellationTokenSource(longest, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(time.Token, ct);
        try
        {
            using var lease = await limiter.AcquireAsync(1, stop.Token);
            return lease.IsAcquired ? NoticeHtml.Clean(html, stop.Token) : throw new TimeoutException("Too many postings wait to be cleaned.");
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new TimeoutException("The HTML of a posting was not cleaned in time.");
        }
    }

    public void Dispose() => limiter.Dispose();
}
