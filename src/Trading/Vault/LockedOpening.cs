namespace Trading.Vault;

/// <summary>What opens a digest, encrypted.</summary>
/// <param name="Key">The name of the key.</param>
/// <param name="Ciphertext">Base64.</param>
public sealed record LockedOpening(string Digest, string Key, string Ciphertext);
