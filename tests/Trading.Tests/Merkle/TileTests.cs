using CsCheck;
using Trading.Merkle;
using Xunit;

namespace Trading.Tests.Merkle;

public sealed class TileTests
{
    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(0, 273, 112, "tile/0/273.p/112")]
    [InlineData(1, 999, 256, "tile/1/999")]
    [InlineData(1, 1000, 256, "tile/1/x001/000")]
    [InlineData(2, 1234067, 1, "tile/2/x001/x234/067.p/1")]
    public void a_path_is_written_as_the_standard_says(int level, long index, int width, string path)
    {
        var tile = new Tile(level, index, width);
        Assert.Equal(path, tile.Path);
        Assert.True(Tile.TryParse(level, path[$"tile/{level}/".Length..], out var read));
        Assert.Equal(tile, read);
    }

    [Fact]
    public void every_path_reads_back() => Gen.Select(Gen.Int[0, 7], Gen.Long[0, 10_000_000_000], Gen.Int[1, 256]).Sample((level, index, width) =>
    {
        var tile = new Tile(level, index, width);
        Assert.True(Tile.TryParse(level, tile.Path[$"tile/{level}/".Length..], out var read));
        Assert.Equal(tile, read);
    });

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("00")]
    [InlineData("0000")]
    [InlineData("x000/001")]
    [InlineData("x000/x001/001")]
    [InlineData("001/002")]
    [InlineData("x001")]
    [InlineData("000.p/0")]
    [InlineData("000.p/256")]
    [InlineData("000.p/01")]
    [InlineData("000.p/")]
    [InlineData("000.p/1/2")]
    [InlineData("-01")]
    [InlineData("٠٠١")]
    [InlineData("x999/x999/x999/x999/x999/999")]
    [InlineData("000\n")]
    public void other_paths_are_none(string place) => Assert.False(Tile.TryParse(0, place, out _));

    [Fact]
    public void a_tree_of_70000_leaves_has_the_tiles_the_standard_counts()
    {
        var tiles = Tile.Grown(0, 70_000).ToList();
        Assert.Equal(273, tiles.Count(t => t is { Level: 0, IsFull: true }));
        Assert.Equal(
            [new Tile(0, 273, 112), new Tile(1, 0, 256), new Tile(1, 1, 17), new Tile(2, 0, 1)], tiles.Where(t => t.Level > 0 || !t.IsFull));
    }

    [Fact]
    public void growing_in_steps_touches_the_tiles_of_growing_at_once() => Gen.Select(Gen.Long[0, 200_000], Gen.Long[0, 3000], Gen.Long[0, 3000]).Sample((start, first, second) =>
    {
        var atOnce = Tile.Grown(start, start + first + second).ToHashSet();
        var inSteps = Tile.Grown(start, start + first).Concat(Tile.Grown(start + first, start + first + second)).ToHashSet();
        Assert.Subset(inSteps, atOnce);
        Assert.DoesNotContain(inSteps.Except(atOnce), t => t.IsFull);
    });

    [Fact]
    public void an_unchanged_tree_touches_none() => Assert.Empty(Tile.Grown(70_000, 70_000));
}
