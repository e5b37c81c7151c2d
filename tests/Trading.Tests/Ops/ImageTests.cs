using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Ops;

/// <summary>ops/image: what is in the container image, what is not, and that the program in it starts.</summary>
public sealed partial class ImageTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("trading-image-");

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public async Task holds_the_service_and_nothing_that_could_be_turned_against_it()
    {
        var (code, output) = await RunScript.RunToEnd("ops/image", "--output", directory.FullName);
        Assert.True(code is 0, output);
        var digest = output.TrimEnd().Split('\n')[^1];
        Assert.Matches("^sha256:[0-9a-f]{64}$", digest);

        var archive = $"oci-archive:{Path.Combine(directory.FullName, "trading.tar")}";
        var config = JsonNode.Parse(await Run("skopeo", "inspect", "--config", archive))!;
        Assert.Equal(
            """{"User":"10001:10001","Entrypoint":["/usr/lib/dotnet/dotnet","/usr/lib/trading/Trading.dll"],"Cmd":["serve"],"WorkingDir":"/usr/lib/trading","StopSignal":"SIGTERM"}""",
            new JsonObject(((string[])["User", "Entrypoint", "Cmd", "WorkingDir", "StopSignal"]).Select(name => KeyValuePair.Create(name, config["config"]![name]?.DeepClone()))).ToJsonString());
        Assert.Equal(3, config["rootfs"]!["diff_ids"]!.AsArray().Count);

        var layers = Path.Combine(directory.FullName, "layers");
        await Run("skopeo", "copy", "--quiet", archive, $"dir:{layers}");
        var root = directory.CreateSubdirectory("root").FullName;
        var files = new List<string>();
        foreach (var layer in JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(layers, "manifest.json"), TestContext.Current.CancellationToken))!["layers"]!.AsArray())
        {
            var file = Path.Combine(layers, ((string)layer!["digest"]!)["sha256:".Length..]);
            files.AddRange((await Run("tar", "--list", "-f", file)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
            await Run("tar", "--extract", "--no-same-owner", "-f", file, "-C", root);
        }

        Assert.Contains("./usr/lib/trading/Trading.dll", files);
        Assert.DoesNotContain(files, name => Dangerous().IsMatch(name));
        Directory.CreateDirectory(Path.Combine(root, "proc"));   // as an engine would
        Assert.Contains(
            "answer requests", await Run("unshare", "--map-root-user", "--pid", "--fork", "--mount", "--root", root, "--mount-proc", "/usr/lib/dotnet/dotnet", "/usr/lib/trading/Trading.dll", "help"),
            StringComparison.Ordinal);
    }

    /// <summary>Shells and tools to install with, sources, and what holds keys, passwords or tokens.</summary>
    [GeneratedRegex(@"/s?bin/[^/]+$|\.git(/|$)|\.cs$|\.private$|\.vault$|\.key$|/secrets$|tokens\.json$|Trading\.Tests|xunit", RegexOptions.IgnoreCase)]
    private static partial Regex Dangerous();

    private static async Task<string> Run(string program, params string[] arguments)
    {
        await using var running = Running.Start(program, arguments, new Dictionary<string, string?>());
        Assert.True(await running.End(TimeSpan.FromMinutes(2)) is 0, running.Output);
        return running.Output;
    }
}
