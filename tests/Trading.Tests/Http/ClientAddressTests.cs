using System.Net;
using Trading.Http;
using Xunit;

namespace Trading.Tests.Http;

public sealed class ClientAddressTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::/64")]
    [InlineData("fe80::1%2", "fe80::/64")]
    [InlineData("::1", "::/64")]
    public void one_customer_is_one_client(string address, string client) => Assert.Equal(client, ClientAddress.Of(IPAddress.Parse(address)));

    [Fact]
    public void where_there_is_no_address_there_is_one_client() => Assert.Equal("", ClientAddress.Of(null));
}
