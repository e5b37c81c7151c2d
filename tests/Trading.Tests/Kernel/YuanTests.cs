using System.Globalization;
using System.Text.Json;
using CsCheck;
using Trading.Kernel;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Kernel;

public sealed class YuanTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("0.5")]
    [InlineData("1.10")]
    [InlineData("18120535.85")]
    [InlineData("0.000000")]
    [InlineData("99999999999999.999999")]
    public void an_amount_is_written_as_it_was_given(string text) => WrittenForm.Keeps<Yuan>(text);

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData("01")]
    [InlineData("00")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData(" 1")]
    [InlineData("1\n")]
    [InlineData("１")]
    [InlineData("1.1234567")]
    [InlineData("100000000000000")]
    [InlineData("100000000000000000000000000000000000")]
    public void anything_else_is_refused(string text) => WrittenForm.Refuses<Yuan>(text, Yuan.WrongForm);

    [Fact]
    public void amounts_are_equal_by_value()
    {
        Assert.Equal(Yuan.Parse("1.1"), Yuan.Parse("1.10"));
        Assert.Equal(Yuan.Parse("1.1").GetHashCode(), Yuan.Parse("1.10").GetHashCode());
        Assert.NotEqual(Yuan.Parse("1.1"), Yuan.Parse("1.11"));
    }

    [Fact]
    public void amounts_compare_and_add_by_value()
    {
        Yuan small = Yuan.Parse("9.5"), large = Yuan.Parse("10");
        Assert.True(small < large && large > small && small <= large && large >= small && !(large < small) && !(small >= large));
        Assert.True(small.CompareTo(large) < 0);
        Assert.Equal("19.5", (small + large).ToString());
        Assert.Equal("29.50", Yuan.Sum([small, large, Yuan.Parse("10.00")]).ToString());
        Assert.Equal("0", Yuan.Sum([]).ToString());
    }

    [Fact]
    public void a_sum_too_large_to_write_is_refused() =>
        Assert.Throws<InvalidValueException>(() => Yuan.Parse("99999999999999") + Yuan.Parse("1"));

    [Theory]
    [InlineData("1812.053585", "18120535.85")]
    [InlineData("698", "6980000")]
    [InlineData("340.170", "3401700")]
    [InlineData("0.00001", "0.1")]
    [InlineData("9999999999.9999999999", "99999999999999.999999")]
    public void a_number_of_ten_thousands_moves_its_point(string wan, string yuan) =>
        Assert.Equal(yuan, Yuan.ParseWan(wan).ToString());

    [Theory]
    [InlineData("10000000000")]
    [InlineData("1.00000000001")]
    [InlineData("01")]
    [InlineData("-1")]
    public void a_number_of_ten_thousands_that_is_no_amount_is_refused(string wan) =>
        Assert.Throws<InvalidValueException>(() => Yuan.ParseWan(wan));

    [Fact]
    public void any_amount_survives_json() =>
        Gen.Select(Gen.Long[0, 99_999_999_999_999], Gen.Int[0, 999_999], Gen.Int[0, 6]).Sample((whole, part, scale) =>
        {
            var text = whole.ToString(CultureInfo.InvariantCulture);
            if (scale > 0) text += "." + part.ToString("000000", CultureInfo.InvariantCulture)[..scale];
            WrittenForm.Keeps<Yuan>(text);
        });

    [Theory]
    [InlineData("1.5")]
    [InlineData("null")]
    [InlineData("\"-1\"")]
    [InlineData("{}")]
    public void json_other_than_a_written_amount_is_refused(string json) =>
        Assert.Throws<JsonException>(() => StrictJson.Read<Yuan>(json));
}
