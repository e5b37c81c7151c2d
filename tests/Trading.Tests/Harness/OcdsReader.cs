using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Trading.Tests.Harness;

/// <summary>A consumer that follows links.next, and nothing else.</summary>
internal static class OcdsReader
{
    /// <summary>Every package from an address on, to the last.</summary>
    /// <param name="between">What happens after each page.</param>
    public static async Task<IReadOnlyList<JsonNode>> Follow(Client client, string address, Func<Task>? between = null)
    {
        var packages = new List<JsonNode>();
        for (string? next = address; next is not null;)
        {
            var package = (await client.Get(next)).Expect(HttpStatusCode.OK).Json;
            packages.Add(package);
            if (between is not null) await between();
            next = (string?)package["links"]?["next"] is { } link ? new Uri(link).PathAndQuery : null;
            Assert.True(packages.Count < 10_000, "the pages do not end");
        }

        return packages;
    }

    public static IReadOnlyList<JsonNode> Releases(this IEnumerable<JsonNode> packages) => [.. packages.SelectMany(package => package["releases"]!.AsArray())!];

    public static IReadOnlyList<JsonNode> Records(this IEnumerable<JsonNode> packages) => [.. packages.SelectMany(package => package["records"]!.AsArray())!];

    public static IReadOnlyList<string> Tags(this JsonNode release) => [.. release["tag"]!.AsArray().Select(tag => (string)tag!)];
}
