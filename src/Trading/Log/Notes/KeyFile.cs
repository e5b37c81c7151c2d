using System.Globalization;
using System.Security.Cryptography;
using Trading.Vault;

namespace Trading.Log.Notes;

/// <summary>
/// A private key in a file that its owner alone may read (mode 0400): <c>PRIVATE+KEY+name+id+key</c>, the form of the Go checksum
/// database, with the signature type as the key's first byte.
/// </summary>
public static class KeyFile
{
    public const string Extension = ".private";
    private const string Prefix = "PRIVATE+KEY+";
    private const int SecretBytes = 32;

    /// <exception cref="InvalidDataException">Others may read it, or it holds no key.</exception>
    public static INoteSigner Read(string file)
    {
        var text = SecretFile.Read(file);
        var bytes = new byte[text.Length];
        if (!text.StartsWith(Prefix, StringComparison.Ordinal)
            || text[Prefix.Length..].Split('+', 3) is not [var name, var id, var encoded]
            || !Convert.TryFromBase64String(encoded, bytes, out var length) || length is not 1 + SecretBytes
            || !Enum.IsDefined((NoteAlgorithm)bytes[0]) || !NoteSignature.IsName(name))
            throw new InvalidDataException($"{file} holds no key.");
        var signer = Signer(name, (NoteAlgorithm)bytes[0], bytes[1..length]);
        return signer.Key.Id.ToString("x8", CultureInfo.InvariantCulture) == id ? signer : throw new InvalidDataException($"{file} holds another key than it says.");
    }

    /// <summary>Makes a key and keeps it in a new file.</summary>
    /// <exception cref="IOException">The file is there already.</exception>
    public static VerifierKey Create(string file, string name, NoteAlgorithm algorithm)
    {
        var secret = RandomNumberGenerator.GetBytes(SecretBytes);
        var key = Signer(name, algorithm, secret).Key;
        SecretFile.Create(file, $"{Prefix}{name}+{key.Id.ToString("x8", CultureInfo.InvariantCulture)}+{Convert.ToBase64String([(byte)algorithm, .. secret])}");
        return key;
    }

    private static INoteSigner Signer(string name, NoteAlgorithm algorithm, byte[] secret) => algorithm switch
    {
        NoteAlgorithm.Ed25519 => new Ed25519Signer(name, secret),
        NoteAlgorithm.Cosignature => new CosignatureSigner(name, secret),
        _ => new Sm2NoteSigner(name, secret),
    };
}
