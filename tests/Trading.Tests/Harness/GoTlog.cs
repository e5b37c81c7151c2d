using System.Diagnostics;
using Xunit;

namespace Trading.Tests.Harness;

/// <summary>The Go checksum database's code as a judge of ours; built once, from <c>tests/independent/tlog</c>.</summary>
internal static class GoTlog
{
    private static readonly Lazy<Task<string>> program = new(Build);

    /// <returns>What it printed.</returns>
    public static async Task<string> Accepts(params string[] arguments)
    {
        var (code, output, errors) = await Run(await program.Value, arguments);
        Assert.True(code is 0, errors);
        return output.Trim();
    }

    /// <returns>Why it refused.</returns>
    public static async Task<string> Refuses(params string[] arguments)
    {
        var (code, _, errors) = await Run(await program.Value, arguments);
        Assert.True(code is 1, $"accepted: {string.Join(' ', arguments)}");
        return errors.Trim();
    }

    private static async Task<string> Build()
    {
        var built = Repository.PathOf("artifacts", "independent", "tlog");
        var (code, _, errors) = await Run("go", ["build", "-o", built, "."], Path.Combine(Repository.Root, "tests", "independent", "tlog"), new()
        {
            ["GO111MODULE"] = "off",
            ["GOPATH"] = "/usr/share/gocode",
            ["GOCACHE"] = Path.Combine(Path.GetTempPath(), "trading-independent", "cache"),
        });
        Assert.True(code is 0, errors);
        return built;
    }

    private static async Task<(int Code, string Output, string Errors)> Run(
        string file, string[] arguments, string? directory = null, Dictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory };
        foreach (var (name, value) in environment ?? []) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }
}
