using System.Globalization;
using System.Security.Cryptography;
using CsCheck;
using Trading.Merkle;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Merkle;

public sealed class ProofTests
{
    private static readonly CancellationToken ct = CancellationToken.None;

    [Fact]
    public async Task every_root_and_proof_of_every_tree_of_up_to_300_leaves_is_what_independent_code_makes()
    {
        const int most = 300;
        var tiles = new MemoryTiles(TreeHash.Sha256);
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var size = 1L; size <= most; size++)
        {
            tiles.Grow();
            sum.AppendData(tiles.Frontier.Root);
            for (var leaf = 0L; leaf < size; leaf++) await Add(size, Proof.OfInclusion(leaf, size));
            for (var older = 1L; older <= size; older++) await Add(size, Proof.OfConsistency(older, size));
        }

        Assert.Equal(
            await GoTlog.Accepts("proofs", most.ToString(CultureInfo.InvariantCulture)), Convert.ToHexStringLower(sum.GetHashAndReset()));

        async Task Add(long size, IReadOnlyList<(long, long)> parts)
        {
            foreach (var part in await tiles.Read(TreeHash.Sha256, size, parts, ct)) sum.AppendData(part);
        }
    }

    [Theory]
    [InlineData("sha256")]
    [InlineData("sm3")]
    public async Task every_proof_of_small_trees_convinces(string name)
    {
        var hash = name == TreeHash.Sm3.Name ? TreeHash.Sm3 : TreeHash.Sha256;
        for (var size = 1L; size <= 40; size++)
        {
            var tiles = MemoryTiles.OfSize(hash, size);
            var root = await tiles.Root(hash, size, ct);
            Assert.Equal(tiles.Frontier.Root, root);
            for (var leaf = 0L; leaf < size; leaf++)
            {
                var proof = await tiles.Read(hash, size, Proof.OfInclusion(leaf, size), ct);
                Assert.True(Proof.IsIncluded(hash, leaf, size, hash.Leaf(MemoryTiles.Entry(leaf)), proof, root), $"{leaf} of {size}");
            }

            for (var older = 0L; older <= size; older++)
            {
                var olderRoot = MemoryTiles.OfSize(hash, older).Frontier.Root;
                var proof = await tiles.Read(hash, size, Proof.OfConsistency(older, size), ct);
                Assert.True(Proof.IsConsistent(hash, older, size, olderRoot, root, proof), $"{older} to {size}");
            }
        }
    }

    [Fact]
    public async Task no_other_leaf_size_root_or_hash_convinces()
    {
        var tiles = MemoryTiles.OfSize(TreeHash.Sha256, 700);
        await Gen.Select(Gen.Long[1, 700], Gen.Long[0, 699], Gen.Int[0, 5], Gen.Int[0, 255], Gen.Byte[1, 255]).SampleAsync(async (size, leaf, kind, at, bit) =>
        {
            leaf %= size;
            var root = await tiles.Root(TreeHash.Sha256, size, ct);
            var leafHash = TreeHash.Sha256.Leaf(MemoryTiles.Entry(leaf));
            var proof = (await tiles.Read(TreeHash.Sha256, size, Proof.OfInclusion(leaf, size), ct)).Select(h => (byte[])h.Clone()).ToList();
            Assert.True(Proof.IsIncluded(TreeHash.Sha256, leaf, size, leafHash, proof, root));

            switch (kind)
            {
                case 0: leafHash[at % 32] ^= bit; break;
                case 1: root = (byte[])root.Clone(); root[at % 32] ^= bit; break;
                case 2 when proof.Count > 0: proof[at % proof.Count][at % 32] ^= bit; break;
                case 3 when proof.Count > 0: proof.RemoveAt(at % proof.Count); break;
                case 4: proof.Insert(at % (proof.Count + 1), new byte[32]); break;
                default: leaf = size; break;
            }

            Assert.False(Proof.IsIncluded(TreeHash.Sha256, leaf, size, leafHash, proof, root), $"{size} {leaf} {kind}");
        }, iter: 2000, threads: 1);
    }

    [Fact]
    public async Task a_tree_that_changed_a_leaf_continues_no_other()
    {
        var tiles = MemoryTiles.OfSize(TreeHash.Sha256, 300);
        var root = tiles.Frontier.Root;
        for (var older = 1L; older < 300; older++)
        {
            var other = new Frontier(TreeHash.Sha256);
            for (var leaf = 0L; leaf < older; leaf++) other.Append(TreeHash.Sha256.Leaf(MemoryTiles.Entry(leaf == older / 2 ? 9999 : leaf)));
            var proof = await tiles.Read(TreeHash.Sha256, 300, Proof.OfConsistency(older, 300), ct);
            Assert.False(Proof.IsConsistent(TreeHash.Sha256, older, 300, other.Root, root, proof), $"{older}");
        }
    }

    [Fact]
    public void there_is_no_proof_of_what_a_tree_has_not()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Proof.OfInclusion(5, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proof.OfInclusion(-1, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proof.OfConsistency(6, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proof.OfConsistency(-1, 5));
    }
}
