using Xunit;

namespace Trading.Tests.Harness;

/// <summary>Published notices kept beside the repository, in <c>../shared/real</c>; they are read, never copied into it.</summary>
internal static class RealData
{
    /// <summary>The path of a file of real data; the test is skipped where there is none.</summary>
    public static string Find(string name)
    {
        var path = Path.GetFullPath(Repository.PathOf("..", "shared", "real", name));
        Assert.SkipUnless(File.Exists(path), $"real data is not at hand: no {name} in ../shared/real");
        return path;
    }
}
