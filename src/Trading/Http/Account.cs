namespace Trading.Http;

/// <summary>What a request costs, beyond what its endpoint costs at least: by the bytes that come and go, and by the processor time spent on it.</summary>
/// <param name="timePerToken">Processor time for a token.</param>
public sealed class Account(HttpContext http, Buckets buckets, TimeSpan timePerToken)
{
    /// <summary>Bytes for a token, received or sent.</summary>
    public const int BytesPerToken = 32 * 1024;

    private readonly ThreadTime time = ThreadTime.Start();
    private readonly Bucket bucket = Throttle.BucketOf(http, buckets);
    private long bytes;
    private long paid = Cost.Of(http);

    public static Account? Of(HttpContext http) => http.Features.Get<Account>();

    /// <summary>So many more bytes have come or gone.</summary>
    public void Count(long more) => bytes += more;

    /// <summary>Charges what is owed so far.</summary>
    public void Settle()
    {
        var response = http.Response;
        var told = response.HasStarted ? 0 : response.ContentLength ?? 0;   // what is going to be sent is charged before it is
        var owed = Math.Max(bytes, told) / BytesPerToken + time.Elapsed.Ticks / timePerToken.Ticks - paid;
        if (owed <= 0) return;
        paid += owed;
        var left = buckets.Charge(bucket, http.ClientOf(), owed);
        if (!response.HasStarted) Throttle.Tell(response.Headers, bucket, left);
    }
}
