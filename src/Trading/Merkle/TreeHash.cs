using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;

namespace Trading.Merkle;

/// <summary>The hash function of a tree (RFC 6962 §2.1). A first byte tells leaves from nodes, so that neither can pass for the other.</summary>
public sealed class TreeHash
{
    /// <summary>Of every hash here, in bytes.</summary>
    public const int Length = 32;

    public static readonly TreeHash Sha256 = new("sha256", static (input, hash) => SHA256.HashData(input, hash));

    /// <summary>商用密码杂凑算法 SM3 (GB/T 32905-2016).</summary>
    public static readonly TreeHash Sm3 = new("sm3", static (input, hash) =>
    {
        var digest = new SM3Digest();
        digest.BlockUpdate(input);
        digest.DoFinal(hash);
    });

    private readonly HashInto hashInto;

    private TreeHash(string name, HashInto hashInto) => (Name, this.hashInto) = (name, hashInto);

    private delegate void HashInto(ReadOnlySpan<byte> input, Span<byte> hash);

    public string Name { get; }

    /// <summary>The root of a tree without leaves.</summary>
    public byte[] Empty => Hash([]);

    public byte[] Leaf(ReadOnlySpan<byte> entry)
    {
        Span<byte> input = entry.Length < 1024 ? stackalloc byte[entry.Length + 1] : new byte[entry.Length + 1];
        input[0] = 0;
        entry.CopyTo(input[1..]);
        return Hash(input);
    }

    public byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> input = stackalloc byte[1 + Length + Length];
        input[0] = 1;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Length)..]);
        return Hash(input);
    }

    private byte[] Hash(ReadOnlySpan<byte> input)
    {
        var hash = new byte[Length];
        hashInto(input, hash);
        return hash;
    }
}
