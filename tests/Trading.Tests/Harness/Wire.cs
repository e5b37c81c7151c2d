using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Trading.Tests.Harness;

/// <summary>The wire between the service and its database, which can be cut and mended.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly string host;
    private readonly int port;
    private readonly int own;
    private readonly List<TcpClient> open = [];
    private readonly Lock gate = new();
    private TcpListener? listener;

    public Wire(string connection)
    {
        var target = new NpgsqlConnectionStringBuilder(connection);
        (host, port) = (target.Host!, target.Port);
        listener = Listen(0);
        own = ((IPEndPoint)listener.LocalEndpoint).Port;
        Connection = new NpgsqlConnectionStringBuilder(connection) { Host = "127.0.0.1", Port = own, Timeout = 3 }.ConnectionString;
    }

    /// <summary>The database as it is reached over the wire.</summary>
    public string Connection { get; }

    public void Cut()
    {
        listener?.Stop();
        listener = null;
        lock (gate)
        {
            foreach (var end in open) end.Dispose();
            open.Clear();
        }
    }

    public void Mend() => listener = Listen(own);

    public ValueTask DisposeAsync()
    {
        Cut();
        return ValueTask.CompletedTask;
    }

    private TcpListener Listen(int at)
    {
        var started = new TcpListener(IPAddress.Loopback, at);
        started.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        started.Start();
        _ = Accept(started);
        return started;
    }

    private async Task Accept(TcpListener from)
    {
        try
        {
            while (true)
            {
                var near = await from.AcceptTcpClientAsync();
                var far = new TcpClient();
                await far.ConnectAsync(host, port);
                lock (gate) open.AddRange([near, far]);
                _ = Pump(near, far);
                _ = Pump(far, near);
            }
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
        {
            // the wire was cut
        }
    }

    private static async Task Pump(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
        }
        catch (Exception cut) when (cut is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // the wire was cut
        }
        finally
        {
            to.Dispose();
        }
    }
}
