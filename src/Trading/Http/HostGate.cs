using Microsoft.Extensions.Primitives;
using Trading.Kernel;

namespace Trading.Http;

/// <summary>The names under which the service is read, without port; <c>*.example.org</c> stands for all below one.</summary>
public sealed record Hosts(IReadOnlyList<string> Names);

/// <summary>
/// Refuses requests for a host that is not this one (RFC 9110 §7.2): links in answers begin with it, and caches would hand them to others.
/// Health answers everyone, for probes ask by address.
/// </summary>
public sealed class HostGate(RequestDelegate next, Hosts hosts)
{
    private static readonly Wording Unknown = new("Host不是本服务的域名。", "The Host is not a name of this service.");

    private readonly StringSegment[] names = [.. hosts.Names.Select(name => (StringSegment)name)];

    public Task InvokeAsync(HttpContext http) =>
        HostString.MatchesAny(http.Request.Host.Host, names) || http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
            ? next(http)
            : (Problem.Of(http, ProblemKind.Validation) with { Errors = [new ProblemError("Host", "host.unknown", Unknown.In(http.Language()))] }).Write(http);
}
