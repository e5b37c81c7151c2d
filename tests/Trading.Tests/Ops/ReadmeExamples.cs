using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Ops;

/// <summary>The console examples of a README: each command, and what it is said to print.</summary>
internal static partial class ReadmeExamples
{
    private const string Mark = "@@ next command";

    /// <summary>Runs them one after the other in one shell, against a running service in the place of the usual one.</summary>
    public static async Task Hold(string readme, RunScript run)
    {
        var examples = Block().Matches(await File.ReadAllTextAsync(Repository.PathOf(readme), TestContext.Current.CancellationToken))
            .SelectMany(block => block.Groups["lines"].Value.Split("$ ", StringSplitOptions.RemoveEmptyEntries))
            .Select(example => example.Split('\n', 2)).Select(parts => (Command: parts[0], Printed: parts[1].TrimEnd('\n'))).ToList();
        Assert.True(examples.Count > 5, $"{readme} has {examples.Count} examples");

        var script = string.Concat(examples.Select(example => $"{example.Command}\necho '{Mark}'\n"))
            .Replace("127.0.0.1:5080", $"127.0.0.1:{run.Port.ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal)
            .Replace(".local/", $"{run.Directory.FullName}/", StringComparison.Ordinal);
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true })!;
        var printed = (await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split($"{Mark}\n");
        foreach (var (example, actual) in examples.Zip(printed)) Assert.Equal(example.Printed, actual.TrimEnd('\n'));
    }

    [GeneratedRegex(@"```console\n(?<lines>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
