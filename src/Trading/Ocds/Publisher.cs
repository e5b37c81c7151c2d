namespace Trading.Ocds;

/// <summary>Who publishes, and on what terms: what every package says of itself.</summary>
/// <param name="Address">Where the service is read from outside; the address of the request when null.</param>
/// <param name="License">The address of the licence of the data.</param>
/// <param name="PublicationPolicy">The address of the publisher's policy.</param>
public sealed record Publisher(string Name, Uri? Address = null, Uri? License = null, Uri? PublicationPolicy = null)
{
    /// <summary>The address under which a request is answered.</summary>
    public Uri AddressOf(HttpRequest request) => Address
        ?? (Uri.TryCreate($"{request.Scheme}://{request.Host}/", UriKind.Absolute, out var asked)
            ? asked
            : new UriBuilder(request.Scheme, request.HttpContext.Connection.LocalIpAddress?.ToString() ?? "localhost", request.HttpContext.Connection.LocalPort).Uri);
}
