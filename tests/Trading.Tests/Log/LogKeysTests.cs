using Trading.Log;
using Trading.Log.Notes;
using Xunit;

namespace Trading.Tests.Log;

public sealed class LogKeysTests : IDisposable
{
    private const string Origin = "trading.example/log";
    private readonly string directory = Directory.CreateTempSubdirectory("trading-keys-").FullName;

    [Fact]
    public void while_a_key_changes_both_sign_and_either_opens_the_checkpoint()
    {
        var settings = new LogSettings("", Origin, directory, directory, directory, Sm3: true, Sequences: true);
        var before = LogKeys.Open(settings);
        KeyFile.Create(Path.Combine(directory, $"ed25519-2027{KeyFile.Extension}"), Origin, NoteAlgorithm.Ed25519);
        KeyFile.Create(Path.Combine(directory, $"sm2-2027{KeyFile.Extension}"), $"{Origin}/sm3", NoteAlgorithm.Sm2);
        KeyFile.Create(Path.Combine(directory, $"other{KeyFile.Extension}"), "other.example", NoteAlgorithm.Ed25519);

        var during = LogKeys.Open(settings);
        File.Delete(Path.Combine(directory, $"ed25519{KeyFile.Extension}"));
        File.Delete(Path.Combine(directory, $"sm2{KeyFile.Extension}"));
        var after = LogKeys.Open(settings);

        foreach (var (old, both, renewed) in before.Trees.Zip(during.Trees, after.Trees))
        {
            var checkpoint = new Checkpoint(both.Origin, 1, new byte[32]);
            var note = both.Sign(checkpoint, default);
            Assert.Equal(2, note.Signatures.Count);
            Assert.NotNull(old.Open(note.ToString()));
            Assert.NotNull(renewed.Open(note.ToString()));
            Assert.Null(renewed.Open(old.Sign(checkpoint, default).ToString()));
        }
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);
}
