using Trading.Log.Notes;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Ops;

public sealed class LogKeyTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("trading-key-").FullName;

    [Theory]
    [InlineData("ed25519", NoteAlgorithm.Ed25519)]
    [InlineData("cosignature", NoteAlgorithm.Cosignature)]
    [InlineData("sm2", NoteAlgorithm.Sm2)]
    public async Task makes_a_key_that_only_its_owner_reads_and_tells_its_public_form(string algorithm, NoteAlgorithm made)
    {
        var file = Path.Combine(directory, $"new{KeyFile.Extension}");
        var (code, output) = await Make(file, "log.example", algorithm);
        Assert.Equal(0, code);
        Assert.True(VerifierKey.TryParse(output.Trim(), out var key));
        Assert.Equal(("log.example", made), (key.Name, key.Algorithm));
        Assert.Equal(key.ToString(), KeyFile.Read(file).Key.ToString());
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(file));

        var before = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal(1, (await Make(file, "log.example", algorithm)).Code);
        Assert.Equal(before, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("log.example", "rsa")]
    [InlineData("two words", "ed25519")]
    public async Task says_how_to_use_it(string name, string algorithm)
    {
        var (code, output) = await Make(Path.Combine(directory, "new"), name, algorithm);
        Assert.Equal(2, code);
        Assert.StartsWith("Usage:", output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(directory));
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private static Task<(int Code, string Output)> Make(params string[] arguments) => Running.Verb(["log-key", .. arguments], new Dictionary<string, string?>());
}
