using System.Net;
using System.Net.Sockets;

namespace Trading.Ops;

/// <summary>Clients for servers of others.</summary>
public static class Outward
{
    private const int MostHeaderKilobytes = 16;
    private static readonly TimeSpan connectionLifetime = TimeSpan.FromMinutes(5);   // a name may come to mean another machine

    /// <summary>It follows no redirect, stores no cookie, reads no more than is due, and connects only to public addresses unless told otherwise.</summary>
    public static IServiceCollection AddOutward(this WebApplicationBuilder builder, string name, int mostAnswered, bool allowsPrivate) => builder.Services
        .AddHttpClient(name, client => client.MaxResponseContentBufferSize = mostAnswered)
        .ConfigurePrimaryHttpMessageHandler(() => Handler(allowsPrivate))
        .RemoveAllLoggers()
        .Services;

    internal static SocketsHttpHandler Handler(bool allowsPrivate)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = connectionLifetime, MaxResponseHeadersLength = MostHeaderKilobytes,
        };
        if (allowsPrivate) return handler;
        handler.UseProxy = false;   // a proxy would look the name up by itself
        handler.ConnectCallback = ConnectToPublic;
        return handler;
    }

    /// <summary>Looks the name up once and connects to what was looked up: a second answer of the name server changes nothing.</summary>
    private static async ValueTask<Stream> ConnectToPublic(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, ct);
        if (addresses.FirstOrDefault(address => !PublicAddress.Is(address)) is { } refused)
            throw new HttpRequestException($"{host} is {refused}, which is no public address; Log:PrivateAddresses=allow permits it.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>Which addresses are reached over the internet (IANA's registries of special-purpose addresses, RFC 6890).</summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] special =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        ]).Select(network => IPNetwork.Parse(network)),
    ];

    private static readonly IPNetwork unicast = IPNetwork.Parse("2000::/3");

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return (address.AddressFamily is AddressFamily.InterNetwork || unicast.Contains(address)) && !special.Any(network => network.Contains(address));
    }
}
