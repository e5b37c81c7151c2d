using Trading.Http;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Http;

public sealed class BucketsTests
{
    private static readonly Bucket reads = new("reads", 10, 2), writes = new("writes", 4, 1);
    private readonly StoppedClock clock = new();
    private readonly Buckets buckets;

    public BucketsTests() => buckets = new(reads, writes, new Bucket("readiness", 1, 1), clock);

    [Fact]
    public void a_bucket_gives_all_or_none()
    {
        Assert.Equal((true, 3), Take(7));
        Assert.Equal((false, 3), Take(4));
        Assert.Equal((true, 0), Take(3));
    }

    [Fact]
    public void every_client_and_every_kind_has_a_bucket_of_its_own()
    {
        Assert.Equal((true, 0), Take(10));
        Assert.Equal((true, 0), Take(10, "other"));
        Assert.Equal((true, 3), Take(1, bucket: writes));
    }

    [Fact]
    public void many_clients_do_not_give_anyone_a_fresh_bucket()
    {
        Take(10);
        for (var i = 0; i < 30_000; i++) Take(1, $"{i}");
        Assert.Equal((false, 0), Take(1));
    }

    [Fact]
    public void what_is_charged_is_owed_up_to_another_bucket_and_paid_back_by_waiting()
    {
        Assert.Equal(-5, buckets.Charge(reads, "client", 15));
        Assert.Equal((false, -5), Take(1));
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal((true, 0), Take(1));

        Assert.Equal(-10, buckets.Charge(reads, "client", 1_000_000));
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((true, 9), Take(1));
    }

    [Fact]
    public async Task no_token_is_taken_twice()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 5).Count(_ => Take(1).IsTaken))));
        Assert.Equal(10, taken.Sum());
    }

    [Fact]
    public void what_a_client_sees_is_in_whole_seconds()
    {
        Assert.Equal(("\"reads\";q=10;w=5", "\"writes\";q=4;w=4"), (reads.Policy, writes.Policy));
        Assert.Equal((0, 1, 1, 2), (reads.Seconds(0), reads.Seconds(1), reads.Seconds(2), reads.Seconds(3)));
    }

    private (bool IsTaken, long Left) Take(int tokens, string client = "client", Bucket? bucket = null) => (buckets.TryTake(bucket ?? reads, client, tokens, out var left), left);
}
