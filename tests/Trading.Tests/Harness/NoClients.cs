namespace Trading.Tests.Harness;

/// <summary>Of a log that asks nobody.</summary>
internal sealed class NoClients : IHttpClientFactory
{
    public HttpClient CreateClient(string name) => throw new InvalidOperationException($"Nobody is to be asked, yet {name} is.");
}
