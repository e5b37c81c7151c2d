using System.Buffers.Binary;
using System.Text;
using Org.BouncyCastle.Asn1.GM;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Org.BouncyCastle.Security;

namespace Trading.Log.Notes;

/// <summary>Whoever holds a private key: a file, or a certified device.</summary>
public interface INoteSigner
{
    VerifierKey Key { get; }

    /// <param name="at">Told in the signature by those that tell it.</param>
    NoteSignature Sign(string text, DateTimeOffset at);
}

/// <summary>The curve of GB/T 32918.5.</summary>
internal static class Sm2Curve
{
    public static readonly ECDomainParameters Domain = new(GMNamedCurves.GetByName("sm2p256v1"));
}

/// <param name="secret">32 bytes.</param>
public sealed class Ed25519Signer(string name, byte[] secret) : INoteSigner
{
    public VerifierKey Key { get; } = new(name, NoteAlgorithm.Ed25519, PublicKey(secret));

    public NoteSignature Sign(string text, DateTimeOffset at) => new(Key.Name, Key.Id, Sign(secret, Encoding.UTF8.GetBytes(text)));

    internal static byte[] Sign(byte[] secret, byte[] message)
    {
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(secret, 0, message, 0, message.Length, signature, 0);
        return signature;
    }

    internal static byte[] PublicKey(byte[] secret)
    {
        var key = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(secret, 0, key, 0);
        return key;
    }
}

/// <summary>Cosigns as a witness does: with the time, to the second.</summary>
/// <param name="secret">32 bytes.</param>
public sealed class CosignatureSigner(string name, byte[] secret) : INoteSigner
{
    public VerifierKey Key { get; } = new(name, NoteAlgorithm.Cosignature, Ed25519Signer.PublicKey(secret));

    public NoteSignature Sign(string text, DateTimeOffset at)
    {
        var value = new byte[8 + Ed25519.SignatureSize];
        var time = at.ToUnixTimeSeconds();
        BinaryPrimitives.WriteInt64BigEndian(value, time);
        Ed25519Signer.Sign(secret, VerifierKey.CosignedMessage(text, time)).CopyTo(value, 8);
        return new NoteSignature(Key.Name, Key.Id, value);
    }
}

/// <summary>商用密码: SM2 with SM3, the user's id being the usual 1234567812345678 (GM/T 0009).</summary>
/// <param name="secret">32 bytes.</param>
public sealed class Sm2NoteSigner(string name, byte[] secret) : INoteSigner
{
    private readonly ECPrivateKeyParameters key = new(new BigInteger(1, secret), Sm2Curve.Domain);

    public VerifierKey Key { get; } = new(
        name, NoteAlgorithm.Sm2, Sm2Curve.Domain.G.Multiply(new BigInteger(1, secret)).Normalize().GetEncoded(compressed: false));

    public NoteSignature Sign(string text, DateTimeOffset at)
    {
        var signer = new SM2Signer();
        signer.Init(true, new ParametersWithRandom(key, new SecureRandom()));
        var message = Encoding.UTF8.GetBytes(text);
        signer.BlockUpdate(message, 0, message.Length);
        return new NoteSignature(Key.Name, Key.Id, signer.GenerateSignature());
    }
}
