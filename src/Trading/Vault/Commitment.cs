using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Trading.Kernel;

namespace Trading.Vault;

/// <summary>
/// A salted commitment to a value that is not told, in the form of SD-JWT disclosures (RFC 9901): whoever is given the opening can check
/// that it was fixed when the log was; nobody can guess it from the digest.
/// </summary>
public static class Commitment
{
    /// <summary>Where an event has its own salt, among its headers.</summary>
    public const string SaltHeader = "salt";

    private const int SaltBytes = 16;

    public static string NewSalt() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SaltBytes));

    /// <summary>A salt for one purpose out of an event's own; knowing it tells nothing of those for others.</summary>
    public static string SaltFor(string salt, string purpose) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(salt), Encoding.ASCII.GetBytes(purpose)).AsSpan(0, SaltBytes));

    /// <summary>The opening: base64url of the JSON array of salt, name and value.</summary>
    public static string Opening(string salt, string name, JsonElement value) =>
        Base64Url.EncodeToString(CanonicalJson.Array(CanonicalJson.String(salt), CanonicalJson.String(name), CanonicalJson.Write(value)));

    /// <summary>base64url of the SHA-256 over the opening's characters.</summary>
    public static string Digest(string opening) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(opening)));
}
