using System.Net;
using Microsoft.AspNetCore.Http;
using Trading.Ops;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Ops;

/// <summary>Where clients for servers of others may lead.</summary>
public sealed class OutwardTests
{
    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("223.5.5.5", true)]
    [InlineData("2400:3200::1", true)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("100.128.0.1", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.255.255.255", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.9.9.9", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("198.19.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:0:0:0::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd12:3456::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("ff02::1", false)]
    public void tells_public_addresses_from_others(string address, bool expected) => Assert.Equal(expected, PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("2130706433")]
    public async Task leads_to_nobody_at_home_unless_that_is_allowed(string host)
    {
        await using var server = await Loopback.Start(http => http.Response.WriteAsync("inside"));
        var address = new Uri($"http://{host}:{server.Address.Port}/secret");

        using (var refusing = new HttpClient(Outward.Handler(allowsPrivate: false)))
        {
            var refused = await Assert.ThrowsAsync<HttpRequestException>(() => refusing.GetStringAsync(address, TestContext.Current.CancellationToken));
            Assert.Contains("no public address", refused.ToString(), StringComparison.Ordinal);
        }

        Assert.Empty(server.Asked);
        if (host.Contains(':', StringComparison.Ordinal)) return;   // the other end listens on IPv4 alone
        using var allowed = new HttpClient(Outward.Handler(allowsPrivate: true));
        Assert.Equal("inside", await allowed.GetStringAsync(address, TestContext.Current.CancellationToken));
    }
}
