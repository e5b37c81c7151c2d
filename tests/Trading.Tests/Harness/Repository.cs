using System.Runtime.CompilerServices;

namespace Trading.Tests.Harness;

/// <summary>Where the sources lie, for tests that read them.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Source { get; } = Path.Combine(Root, "src", "Trading");

    public static string Tests { get; } = Path.Combine(Root, "tests", "Trading.Tests");

    public static string[] FilesOf(string folder) => Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories);

    private static string Find([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
