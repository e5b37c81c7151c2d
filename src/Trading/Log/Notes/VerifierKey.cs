using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Trading.Log.Notes;

/// <summary>How a note is signed; the number is the signature type of C2SP signed-note.</summary>
public enum NoteAlgorithm : byte
{
    /// <summary>RFC 8032 over the text.</summary>
    Ed25519 = 0x01,

    /// <summary>A witness's timestamped cosignature (C2SP tlog-cosignature).</summary>
    Cosignature = 0x04,

    /// <summary>SM2 with SM3 (GB/T 32918.2) over the text; of the numbers without a standard meaning.</summary>
    Sm2 = 0xff,
}

/// <summary>A public key by which notes are verified.</summary>
/// <param name="Key">32 bytes of Ed25519, or the 65 bytes of an uncompressed SM2 point.</param>
public sealed record VerifierKey(string Name, NoteAlgorithm Algorithm, byte[] Key)
{
    private static readonly byte[] sm2Identifier = Encoding.ASCII.GetBytes("sm2-with-sm3");

    public uint Id => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes($"{Name}\n"), .. Typed]));

    /// <summary>As keys are told: name, id and key with its type.</summary>
    public override string ToString() => $"{Name}+{Id.ToString("x8", CultureInfo.InvariantCulture)}+{Convert.ToBase64String(Typed)}";

    private byte[] Typed => Algorithm is NoteAlgorithm.Sm2 ? [(byte)Algorithm, .. sm2Identifier, .. Key] : [(byte)Algorithm, .. Key];

    public static bool TryParse(string text, out VerifierKey key)
    {
        key = null!;
        if (text.Split('+', 3) is not [var name, { Length: 8 } id, var encoded] || !NoteSignature.IsName(name)) return false;
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length) || length is 0) return false;
        var algorithm = (NoteAlgorithm)bytes[0];
        var skipped = algorithm is NoteAlgorithm.Sm2 ? 1 + sm2Identifier.Length : 1;
        if (length - skipped != (algorithm is NoteAlgorithm.Sm2 ? 65 : 32) || !Enum.IsDefined(algorithm)) return false;
        key = new VerifierKey(name, algorithm, bytes[skipped..length]);
        return key.Id.ToString("x8", CultureInfo.InvariantCulture) == id && key.Typed.AsSpan().SequenceEqual(bytes.AsSpan(0, length));
    }

    /// <summary>Whether the note carries a signature of this key; one that is there and wrong spoils the note.</summary>
    public bool HasSigned(SignedNote note)
    {
        var own = note.Signatures.Where(s => s.Name == Name && s.KeyId == Id).ToList();
        return own.Count > 0 && own.All(s => Verifies(note.Text, s.Value));
    }

    /// <summary>When a witness says it cosigned.</summary>
    public DateTimeOffset? CosignedAt(SignedNote note) =>
        Algorithm is NoteAlgorithm.Cosignature && note.Signatures.FirstOrDefault(s => s.Name == Name && s.KeyId == Id) is { Value.Length: 72 } own
            ? DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(own.Value))
            : null;

    private bool Verifies(string text, byte[] signature) => Algorithm switch
    {
        NoteAlgorithm.Ed25519 => signature.Length is 64 && VerifiesEd25519(Encoding.UTF8.GetBytes(text), signature),
        NoteAlgorithm.Cosignature => signature.Length is 72 && BinaryPrimitives.ReadInt64BigEndian(signature) is >= 0 and < 1L << 37 and var time
            && VerifiesEd25519(CosignedMessage(text, time), signature[8..]),
        NoteAlgorithm.Sm2 => VerifiesSm2(Encoding.UTF8.GetBytes(text), signature),
        _ => false,
    };

    /// <param name="time">Seconds since 1970.</param>
    public static byte[] CosignedMessage(string text, long time) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {time}\n{text}"));

    private bool VerifiesEd25519(byte[] message, byte[] signature) => Ed25519.Verify(signature, 0, Key, 0, message, 0, message.Length);

    private bool VerifiesSm2(byte[] message, byte[] signature)
    {
        var verifier = new SM2Signer();
        verifier.Init(false, new ECPublicKeyParameters(Sm2Curve.Domain.Curve.DecodePoint(Key), Sm2Curve.Domain));
        verifier.BlockUpdate(message, 0, message.Length);
        return verifier.VerifySignature(signature);
    }
}
