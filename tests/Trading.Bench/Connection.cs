using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Trading.Bench;

/// <summary>One HTTP/1.1 connection that costs the client next to nothing, so that the servers are what is measured.</summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] buffer = new byte[256 * 1024];
    private int length;

    public static async Task<Connection[]> Open(Uri server, int count)
    {
        var connections = Enumerable.Range(0, count).Select(_ => new Connection()).ToArray();
        foreach (var connection in connections) await connection.socket.ConnectAsync(server.Host, server.Port);
        return connections;
    }

    /// <returns>The status code; what came with it is in <see cref="Answer"/>.</returns>
    public async Task<int> Ask(ReadOnlyMemory<byte> request)
    {
        for (var sent = 0; sent < request.Length;) sent += await socket.SendAsync(request[sent..]);
        length = 0;
        do
        {
            if (length == buffer.Length) Array.Resize(ref buffer, 2 * length);
            var received = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (received is 0) throw new IOException("The server closed the connection.");
            length += received;
        }
        while (!IsWhole());
        return int.Parse(buffer.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);
    }

    public string Answer => Encoding.UTF8.GetString(buffer, 0, length);

    /// <summary>What came behind the head, of an answer that is not chunked.</summary>
    public ReadOnlyMemory<byte> Body => buffer.AsMemory(0, length)[(buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) + 4)..];

    public void Dispose() => socket.Dispose();

    private bool IsWhole()
    {
        var text = buffer.AsSpan(0, length);
        var head = text.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        var field = text[..head].IndexOf("Content-Length: "u8);
        if (field < 0) return text.EndsWith("\r\n0\r\n\r\n"u8);   // chunked
        var digits = text[(field + "Content-Length: ".Length)..];
        return length == head + 4 + int.Parse(digits[..digits.IndexOf((byte)'\r')], CultureInfo.InvariantCulture);
    }
}
