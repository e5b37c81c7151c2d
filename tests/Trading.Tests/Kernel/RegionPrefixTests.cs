using Trading.Kernel;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Kernel;

public sealed class RegionPrefixTests
{
    [Theory]
    [InlineData("*", "420502", true)]
    [InlineData("42", "420502", true)]
    [InlineData("42", "420000", true)]
    [InlineData("4205", "420500", true)]
    [InlineData("4205", "420502", true)]
    [InlineData("4205", "420600", false)]
    [InlineData("4205", "420000", false)]
    [InlineData("420502", "420502", true)]
    [InlineData("420502", "420503", false)]
    public void a_range_covers_what_lies_in_it(string prefix, string region, bool covered) =>
        Assert.Equal(covered, WrittenForm.Keeps<RegionPrefix>(prefix).Covers(RegionCode.Parse(region)));

    [Theory]
    [InlineData("420000", "42")]
    [InlineData("420500", "4205")]
    [InlineData("4200", "42")]
    [InlineData("420502", "420502")]
    public void zeros_that_stand_for_no_region_are_dropped(string given, string read) =>
        Assert.Equal(RegionPrefix.Parse(read), RegionPrefix.Parse(given));

    [Theory]
    [InlineData("")]
    [InlineData("4")]
    [InlineData("420")]
    [InlineData("00")]
    [InlineData("000000")]
    [InlineData("4205022")]
    [InlineData("**")]
    [InlineData("4a")]
    [InlineData("４２")]
    public void anything_else_is_refused(string text) => WrittenForm.Refuses<RegionPrefix>(text, RegionPrefix.WrongForm);
}
