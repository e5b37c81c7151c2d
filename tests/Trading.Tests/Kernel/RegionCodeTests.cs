using Trading.Kernel;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Kernel;

public sealed class RegionCodeTests
{
    [Theory]
    [InlineData("431300", "湖南省娄底市", RegionLevel.City)]
    [InlineData("430304", "湖南省湘潭市岳塘区", RegionLevel.County)]
    [InlineData("371300", "山东省临沂市", RegionLevel.City)]
    [InlineData("220400", "吉林省辽源市", RegionLevel.City)]
    [InlineData("420500", "湖北省宜昌市", RegionLevel.City)]
    [InlineData("420000", "湖北省", RegionLevel.Province)]
    [InlineData("110101", "北京市东城区", RegionLevel.County)]
    [InlineData("429004", "湖北省仙桃市", RegionLevel.County)]
    [InlineData("710000", "台湾省", RegionLevel.Province)]
    [InlineData("810000", "香港特别行政区", RegionLevel.Province)]
    [InlineData("820000", "澳门特别行政区", RegionLevel.Province)]
    public void a_region_in_force_has_its_name_in_full_and_its_level(string code, string fullName, RegionLevel level)
    {
        var region = WrittenForm.Keeps<RegionCode>(code);
        Assert.Equal(fullName, region.FullName);
        Assert.Equal(level, region.Level);
        Assert.False(region.IsAbolished);
        Assert.Equal(RegionKind.Gbt2260, region.Kind);
    }

    [Theory]
    [InlineData("110103", "北京市崇文区", "2010-10")]
    [InlineData("371200", "山东省莱芜市", "2023-06")]
    public void an_abolished_region_is_still_known(string code, string fullName, string until)
    {
        var region = RegionCode.Parse(code);
        Assert.Equal(fullName, region.FullName);
        Assert.True(region.IsAbolished);
        Assert.Equal(until, region.ValidTo);
    }

    [Theory]
    [InlineData("130171", "河北省石家庄市石家庄高新技术产业开发区")]
    [InlineData("130101", "河北省石家庄市市辖区")]
    [InlineData("429000", "湖北省省直辖县级行政区划")]
    public void what_only_statistics_keep_is_known_and_marked(string code, string fullName)
    {
        var region = RegionCode.Parse(code);
        Assert.Equal(RegionKind.Statistics, region.Kind);
        Assert.Equal(fullName, region.FullName);
        Assert.False(region.IsAbolished);
    }

    [Fact]
    public void a_region_that_came_later_says_since_when() => Assert.Equal("2023-06", RegionCode.Parse("659005").ValidFrom);

    [Theory]
    [InlineData("")]
    [InlineData("4205")]
    [InlineData("4205000")]
    [InlineData("42050a")]
    [InlineData("４２０５００")]
    [InlineData("420500\n")]
    public void anything_but_six_digits_is_refused(string text) => WrittenForm.Refuses<RegionCode>(text, RegionCode.WrongForm);

    [Theory]
    [InlineData("000000")]
    [InlineData("990000")]
    [InlineData("420599")]
    public void a_code_of_no_region_is_refused(string text) => WrittenForm.Refuses<RegionCode>(text, RegionCode.Unknown);

    [Fact]
    public void regions_are_equal_by_code()
    {
        Assert.Equal(RegionCode.Parse("420500"), StrictJson.Read<RegionCode>("\"420500\""));
        Assert.NotEqual(RegionCode.Parse("420500"), RegionCode.Parse("420000"));
        Assert.False(RegionCode.Parse("420500").Equals(null));
    }
}
