using System.Runtime.CompilerServices;

namespace Trading.Tests.Harness;

/// <summary>Where the sources lie, for tests that read them, and what was built from them.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Source { get; } = PathOf("src", "Trading");

    public static string Tests { get; } = PathOf("tests", "Trading.Tests");

    /// <summary>The service as it was built together with the tests.</summary>
    public static string Program
    {
        get
        {
            var tests = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            return Path.Combine(tests.Parent!.Parent!.FullName, "Trading", tests.Name, "Trading.dll");
        }
    }

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string[] FilesOf(string folder) => Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories);

    private static string Find([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
