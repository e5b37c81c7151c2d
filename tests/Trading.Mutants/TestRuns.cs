using System.Diagnostics;
using System.Globalization;

namespace Trading.Mutants;

/// <summary>Runs test classes of the mutated copy, each run a process of its own.</summary>
internal sealed class TestRuns(string assembly, string directory)
{
    private const int Unended = -1;
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(1);

    /// <summary>The classes of tests by name.</summary>
    public async Task<IReadOnlyList<string>> Classes()
    {
        var output = await Run(["-list", "classes"], [], TimeSpan.FromMinutes(2));
        return [.. output.Output.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("Trading.Tests.", StringComparison.Ordinal))];
    }

    /// <summary>Runs one class unchanged: how long it takes, and which mutations it passes.</summary>
    /// <returns>Null when it does not succeed, and says nothing of mutations.</returns>
    public async Task<Passed?> Pass(string testClass)
    {
        var seen = Path.Combine(directory, "seen", testClass);
        Directory.CreateDirectory(Path.GetDirectoryName(seen)!);
        foreach (var old in Directory.EnumerateFiles(Path.GetDirectoryName(seen)!, testClass + ".*")) File.Delete(old);
        var clock = Stopwatch.StartNew();
        var run = await Run(["-class", testClass], [(MutatedTree.Seen, seen)], TimeSpan.FromMinutes(10));
        if (run.Code is not 0) return null;
        var mutants = Directory.EnumerateFiles(Path.GetDirectoryName(seen)!, testClass + ".*").SelectMany(File.ReadLines).Select(line => int.Parse(line, CultureInfo.InvariantCulture)).ToHashSet();
        return new Passed(testClass, clock.Elapsed, mutants);
    }

    /// <summary>Runs classes with a mutation; it is noticed when one fails or does not end.</summary>
    public async Task<Outcome> Try(int mutant, IReadOnlyList<Passed> classes)
    {
        var usual = classes.Aggregate(TimeSpan.Zero, (sum, one) => sum + one.Took);
        string[] arguments = [.. classes.SelectMany(one => (string[])["-class", one.Class]), "-stopOnFail"];
        return (await Run(arguments, [(MutatedTree.Active, mutant.ToString(CultureInfo.InvariantCulture))], (usual * 2) + patience)).Code switch
        {
            0 => Outcome.Missed,
            Unended => Outcome.Unended,
            _ => Outcome.Failed,
        };
    }

    private async Task<(int Code, string Output)> Run(IReadOnlyList<string> arguments, IReadOnlyList<(string Name, string Value)> environment, TimeSpan longest)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, "-noLogo", "-noColor", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var end = new CancellationTokenSource(longest);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(end.Token);
            var output = await process.StandardOutput.ReadToEndAsync(end.Token);
            await errors;
            await process.WaitForExitAsync(end.Token);
            return (process.ExitCode, output);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (Unended, "");
        }
    }

    internal enum Outcome
    {
        Missed,
        Failed,
        Unended,
    }

    internal sealed record Passed(string Class, TimeSpan Took, IReadOnlySet<int> Mutants);
}
