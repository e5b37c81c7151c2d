using System.Net;
using System.Net.Sockets;
using System.Text;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Http;

/// <summary>Links begin with the host that was asked, so a host that is not this one gets none.</summary>
[Collection(TradingApp.Collection)]
public sealed class HostGateTests(TradingApp app, Scene scene) : IClassFixture<Scene>
{
    private static readonly Route[] Public = [.. Routes.Reads.Except(Routes.ForSupervisors).Where(route => !route.ToString().Contains("health", StringComparison.Ordinal))];

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:80")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("evil.example@localhost")]
    [InlineData("127.0.0.2")]
    [InlineData("*")]
    [InlineData("")]
    public async Task an_unknown_host_gets_a_problem_that_does_not_name_it(string host)
    {
        foreach (var route in Public)
        {
            var answer = await Ask(scene.Path(route) + route.Query, $"Host: {host}\r\n");
            Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("evil.example", answer, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("localhost", "")]
    [InlineData("127.0.0.1:1", "")]
    [InlineData("[::1]", "")]
    [InlineData("LOCALHOST", "X-Forwarded-Host: evil.example\r\nX-Original-Host: evil.example\r\nX-Host: evil.example\r\nForwarded: host=evil.example;proto=https\r\n")]
    public async Task a_name_of_this_machine_is_answered_whatever_other_headers_say(string host, string others)
    {
        foreach (var route in Public)
        {
            var answer = await Ask(scene.Path(route) + route.Query, $"Host: {host}\r\n{others}");
            Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("evil.example", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task health_answers_probes_that_ask_by_address() =>
        Assert.StartsWith("HTTP/1.1 200", await Ask("/health/live", "Host: 10.0.0.7:8080\r\n"), StringComparison.Ordinal);

    private async Task<string> Ask(string address, string headers)
    {
        var ct = TestContext.Current.CancellationToken;
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, app.Address.Port, ct);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {address} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n"), ct);
        return await new StreamReader(stream, Encoding.UTF8).ReadToEndAsync(ct);
    }
}
