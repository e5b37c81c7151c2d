using System.Text.RegularExpressions;
using FastEndpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Trading.Tests.Harness;

/// <summary>A way into the running service, as it was mapped.</summary>
/// <param name="Method">HEAD, which says of a GET what the GET says, is left out.</param>
/// <param name="Path">With parameters as the OpenAPI document writes them.</param>
/// <param name="Definition">Null where it is none of FastEndpoints'.</param>
public sealed partial record MappedRoute(string Method, string Path, Endpoint Endpoint, EndpointDefinition? Definition)
{
    /// <summary>FastEndpoints maps it; a middleware in front of it says that there is no such thing (EndpointRulesTests).</summary>
    public const string ListOfRoutes = "/_test_url_cache_";

    public static IReadOnlyList<MappedRoute> Of(TradingApp app) =>
    [
        .. from endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           let path = "/" + Constraint().Replace(endpoint.RoutePattern.RawText!.Trim('/'), "}")
           where path is not ListOfRoutes && method is not "HEAD"
           select new MappedRoute(method, path, endpoint, endpoint.Metadata.GetMetadata<EndpointDefinition>()),
    ];

    [GeneratedRegex(":[^}]+}")]
    private static partial Regex Constraint();
}
