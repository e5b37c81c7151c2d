using System.Net;
using System.Text.Json.Nodes;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Ops;

[Collection(TradingApp.Collection)]
public sealed class HealthTests(TradingApp app)
{
    [Theory]
    [InlineData("/health/live", """{"status":"healthy","parts":{}}""")]
    [InlineData("/health/ready", """{"status":"healthy","parts":{"database":"healthy","boards":"healthy","high-water-mark":"healthy"}}""")]
    public async Task says_how_each_part_is(string address, string expected)
    {
        var answer = (await app.Client(role: null).Get(address)).Expect(HttpStatusCode.OK);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), answer.Json), answer.Body);
        Assert.Contains("no-store", answer.Headers["Cache-Control"], StringComparison.Ordinal);
    }
}
