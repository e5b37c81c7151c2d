using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Trading.Ops;
using Trading.Tests.Harness;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Http;

/// <summary>What no library would send: requests written by hand onto the connection.</summary>
[Collection(TradingApp.Collection)]
public sealed class RawTests(TradingApp app)
{
    /// <summary>What is not HTTP never reaches the service; the server refuses it with a bare status and closes.</summary>
    [Theory]
    [InlineData("GARBAGE\r\n\r\n")]
    [InlineData("GET /v1/procedures/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /v1/procedures HTTP/1.1\r\n\r\n")]
    [InlineData("GET /v1/procedures HTTP/1.1\r\nHost: localhost\r\nHost: y\r\n\r\n")]
    [InlineData("GET /v1/procedures HTTP/1.1\r\nHost: localhost\r\nBad Header: x\r\n\r\n")]
    [InlineData("GET /v1/procedures HTTP/1.1\r\nHost: localhost\r\nX: a\rb\r\n\r\n")]
    [InlineData("POST /v1/procedures HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("POST /v1/procedures HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("GET /v1/procedures HTTP/9.9\r\nHost: localhost\r\n\r\n", "505")]
    public async Task what_is_not_http_is_refused_at_the_door(string request, string status = "400") =>
        Assert.StartsWith("HTTP/1.1 " + status, (await Exchange(request)).Head, StringComparison.Ordinal);

    [Theory]
    [InlineData("v1/procedures", "application/json", 1_048_577)]
    [InlineData("v1/procedures", "application/json", 9_223_372_036_854_775_807)]
    [InlineData("v1/legacy-notices", "application/x-ndjson", 67_108_865)]
    public async Task a_body_too_large_is_refused_before_it_is_sent(string path, string type, long length)
    {
        var (head, body) = await Exchange(
            $"POST /{path} HTTP/1.1\r\nHost: localhost\r\n{Authorization()}Content-Type: {type}\r\nContent-Length: {length.ToString(CultureInfo.InvariantCulture)}\r\nExpect: 100-continue\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413", head, StringComparison.Ordinal);
        Assert.Contains("Connection: close", head, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("too-large", (string?)body!["code"]);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2\r\n{}xx\r\n0\r\n\r\n")]
    public async Task a_body_in_broken_chunks_is_a_problem(string rest)
    {
        var (head, body) = await Exchange($"POST /v1/procedures HTTP/1.1\r\nHost: localhost\r\n{Authorization()}Content-Type: application/json\r\n{rest}");
        Assert.StartsWith("HTTP/1.1 400", head, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", head, StringComparison.Ordinal);
        Assert.Contains((string?)body!["code"], (string[])["malformed", "validation"]);
    }

    [Theory]
    [InlineData("Idempotency-Key: \"键\"\r\n", "idempotency-key-missing")]
    [InlineData("Idempotency-Key: a\r\nIdempotency-Key: b\r\n", "idempotency-key-missing")]
    [InlineData("Idempotency-Key: raw-1\r\nIf-Match: \"1\"\r\nIf-Match: \"2\"\r\n", "validation")]
    [InlineData("Idempotency-Key: raw-2\r\nIf-Match: 键\r\n", "validation")]
    public async Task headers_that_no_client_should_send_are_refused(string headers, string code)
    {
        var (head, body) = await Exchange(Post("/v1/procedures", headers, Posted.Body));
        Assert.StartsWith("HTTP/1.1 400", head, StringComparison.Ordinal);
        Assert.Equal(code, (string?)body!["code"]);
    }

    [Fact]
    public async Task one_who_hangs_up_in_the_middle_leaves_nothing_behind()
    {
        var request = Post("/v1/procedures", "Idempotency-Key: raw-hung-up\r\n", Posted.Body);
        for (var i = 0; i < 20; i++)
        {
            using var connection = await Connect();
            await connection.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request[..^(1 + i * 10)]), TestContext.Current.CancellationToken);
        }

        (await app.Client().PostText("/v1/procedures", Posted.Body, ("Idempotency-Key", "raw-hung-up"))).Expect(System.Net.HttpStatusCode.Created);
        Assert.Single(await Posted.Rows<string>(app.Database, "select key from intake.idempotency_keys where key = 'raw-hung-up'"));
    }

    private string Authorization() => $"Authorization: Bearer {app.Key.Token("raw", "publisher", LocalKey.CentreCode, LocalKey.CentreName, "*")}\r\n";

    private string Post(string path, string headers, string body) =>
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{Authorization()}{headers}Content-Type: application/json\r\n"
        + $"Content-Length: {Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture)}\r\n\r\n{body}";

    private async Task<TcpClient> Connect()
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(app.Address.Host, app.Address.Port, TestContext.Current.CancellationToken);
        return connection;
    }

    private async Task<(string Head, JsonNode? Body)> Exchange(string request)
    {
        using var connection = await Connect();
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request), TestContext.Current.CancellationToken);
        var text = Encoding.UTF8.GetString(await ReadToEnd(stream));
        var parts = text.Split("\r\n\r\n", 2);
        var json = parts.Length > 1 && parts[1].IndexOf('{', StringComparison.Ordinal) is >= 0 and var at ? JsonNode.Parse(parts[1][at..(parts[1].LastIndexOf('}') + 1)]) : null;
        return (parts[0], json);
    }

    /// <summary>Until the server closes, or has sent the last chunk: where more was promised than it wants, it waits before it closes.</summary>
    private static async Task<byte[]> ReadToEnd(NetworkStream stream)
    {
        var read = new List<byte>();
        var buffer = new byte[4096];
        int length;
        while ((length = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)) > 0)
        {
            read.AddRange(buffer.AsSpan(0, length));
            if (CollectionsMarshal.AsSpan(read).EndsWith("\r\n0\r\n\r\n"u8)) break;
        }

        return [.. read];
    }
}
