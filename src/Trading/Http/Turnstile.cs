using System.Threading.RateLimiting;

namespace Trading.Http;

/// <summary>How many may be inside at once, in all and from one client.</summary>
public class Turnstile(int most, int mostEach) : IDisposable
{
    private readonly ConcurrencyLimiter all = new(new() { PermitLimit = most });

    private readonly PartitionedRateLimiter<string> each = PartitionedRateLimiter.Create<string, string>(
        client => RateLimitPartition.GetConcurrencyLimiter(client, _ => new() { PermitLimit = mostEach }));

    /// <summary>Lets a client in until what is returned is disposed.</summary>
    /// <param name="refusal">Why not, where null is returned: the client has too much open (429), or all together have (503).</param>
    public IDisposable? Enter(string client, out ProblemKind? refusal)
    {
        refusal = null;
        var own = each.AttemptAcquire(client);
        if (!own.IsAcquired)
        {
            refusal = ProblemKind.RateLimited;
            own.Dispose();
            return null;
        }

        var shared = all.AttemptAcquire();
        if (shared.IsAcquired) return new Place(own, shared);
        refusal = ProblemKind.Unavailable;
        own.Dispose();
        shared.Dispose();
        return null;
    }

    public void Dispose()
    {
        all.Dispose();
        each.Dispose();
        GC.SuppressFinalize(this);
    }

    private sealed class Place(RateLimitLease own, RateLimitLease shared) : IDisposable
    {
        public void Dispose()
        {
            own.Dispose();
            shared.Dispose();
        }
    }
}
