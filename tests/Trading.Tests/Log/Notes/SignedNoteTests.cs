using System.Diagnostics;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.X509;
using Trading.Log.Notes;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Log.Notes;

public sealed class SignedNoteTests
{
    private const string Origin = "trading.example/log/2026";
    private static readonly DateTimeOffset at = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly byte[] secret = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly Checkpoint checkpoint = new(Origin, 3, new byte[32]);

    public static TheoryData<string> Algorithms => ["ed25519", "cosignature", "sm2"];

    /// <summary>The example of C2SP tlog-cosignature: form only, its keys are not told.</summary>
    private const string Published = """
        example.com/behind-the-sofa
        20852163
        CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

        — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
        — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==

        """;

    [Fact]
    public void a_published_checkpoint_reads_and_writes_back()
    {
        Assert.True(SignedNote.TryParse(Published, out var note));
        Assert.Equal(["example.com/behind-the-sofa", "witness.example.com/w1"], note.Signatures.Select(s => s.Name));
        Assert.Equal(Published, note.ToString());
        Assert.True(Checkpoint.TryParse(note.Text, out var read));
        Assert.Equal(("example.com/behind-the-sofa", 20852163), (read.Origin, read.Size));
        Assert.Equal(note.Text, read.Text);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void a_signature_holds_for_its_text_and_no_other(string algorithm)
    {
        var signer = Signer(algorithm);
        var note = new SignedNote(checkpoint.Text, [signer.Sign(checkpoint.Text, at)]);
        Assert.True(SignedNote.TryParse(note.ToString(), out var read));
        Assert.True(VerifierKey.TryParse(signer.Key.ToString(), out var key));

        Assert.True(key.HasSigned(read));
        Assert.False(key.HasSigned(read with { Text = new Checkpoint(Origin, 4, new byte[32]).Text }));
        for (var i = 0; i < read.Signatures[0].Value.Length; i++)
        {
            var value = (byte[])read.Signatures[0].Value.Clone();
            value[i] ^= 1;
            Assert.False(key.HasSigned(read with { Signatures = [read.Signatures[0] with { Value = value }] }), $"byte {i}");
        }
    }

    [Fact]
    public void a_wrong_signature_beside_a_right_one_spoils_the_note()
    {
        var signer = Signer("ed25519");
        var right = signer.Sign(checkpoint.Text, at);
        Assert.False(signer.Key.HasSigned(new SignedNote(checkpoint.Text, [right, signer.Sign("other\n", at)])));
    }

    [Fact]
    public void a_witness_tells_when_it_cosigned()
    {
        var signer = Signer("cosignature");
        Assert.Equal(at, signer.Key.CosignedAt(new SignedNote(checkpoint.Text, [signer.Sign(checkpoint.Text, at)])));
    }

    [Fact]
    public async Task independent_code_opens_our_notes()
    {
        var signer = Signer("ed25519");
        var directory = Directory.CreateTempSubdirectory("trading-note-").FullName;
        var empty = new Checkpoint(Origin, 0, Trading.Merkle.TreeHash.Sha256.Empty);
        var note = new SignedNote(empty.Text, [signer.Sign(empty.Text, at), Signer("cosignature").Sign(empty.Text, at)]);
        await File.WriteAllTextAsync(Path.Combine(directory, "checkpoint"), note.ToString(), TestContext.Current.CancellationToken);

        Assert.StartsWith("0 entries", await GoTlog.Accepts("log", directory, signer.Key.ToString()), StringComparison.Ordinal);
        Assert.Contains("signature", await GoTlog.Refuses("log", directory, new Ed25519Signer(Origin, new byte[32]).Key.ToString()), StringComparison.Ordinal);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task openssl_verifies_our_sm2_signatures()
    {
        var signer = Signer("sm2");
        var directory = Directory.CreateTempSubdirectory("trading-sm2-").FullName;
        string In(string name) => Path.Combine(directory, name);
        var curve = Org.BouncyCastle.Asn1.GM.GMNamedCurves.GetByName("sm2p256v1");
        var named = new ECNamedDomainParameters(Org.BouncyCastle.Asn1.GM.GMObjectIdentifiers.sm2p256v1, curve);
        var key = new ECPublicKeyParameters("EC", named.Curve.DecodePoint(signer.Key.Key), named);
        await File.WriteAllBytesAsync(In("key"), SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(key).GetDerEncoded(), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(In("signature"), signer.Sign(checkpoint.Text, at).Value, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(In("text"), checkpoint.Text, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(In("other"), checkpoint.Text + " ", TestContext.Current.CancellationToken);

        Assert.True(Verifies("text"));
        Assert.False(Verifies("other"));
        Directory.Delete(directory, recursive: true);

        bool Verifies(string text)
        {
            using var openssl = Process.Start(new ProcessStartInfo("openssl",
            [
                "pkeyutl", "-verify", "-pubin", "-inkey", In("key"), "-keyform", "DER", "-sigfile", In("signature"), "-in", In(text),
                "-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678",
            ])
            { RedirectStandardOutput = true, RedirectStandardError = true })!;
            openssl.WaitForExit();
            return openssl.ExitCode is 0;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\nno signature\n")]
    [InlineData("text\n\n— name AAAA\n")]
    [InlineData("text\n\n— na+me AAAAAAA=\n")]
    [InlineData("text\n\n—  AAAAAAA=\n")]
    [InlineData("text\n\n— name !!!!\n")]
    [InlineData("text\n\n— name AAAAAAA=")]
    [InlineData("te\u0001xt\n\n— name AAAAAAA=\n")]
    public void other_texts_are_no_notes(string text) => Assert.False(SignedNote.TryParse(text, out _));

    [Fact]
    public void a_note_with_countless_signatures_is_none() =>
        Assert.False(SignedNote.TryParse($"text\n\n{string.Concat(Enumerable.Repeat("— name AAAAAAA=\n", 65))}", out _));

    [Theory]
    [InlineData("a\n")]
    [InlineData("a\n1\n")]
    [InlineData("\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("a\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("a\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n")]
    [InlineData("a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\nx\n")]
    [InlineData("a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")]
    [InlineData("a\n9223372036854775808\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    public void other_texts_are_no_checkpoints(string text) => Assert.False(Checkpoint.TryParse(text, out _));

    [Theory]
    [InlineData("")]
    [InlineData("name")]
    [InlineData("name+00000000+AQ==")]
    [InlineData("name+00000000+AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB")]
    public void other_texts_are_no_keys(string text) => Assert.False(VerifierKey.TryParse(text, out _));

    private static INoteSigner Signer(string algorithm) => algorithm switch
    {
        "ed25519" => new Ed25519Signer(Origin, secret),
        "cosignature" => new CosignatureSigner("witness.example", secret),
        _ => new Sm2NoteSigner(Origin, secret),
    };
}
