using Trading.Log.Notes;
using Trading.Log.Publishing;
using Trading.Merkle;
using Trading.Vault;

namespace Trading.Log;

/// <summary>The trees of this log, with the keys that sign them.</summary>
public sealed record LogKeys(PublishedTree Main, PublishedTree? Sm3)
{
    private const string Sm3Prefix = "sm3";

    public IEnumerable<PublishedTree> Trees => Sm3 is null ? [Main] : [Main, Sm3];

    /// <summary>Reads every key of the directory; where there is none of a kind that is needed, makes one.</summary>
    /// <exception cref="InvalidDataException">A key file is open to others, or holds no key.</exception>
    public static LogKeys Open(LogSettings settings)
    {
        SecretFile.CreateDirectory(settings.Keys);
        var sm3Origin = $"{settings.Origin}/{Sm3Prefix}";
        var signers = SignersIn(settings.Keys);
        return new LogKeys(
            new PublishedTree(TreeHash.Sha256, settings.Origin, "", Of(NoteAlgorithm.Ed25519, settings.Origin, "ed25519")),
            settings.Sm3 ? new PublishedTree(TreeHash.Sm3, sm3Origin, Sm3Prefix, Of(NoteAlgorithm.Sm2, sm3Origin, "sm2")) : null);

        IReadOnlyList<INoteSigner> Of(NoteAlgorithm algorithm, string name, string file)
        {
            var own = signers.Where(s => s.Key.Algorithm == algorithm && s.Key.Name == name).ToList();
            if (own.Count > 0) return own;
            var path = Path.Combine(settings.Keys, file + KeyFile.Extension);
            KeyFile.Create(path, name, algorithm);
            return [KeyFile.Read(path)];
        }
    }

    /// <summary>The keys of a directory, which need not be there.</summary>
    /// <exception cref="InvalidDataException">A key file is open to others, or holds no key.</exception>
    public static IReadOnlyList<INoteSigner> SignersIn(string directory) => Directory.Exists(directory)
        ? [.. Directory.EnumerateFiles(directory, $"*{KeyFile.Extension}").Order(StringComparer.Ordinal).Select(KeyFile.Read)]
        : [];
}
