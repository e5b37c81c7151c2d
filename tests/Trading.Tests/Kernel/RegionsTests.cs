using Trading.Kernel;
using Xunit;

namespace Trading.Tests.Kernel;

public sealed class RegionsTests
{
    [Fact]
    public void the_data_is_of_its_edition_and_complete()
    {
        Assert.Equal("2023-06", Regions.Version);
        Assert.Equal(4148, Regions.All.Count);
        var inForce = Regions.All.Where(r => !r.IsAbolished && r.Kind is RegionKind.Gbt2260).ToLookup(r => r.Level);
        Assert.Equal(34, inForce[RegionLevel.Province].Count());
        Assert.Equal(333, inForce[RegionLevel.City].Count());
        Assert.InRange(inForce[RegionLevel.County].Count(), 2840, 2860);
        Assert.InRange(Regions.All.Count(r => r.IsAbolished), 300, 600);
    }

    [Fact]
    public void no_code_is_there_twice() => Assert.Distinct(Regions.All.Select(r => r.ToString()));

    [Fact]
    public void every_region_but_a_province_lies_in_one_of_the_next_levels()
    {
        Assert.NotEmpty(Regions.All);
        var wrong = Regions.All.Where(r => r.Level is RegionLevel.Province
            ? r.Parent is not null
            : r.Parent is null || r.Parent.Level >= r.Level || r.ToString()[..2] != r.Parent.ToString()[..2]);
        Assert.Equal("", string.Join(", ", wrong));
    }

    [Fact]
    public void no_region_in_force_lies_in_an_abolished_one() =>
        Assert.Equal("", string.Join(", ", Regions.All.Where(r => r is { IsAbolished: false, Parent.IsAbolished: true })));

    [Fact]
    public void every_name_is_chinese_alone() =>
        Assert.Equal("", string.Join(", ", Regions.All.Where(r => !r.Name.All(c => c is >= '\u3400' and <= '\u9fff')).Select(r => r.Name)));

    [Fact]
    public void a_code_of_no_region_is_not_found() => Assert.Null(Regions.Find("123456"));
}
