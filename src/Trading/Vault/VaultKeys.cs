using System.Security.Cryptography;
using System.Text;

namespace Trading.Vault;

/// <summary>
/// The keys that encrypt openings (AES-256-GCM), in files of a directory that their owner alone may read. The last by the name of its file
/// encrypts, the others go on decrypting what they encrypted. Every node needs the same.
/// </summary>
public sealed class VaultKeys
{
    public const string Extension = ".vault";
    private const int NonceBytes = 12, TagBytes = 16, KeyBytes = 32, FingerprintBytes = 8;
    private readonly Dictionary<string, byte[]> keys;
    private readonly string current;

    private VaultKeys(Dictionary<string, byte[]> keys, string current) => (this.keys, this.current) = (keys, current);

    /// <summary>The fingerprint of the key that encrypts now.</summary>
    public string Current => current;

    public bool Has(string key) => keys.ContainsKey(key);

    /// <summary>Reads every key of the directory; where there is none, makes one.</summary>
    /// <exception cref="InvalidDataException">A key file is open to others, or holds no key.</exception>
    public static VaultKeys Open(string directory)
    {
        SecretFile.CreateDirectory(directory);
        if (Names(directory) is []) Create(Path.Combine(directory, "1" + Extension));
        return ReadAll(directory);
    }

    /// <summary>Reads every key of the directory, and makes none.</summary>
    /// <exception cref="InvalidDataException">There is none, or a key file is open to others or holds no key.</exception>
    public static VaultKeys ReadAll(string directory)
    {
        var secrets = Names(directory).Select(Read).ToList();
        if (secrets.Count is 0) throw new InvalidDataException($"{directory} holds no key of a vault.");
        return new VaultKeys(secrets.ToDictionary(Fingerprint, StringComparer.Ordinal), Fingerprint(secrets[^1]));
    }

    /// <summary>The fingerprints of the keys of a directory, which need not be there.</summary>
    /// <exception cref="InvalidDataException">A key file is open to others, or holds no key.</exception>
    public static IReadOnlyList<string> FingerprintsIn(string directory) => Directory.Exists(directory)
        ? [.. Names(directory).Select(Read).Select(Fingerprint)]
        : [];

    /// <summary>Makes a key and keeps it in a new file.</summary>
    /// <exception cref="IOException">The file is there already.</exception>
    public static void Create(string file) => SecretFile.Create(file, Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));

    /// <param name="digest">Bound to the ciphertext, so that no row can take another's place.</param>
    public byte[] Encrypt(string digest, string opening)
    {
        var text = Encoding.ASCII.GetBytes(opening);
        var sealedBytes = new byte[NonceBytes + TagBytes + text.Length];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(keys[current], TagBytes);
        aes.Encrypt(
            sealedBytes.AsSpan(0, NonceBytes), text, sealedBytes.AsSpan(NonceBytes + TagBytes), sealedBytes.AsSpan(NonceBytes, TagBytes), Encoding.ASCII.GetBytes(digest));
        return sealedBytes;
    }

    /// <exception cref="InvalidDataException">The key is not there, or the bytes are not what was encrypted under this digest.</exception>
    public string Decrypt(string digest, string key, byte[] bytes) => Encoding.ASCII.GetString(DecryptToAscii(digest, key, bytes));

    /// <inheritdoc cref="Decrypt"/>
    public byte[] DecryptToAscii(string digest, string key, byte[] bytes)
    {
        if (!keys.TryGetValue(key, out var secret)) throw new InvalidDataException($"The vault's key {key} is not there.");
        try
        {
            var text = new byte[bytes.Length - NonceBytes - TagBytes];
            using var aes = new AesGcm(secret, TagBytes);
            aes.Decrypt(
                bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), text, Encoding.ASCII.GetBytes(digest));
            return text;
        }
        catch (Exception wrong) when (wrong is CryptographicException or OverflowException or ArgumentOutOfRangeException)
        {
            throw new InvalidDataException($"The opening of {digest} is not what was encrypted.", wrong);
        }
    }

    private static string[] Names(string directory) => [.. Directory.EnumerateFiles(directory, $"*{Extension}").Order(StringComparer.Ordinal)];

    private static string Fingerprint(byte[] secret) => Convert.ToHexStringLower(SHA256.HashData(secret).AsSpan(0, FingerprintBytes));

    private static byte[] Read(string file)
    {
        var secret = new byte[KeyBytes + 3];
        return Convert.TryFromBase64String(SecretFile.Read(file), secret, out var length) && length is KeyBytes
            ? secret[..KeyBytes]
            : throw new InvalidDataException($"{file} holds no key.");
    }
}
