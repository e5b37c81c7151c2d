using Trading.Kernel;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Kernel;

public sealed class ClassCodeTests
{
    [Theory]
    [InlineData("A01", TradeCategory.Engineering, ClassCodeVersion.V1, "房屋建筑")]
    [InlineData("G01", TradeCategory.Engineering, ClassCodeVersion.V2, "房屋建筑")]
    [InlineData("G14", TradeCategory.Engineering, ClassCodeVersion.V2, "工业制造")]
    [InlineData("A99", TradeCategory.Engineering, ClassCodeVersion.V1, "其他工程")]
    [InlineData("A97", TradeCategory.Engineering, ClassCodeVersion.Local, "海洋渔港")]
    [InlineData("A98", TradeCategory.Engineering, ClassCodeVersion.Local, "园林绿化")]
    [InlineData("G97", TradeCategory.Engineering, ClassCodeVersion.V2, null)]
    [InlineData("A50", TradeCategory.Engineering, ClassCodeVersion.V1, null)]
    [InlineData("B01", TradeCategory.Land, ClassCodeVersion.Either, null)]
    [InlineData("C01", TradeCategory.Mineral, ClassCodeVersion.Either, "探矿权")]
    [InlineData("C02", TradeCategory.Mineral, ClassCodeVersion.Either, "采矿权")]
    [InlineData("D01", TradeCategory.Procurement, ClassCodeVersion.Either, "货物")]
    [InlineData("D03", TradeCategory.Procurement, ClassCodeVersion.Either, "服务")]
    [InlineData("E01", TradeCategory.Property, ClassCodeVersion.Local, null)]
    [InlineData("Z04", TradeCategory.Other, ClassCodeVersion.Local, null)]
    public void a_code_tells_category_version_and_name(string text, TradeCategory category, ClassCodeVersion version, string? name)
    {
        var code = WrittenForm.Keeps<ClassCode>(text);
        Assert.Equal(category, code.Category);
        Assert.Equal(version, code.Version);
        Assert.Equal(name, code.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("A1")]
    [InlineData("A001")]
    [InlineData("a01")]
    [InlineData("1A0")]
    [InlineData("A0１")]
    [InlineData("A01\n")]
    public void another_shape_is_refused(string text) => WrittenForm.Refuses<ClassCode>(text, ClassCode.WrongForm);

    [Theory]
    [InlineData("F01")]
    [InlineData("H01")]
    [InlineData("Y01")]
    public void a_letter_of_no_category_is_refused(string text) => WrittenForm.Refuses<ClassCode>(text, ClassCode.UnknownLetter);
}
