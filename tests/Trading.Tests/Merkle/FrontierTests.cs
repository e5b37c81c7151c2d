using Trading.Merkle;
using Xunit;

namespace Trading.Tests.Merkle;

public sealed class FrontierTests
{
    /// <summary>From RFC 9162's and the Go checksum database's shared examples: the root of no leaves is the hash of nothing.</summary>
    [Fact]
    public void a_tree_without_leaves_has_the_hash_of_nothing_as_its_root() => Assert.Equal(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Convert.ToHexStringLower(new Frontier(TreeHash.Sha256).Root));

    [Fact]
    public void a_frontier_goes_on_from_what_was_kept_of_it()
    {
        var whole = MemoryTiles.OfSize(TreeHash.Sha256, 1000).Frontier;
        for (var cut = 0L; cut <= 1000; cut += 37)
        {
            var kept = MemoryTiles.OfSize(TreeHash.Sha256, cut).Frontier;
            var resumed = new Frontier(TreeHash.Sha256, kept.Size, kept.Hashes);
            while (resumed.Size < 1000) resumed.Append(TreeHash.Sha256.Leaf(MemoryTiles.Entry(resumed.Size)));
            Assert.Equal(whole.Root, resumed.Root);
        }
    }

    [Fact]
    public void what_is_kept_must_fit_the_size()
    {
        Assert.Throws<ArgumentException>(() => new Frontier(TreeHash.Sha256, 3, [new byte[32]]));
        Assert.Throws<ArgumentException>(() => new Frontier(TreeHash.Sha256, 1, [new byte[31]]));
    }
}
