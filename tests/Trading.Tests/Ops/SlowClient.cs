using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Trading.Tests.Ops;

/// <summary>A client who takes or gives a few bytes at a time, over a connection of its own.</summary>
internal sealed class SlowClient : IDisposable
{
    private const int Window = 4096;

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = Window, NoDelay = true };
    private readonly byte[] buffer = new byte[4096];

    /// <summary>What has come so far, at most the first four kilobytes of it.</summary>
    public string Taken { get; private set; } = "";

    public static async Task<SlowClient> Connect(Uri service, string head)
    {
        var client = new SlowClient();
        try
        {
            await client.socket.ConnectAsync(service.Host, service.Port, TestContext.Current.CancellationToken);
        }
        catch (SocketException reset) when (head.Length is 0 && reset.SocketErrorCode is SocketError.ConnectionReset)
        {
            // one too many may be reset while it connects; whatever it gives then fails
        }

        if (head.Length > 0) await client.Give(head);   // one too many is reset before it says anything
        return client;
    }

    public static Task<SlowClient> Ask(Uri service, string path) => Connect(service, $"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");

    public async Task Give(string text) => await socket.SendAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);

    /// <returns>How many bytes came; none where the connection has ended.</returns>
    public async Task<int> Take(int bytes = 64)
    {
        try
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(0, bytes), TestContext.Current.CancellationToken);
            if (Taken.Length < buffer.Length) Taken += Encoding.UTF8.GetString(buffer, 0, read);
            return read;
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    /// <summary>Gives or takes a little again and again, until the other end has had enough.</summary>
    /// <returns>After how long that was.</returns>
    public async Task<TimeSpan> UntilCut(Func<SlowClient, Task<bool>> little, TimeSpan pause, TimeSpan most)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var tick = new PeriodicTimer(pause);
        while (await little(this) && await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            var elapsed = TimeProvider.System.GetElapsedTime(began);
            Assert.True(elapsed < most, string.Create(CultureInfo.InvariantCulture, $"still served after {elapsed.TotalSeconds:0} s: {Taken}"));
        }

        return TimeProvider.System.GetElapsedTime(began);
    }

    /// <summary>Whether the other end has closed or aborted, or has sent its answer.</summary>
    public async Task<bool> GivesOn(string text)
    {
        try
        {
            if (socket.Available > 0 && await Take(4096) > 0) return false;
            await Give(text);
            return !(socket.Poll(0, SelectMode.SelectRead) && socket.Available is 0);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public void Dispose() => socket.Dispose();
}
