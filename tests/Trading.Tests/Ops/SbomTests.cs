using System.Text.Json.Nodes;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Ops;

/// <summary>ops/sbom: the packages the service is built of, each with a licence that may be passed on with it.</summary>
public sealed class SbomTests : IDisposable
{
    private static readonly string[] licences = ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "PostgreSQL"];

    /// <summary>Analyzers, which nothing of remains in the service.</summary>
    private static readonly string[] building = ["Microsoft.CodeAnalysis.BannedApiAnalyzers"];

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("trading-sbom-");

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public async Task every_package_is_listed_with_version_hash_and_a_permitted_licence()
    {
        var file = Path.Combine(directory.FullName, "sbom.json");
        var (code, output) = await RunScript.RunToEnd("ops/sbom", file);
        Assert.True(code is 0, output);

        var components = Json(file)["components"]!.AsArray().ToDictionary(component => $"{component!["name"]} {component["version"]}", component => component!, StringComparer.OrdinalIgnoreCase);
        Assert.Empty(Locked().Except(components.Keys, StringComparer.OrdinalIgnoreCase));
        Assert.Empty(components.Where(component => !Licences(component.Value).Any() || Licences(component.Value).Except(licences).Any()).Select(component => $"{component.Key}: {component.Value["licenses"]?.ToJsonString()}"));
        Assert.Empty(components.Where(component => component.Value["hashes"]?.AsArray().Any(hash => (string?)hash!["alg"] is "SHA-512") is not true).Select(component => component.Key));
    }

    private static IEnumerable<string> Licences(JsonNode component) =>
        component["licenses"]?.AsArray().Select(licence => (string?)licence!["license"]?["id"] ?? (string?)licence["expression"] ?? "unknown") ?? [];

    private static IEnumerable<string> Locked() =>
        from framework in Json(Path.Combine(Repository.Source, "packages.lock.json"))["dependencies"]!.AsObject()
        from package in framework.Value!.AsObject()
        where (string?)package.Value!["type"] is not "Project" && !building.Contains(package.Key)
        select $"{package.Key} {package.Value["resolved"]}";

    private static JsonNode Json(string file) => JsonNode.Parse(File.ReadAllText(file))!;
}
