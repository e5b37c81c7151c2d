using Trading.Http;
using Trading.Ocds;

namespace Trading.Ops;

/// <summary>Under which names the service is read: those of <c>Http:Hosts</c>, that of <c>Ocds:Address</c>, and at an embedded start those of this machine.</summary>
internal static class PublicHosts
{
    private static readonly string[] loopback = ["localhost", "127.0.0.1", "[::1]"];

    public static Hosts Read(IConfiguration configuration, Publisher publisher, bool embedded, List<string> wrong)
    {
        string[] names =
        [
            .. configuration["Http:Hosts"]?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
            .. publisher.Address is { } address ? (string[])[address.Host] : [],
            .. embedded ? loopback : [],
        ];
        if (names.Length is 0)
            wrong.Add("Ocds:Address or Http:Hosts must say under which name the service is read, unless Embedded:Directory is set.");
        if (Array.Exists(names, name => name is "*" || Uri.CheckHostName(name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name.Trim('[', ']')) is UriHostNameType.Unknown))
            wrong.Add("Http:Hosts must be host names without port, divided by semicolons.");
        return new Hosts(names);
    }
}
