using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Trading.Mutants;

/// <summary>A copy of the repository that holds many mutations at once, of which a variable of the environment turns on one. It is built once.</summary>
internal sealed partial class MutatedTree(string repository, string copy)
{
    public const string Active = "TRADING_MUTANT", Seen = "TRADING_MUTANTS_SEEN";

    private const string Switch =
        """
        internal static class Mutant
        {
            private static readonly int active = int.Parse(System.Environment.GetEnvironmentVariable("TRADING_MUTANT") ?? "-1", System.Globalization.CultureInfo.InvariantCulture);
            private static readonly string? seen = System.Environment.GetEnvironmentVariable("TRADING_MUTANTS_SEEN");
            private static readonly System.Collections.Concurrent.ConcurrentDictionary<int, bool> passed = new();

            public static bool Is(int mutant)
            {
                if (seen is not null && passed.TryAdd(mutant, true))
                    lock (passed) System.IO.File.AppendAllText(seen + "." + System.Environment.ProcessId, mutant + "\n");
                return mutant == active;
            }
        }
        """;

    private string Source => Path.Combine(copy, "src", "Trading");

    public string Tests => Path.Combine(copy, "artifacts", "bin", "Trading.Tests", "release", "Trading.Tests.dll");

    /// <summary>Copies what git knows, as it lies in the working tree.</summary>
    public void Copy()
    {
        foreach (var path in Run(repository, "git", "ls-files", "-z").Output.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var (from, to) = (Path.Combine(repository, path), Path.Combine(copy, path));
            if (!File.Exists(from)) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(from, to, overwrite: true);
        }

        File.WriteAllText(Path.Combine(Source, "Mutant.cs"), Switch);
    }

    /// <summary>Every mutation of the areas' sources.</summary>
    public IReadOnlyList<Mutation> Find(IEnumerable<Area> areas) =>
    [
        .. areas.SelectMany(area => area.Files(Source).SelectMany(file => Mutations.Of(area, Path.GetRelativePath(copy, file), CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot()))),
    ];

    /// <summary>Writes the mutations into the copy and builds it, without those that do not compile.</summary>
    /// <returns>Those that do, by the number that turns them on.</returns>
    public IReadOnlyDictionary<int, Mutation> Build(IReadOnlyList<Mutation> mutations)
    {
        var alive = mutations.Select((mutation, number) => (mutation, number)).ToDictionary(one => one.number, one => one.mutation);
        while (true)
        {
            foreach (var file in mutations.Select(mutation => mutation.File).Distinct()) Write(file, alive);
            var (code, output) = Run(copy, "dotnet", "build", "tests/Trading.Tests", "-c", "Release", "--disable-build-servers", "-v", "quiet", "-nologo",
                "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false", "-p:EnforceCodeStyleInBuild=false");
            if (code is 0) return alive;
            var wrong = CompilerError().Matches(output).SelectMany(error => Around(error.Groups["file"].Value, Number(error, "line"), Number(error, "column"))).Where(alive.ContainsKey).ToHashSet();
            if (wrong.Count is 0) throw new InvalidOperationException(output);
            Console.WriteLine($"{wrong.Count} mutations do not compile");
            foreach (var number in wrong) alive.Remove(number);
        }
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private void Write(string file, Dictionary<int, Mutation> alive)
    {
        var mutations = alive.Where(one => one.Value.File == file).ToList();
        var original = File.ReadAllText(Path.Combine(repository, file));
        if (mutations.Count is 0)
        {
            File.WriteAllText(Path.Combine(copy, file), original);
            return;
        }

        var numbers = mutations.GroupBy(one => one.Value.Node).ToDictionary(group => group.Key, group => group.ToList());
        var root = mutations[0].Value.Node.SyntaxTree.GetRoot();
        // The inner ones of a place are replaced first; where a mutation is on, what it holds is as it was.
        var mutated = root.ReplaceNodes(numbers.Keys, (node, inner) => numbers[node].Aggregate(inner, (rest, one) => Chosen(one.Key, one.Value, rest)));
        File.WriteAllText(Path.Combine(copy, file), mutated.ToFullString());
    }

    private static SyntaxNode Chosen(int number, Mutation mutation, SyntaxNode rest)
    {
        var chosen = mutation.Node is StatementSyntax
            ? (SyntaxNode)SyntaxFactory.ParseStatement($"if (!Mutant.Is({number})) {{ {rest.WithoutTrivia()} }}")
            : SyntaxFactory.ParseExpression($"(Mutant.Is({number}) ? ({mutation.Other}) : ({rest.WithoutTrivia()}))");
        return chosen.WithTriviaFrom(rest);
    }

    /// <summary>The mutations at a place of the copy; if there are none, those of the member around it.</summary>
    private static IReadOnlyList<int> Around(string file, int line, int column)
    {
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(file)));
        var at = tree.GetText().Lines[line - 1].Start + column - 1;
        var node = tree.GetRoot().FindToken(at).Parent!;
        if (node.AncestorsAndSelf().Select(Turned).FirstOrDefault(number => number is not null) is { } inner) return [inner];
        var scope = node.FirstAncestorOrSelf<StatementSyntax>()?.FirstAncestorOrSelf<BlockSyntax>() ?? (SyntaxNode?)node.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? tree.GetRoot();
        return [.. scope.DescendantNodes().Select(Turned).OfType<int>()];
    }

    private static int? Turned(SyntaxNode node)
    {
        var condition = node switch
        {
            ConditionalExpressionSyntax choice => choice.Condition.ToString(),
            IfStatementSyntax branch => branch.Condition.ToString(),
            _ => "",
        };
        return TurnedOn().Match(condition) is { Success: true } match ? Number(match, "number") : null;
    }

    private static (int Code, string Output) Run(string directory, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = directory, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    [GeneratedRegex(@"^\s*(?<file>/[^(\n]+)\((?<line>[0-9]+),(?<column>[0-9]+)\): error CS", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex CompilerError();

    [GeneratedRegex(@"^!?Mutant\.Is\((?<number>[0-9]+)\)$", RegexOptions.ExplicitCapture)]
    private static partial Regex TurnedOn();
}
