using System.Net;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Ops;

/// <summary>Behind a proxy each client has buckets of its own; without one nobody is believed.</summary>
public sealed class ProxiesTests
{
    private const int Burst = 10;

    [Fact]
    public async Task a_known_proxy_says_who_asks()
    {
        await using var database = await Database.Create("proxied");
        await using var service = await Deployment.Start(
            database, ("Limits__Burst", $"{Burst}"), ("Limits__ReadsPerMinute", "60"), ("Http__Proxies__0", "192.0.2.0/24"), ("Http__Proxies__1", "127.0.0.1"), ("Limits__MillisecondsPerToken", "1000000"));
        Assert.True(await Spends(service, "203.0.113.1"));
        Assert.True(await Spends(service, "203.0.113.2"));
        Assert.True(await IsSpent(service, "203.0.113.1"));
        Assert.True(await IsSpent(service, "203.0.113.9, 203.0.113.1"));   // only what the proxy itself has added counts
        Assert.True(await IsSpent(service, "::ffff:203.0.113.1"));

        Assert.True(await Spends(service, "2001:db8:1:2::1"));
        Assert.True(await IsSpent(service, "2001:db8:1:2:3:4:5:6"));
        Assert.False(await IsSpent(service, "2001:db8:1:3::1"));
    }

    [Fact]
    public async Task nobody_else_is_believed()
    {
        await using var database = await Database.Create("unproxied");
        await using var service = await Deployment.Start(database, ("Limits__Burst", $"{Burst}"), ("Limits__ReadsPerMinute", "60"), ("Http__Proxies__0", "10.0.0.0/8"), ("Limits__MillisecondsPerToken", "1000000"));
        Assert.True(await Spends(service, "203.0.113.1"));
        Assert.True(await IsSpent(service, "203.0.113.2"));
    }

    /// <summary>Spends all that is in a bucket.</summary>
    /// <returns>Whether there was anything in it.</returns>
    private static async Task<bool> Spends(Deployment service, string client)
    {
        var had = !await IsSpent(service, client);
        for (var i = 0; i < 5 * Burst && !await IsSpent(service, client); i++)
        {
            // until it is empty
        }

        return had;
    }

    private static async Task<bool> IsSpent(Deployment service, string client) =>
        (await service.Client().Get("/v1/procedures", ("X-Forwarded-For", client))).Status is HttpStatusCode.TooManyRequests;
}
