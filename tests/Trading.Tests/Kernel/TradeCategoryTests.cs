using Trading.Kernel;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Kernel;

public sealed class TradeCategoryTests
{
    [Theory]
    [InlineData(TradeCategory.Engineering, "engineering", "工程建设", "01")]
    [InlineData(TradeCategory.Procurement, "procurement", "政府采购", "02")]
    [InlineData(TradeCategory.Land, "land", "土地使用权", "03")]
    [InlineData(TradeCategory.Mineral, "mineral", "矿业权", "04")]
    [InlineData(TradeCategory.Property, "property", "国有产权", "05")]
    [InlineData(TradeCategory.Other, "other", "其他", "90")]
    public void a_category_has_its_wire_name_its_name_and_its_national_code(TradeCategory category, string wire, string name, string code)
    {
        Assert.Equal($"\"{wire}\"", StrictJson.Write(category));
        var entry = TradeCategories.Of(category);
        Assert.Equal(name, entry.Name);
        Assert.Equal(code, entry.NationalCodes[0]);
        Assert.Equal(category, TradeCategories.OfNationalCode(code));
    }

    [Fact]
    public void every_category_stands_in_the_table_once_and_no_national_code_twice()
    {
        Assert.Equal(Enum.GetValues<TradeCategory>(), TradeCategories.All.Select(entry => entry.Category));
        Assert.Distinct(TradeCategories.All.SelectMany(entry => entry.NationalCodes));
        Assert.DoesNotContain(TradeCategories.All, entry => entry.Law is "");
    }

    [Theory]
    [InlineData("22", TradeCategory.Other)]
    [InlineData("00", null)]
    [InlineData("", null)]
    public void national_codes_without_a_category_of_their_own_are_other(string code, TradeCategory? category) =>
        Assert.Equal(category, TradeCategories.OfNationalCode(code));
}
