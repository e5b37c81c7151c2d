using Trading.Kernel;

namespace Trading.Http;

/// <summary>The request cannot be served for the moment: answered with 503 and a time after which to try again.</summary>
public sealed class UnavailableException(Wording detail, TimeSpan retryAfter) : Exception(detail.En)
{
    public Wording Detail => detail;

    public TimeSpan RetryAfter => retryAfter;
}
