using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Trading.Http;
using IPNetwork = System.Net.IPNetwork;

namespace Trading.Ops;

/// <summary>How connections are taken: how many, how slow they may be, and whose word on where a request comes from is believed.</summary>
public static class Listening
{
    private static readonly TimeSpan grace = TimeSpan.FromSeconds(5), headers = TimeSpan.FromSeconds(10), idle = TimeSpan.FromSeconds(60);

    /// <summary>The bounds of <c>ops/security.md</c>, which says how each is measured.</summary>
    public static void Bound(this KestrelServerOptions kestrel, Limits limits, IReadOnlyList<IPNetwork> proxies)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.RequestHeadersTimeout = headers;
        kestrel.Limits.KeepAliveTimeout = idle;
        kestrel.Limits.MinRequestBodyDataRate = kestrel.Limits.MinResponseDataRate = new MinDataRate(limits.LeastBytesPerSecond, grace);
        kestrel.Limits.MaxConcurrentConnections = limits.ConnectionsInAll;
        var turnstile = new Turnstile(limits.ConnectionsInAll, limits.Connections);
        kestrel.ConfigureEndpointDefaults(listen =>
        {
            listen.Protocols = HttpProtocols.Http1;   // HTTP/2 ends at the proxy: floods of streams and resets cannot be sent here
            listen.Use(next => connection => Take(next, connection, turnstile, proxies));
        });
    }

    /// <summary>Behind a proxy a request comes from where the proxy says; nobody else is believed.</summary>
    public static void UseProxies(this WebApplication app, IReadOnlyList<IPNetwork> proxies)
    {
        if (proxies.Count is 0) return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = 1 };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies) options.KnownIPNetworks.Add(proxy);
        app.UseForwardedHeaders(options);
    }

    /// <summary>Addresses and networks, such as <c>10.0.0.7</c> and <c>2001:db8::/64</c>.</summary>
    public static IReadOnlyList<IPNetwork> ReadProxies(IConfigurationSection section, List<string> wrong)
    {
        var proxies = new List<IPNetwork>();
        foreach (var entry in section.GetChildren())
        {
            if (IPNetwork.TryParse(entry.Value, out var network)) proxies.Add(network);
            else if (IPAddress.TryParse(entry.Value, out var address)) proxies.Add(new IPNetwork(address, 8 * address.GetAddressBytes().Length));
            else wrong.Add($"Http:Proxies:{entry.Key} must be an address or a network, such as 10.0.0.7 or 10.0.0.0/8.");
        }

        return proxies;
    }

    private static async Task Take(ConnectionDelegate next, ConnectionContext connection, Turnstile turnstile, IReadOnlyList<IPNetwork> proxies)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        if (address is { IsIPv4MappedToIPv6: true }) address = address.MapToIPv4();
        if (address is null || proxies.Any(proxy => proxy.Contains(address)))
        {
            await next(connection);
            return;
        }

        using var place = turnstile.Enter(ClientAddress.Of(address), out _);
        if (place is null) connection.Abort(new ConnectionAbortedException("Too many connections."));
        else await next(connection);
    }
}
