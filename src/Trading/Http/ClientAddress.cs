using System.Net;
using System.Net.Sockets;

namespace Trading.Http;

/// <summary>Identifies clients without a token by their network address.</summary>
public static class ClientAddress
{
    /// <summary>What a provider gives one customer (RFC 6177): any address within it is the customer's to choose.</summary>
    private const int NetworkBytes = 8;

    /// <summary>The IPv4 address, also where it comes mapped into IPv6; of an IPv6 address its /64.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4().ToString();
        if (address.AddressFamily is not AddressFamily.InterNetworkV6) return address.ToString();
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[NetworkBytes..].Clear();
        return $"{new IPAddress(bytes)}/64";
    }

    /// <summary>Whose request it is: the subject of its token, else where it comes from.</summary>
    public static string ClientOf(this HttpContext http) => http.User.FindFirst("sub")?.Value is { } subject ? subject : Of(http.Connection.RemoteIpAddress);
}
