using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace Trading.Tests.Harness;

/// <summary>The standard as it lies in <c>tests/independent/ocds</c>, and the judge of packages there.</summary>
internal static class OcdsStandard
{
    private static readonly string Folder = Repository.PathOf("tests", "independent", "ocds");

    /// <summary>The release schema with every extension applied that the service declares.</summary>
    public static JsonObject ReleaseSchema { get; } = Directory.GetDirectories(Path.Combine(Folder, "extensions"))
        .Concat(Directory.GetDirectories(Repository.PathOf("openapi", "ocds")))
        .Select(extension => Path.Combine(extension, "release-schema.json")).Where(File.Exists)
        .Aggregate(Json(Path.Combine(Folder, "1.1.5", "release-schema.json")), (schema, patch) => Patched(schema, Json(patch)));

    /// <summary>The codes of a list of the standard.</summary>
    public static IReadOnlyList<string> Codes(string list) =>
        [.. File.ReadLines(Path.Combine(Folder, "1.1.5", "codelists", list)).Skip(1).Select(line => line.Split(',')[0])];

    /// <returns>What the judge says of packages it has nothing to say against.</returns>
    public static async Task<string> Accepts(IEnumerable<JsonNode> packages)
    {
        var (code, said) = await Judge(packages);
        Assert.True(code is 0, said);
        return said;
    }

    /// <returns>Why the judge refuses each package; nothing for one it accepts.</returns>
    public static async Task<IReadOnlyList<string>> Refuses(IReadOnlyList<JsonNode> packages)
    {
        var (code, said) = await Judge(packages);
        Assert.Equal(1, code);
        var lines = said.Split('\n');
        return [.. packages.Select((_, i) => string.Join('\n', lines.Where(line => line.Contains($".jsonl:{i + 1}: ", StringComparison.Ordinal))))];
    }

    private static async Task<(int Code, string Said)> Judge(IEnumerable<JsonNode> packages)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("trading-ocds-").FullName, "packages.jsonl");
        await File.WriteAllLinesAsync(file, packages.Select(package => package.ToJsonString()), TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo("node", [Path.Combine(Folder, "validate.mjs"), file]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        return (process.ExitCode, await errors + said);
    }

    private static JsonObject Json(string file) => JsonNode.Parse(File.ReadAllText(file))!.AsObject();

    /// <summary>RFC 7396.</summary>
    private static JsonObject Patched(JsonObject target, JsonObject patch)
    {
        var result = target.DeepClone().AsObject();
        foreach (var (name, value) in patch)
        {
            if (value is null) result.Remove(name);
            else result[name] = value is JsonObject inner ? Patched(result[name] as JsonObject ?? [], inner) : value.DeepClone();
        }

        return result;
    }
}
