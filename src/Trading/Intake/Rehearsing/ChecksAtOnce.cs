using System.Threading.RateLimiting;

namespace Trading.Intake.Rehearsing;

/// <summary>Limits how many checks run at once and how long each takes, and rejects those that would wait too long: callers are anonymous, and postings need the processors too.</summary>
/// <param name="clock">Of real time.</param>
public sealed class ChecksAtOnce(TimeProvider clock) : IDisposable
{
    /// <summary>When one that was turned away may come again.</summary>
    public const string RetryAfterSeconds = "2";

    private const int Waiting = 8;

    private static readonly TimeSpan longest = TimeSpan.FromSeconds(5);

    private readonly ConcurrencyLimiter limiter = new(new()
    {
        PermitLimit = Math.Max(1, Environment.ProcessorCount / 2), QueueLimit = Waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <returns>Null where too many others wait, or time ran out.</returns>
    /// <exception cref="OperationCanceledException">The client has left.</exception>
    public async Task<CheckAnswer?> Run(Func<CancellationToken, CheckAnswer> check, CancellationToken ct)
    {
        using var time = new CancellationTokenSource(longest, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(time.Token, ct);
        try
        {
            using var lease = await limiter.AcquireAsync(1, stop.Token);
            return lease.IsAcquired ? check(stop.Token) : null;
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => limiter.Dispose();
}
