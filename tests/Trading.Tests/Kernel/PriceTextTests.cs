using System.Text.Json;
using Trading.Kernel;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Kernel;

public sealed class PriceTextTests
{
    /// <summary>A hundred characters of it had kept a processor busy for hours.</summary>
    [Fact]
    public async Task parts_with_many_blanks_are_read_in_time()
    {
        var text = $"5000元(其中a1{string.Concat(Enumerable.Repeat($"{new string(' ', 8)},{new string(' ', 9)}1", 20))}x";
        Assert.IsType<OtherPrice>(await Task.Run(() => PriceText.Read(text)).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("1234567.80")]
    [InlineData("56000")]
    public void a_bare_number_is_an_amount(string text) => Assert.Equal(new AmountPrice(Yuan.Parse(text)), PriceText.Read(text));

    [Theory]
    [InlineData("1234567.80元", "1234567.80", GivenUnit.Yuan)]
    [InlineData("1234567 元", "1234567", GivenUnit.Yuan)]
    [InlineData("１２３４５６７元", "1234567", GivenUnit.Yuan)]
    [InlineData("￥1,234,567.80元", "1234567.80", GivenUnit.Yuan)]
    [InlineData("投标总价：880元", "880", GivenUnit.Yuan)]
    [InlineData("123.456789万元", "1234567.89", GivenUnit.Wan)]
    [InlineData("12 万元", "120000", GivenUnit.Wan)]
    [InlineData("900.00元（其中建安费：880.00元，设计费20元）", "900.00", GivenUnit.Yuan)]
    [InlineData("9000（施工费：8800.5元、监测费：199.50）", "9000", GivenUnit.Yuan)]
    [InlineData("投标总报价为90万元(其中暂列金2万元)", "900000", GivenUnit.Wan)]
    public void an_amount_with_its_unit_or_its_parts_keeps_its_text(string text, string amount, GivenUnit unit)
    {
        var price = Assert.IsType<AmountPrice>(PriceText.Read(text));
        Assert.Equal(amount, price.Amount.ToString());
        Assert.Equal("CNY", price.Currency);
        Assert.Equal(new GivenPrice(text, unit), price.Given);
    }

    [Theory]
    [InlineData("76.00%", "76.00", null)]
    [InlineData("1.5 ％", "1.5", null)]
    [InlineData("下浮率20.50%", "20.50", "下浮率")]
    [InlineData("下浮率为 2%", "2", "下浮率")]
    [InlineData("下浮3%", "3", "下浮")]
    [InlineData("折扣系数：98%", "98", "折扣系数")]
    [InlineData("监理费率:1.25%", "1.25", "监理费率")]
    [InlineData("价格系数：0.88%", "0.88", "价格系数")]
    [InlineData("优惠率5%", "5", "优惠率")]
    [InlineData("99%（折扣报价）", "99", "折扣报价")]
    [InlineData("0.7%(价格系数)", "0.7", "价格系数")]
    public void a_percentage_is_a_rate_with_its_basis(string text, string percent, string? basis)
    {
        var price = Assert.IsType<RatePrice>(PriceText.Read(text));
        Assert.Equal(percent, price.Percent.ToString());
        Assert.Equal(basis, price.Basis);
    }

    [Theory]
    [InlineData("5.10元/吨", "5.10", "吨")]
    [InlineData("188 元／延米", "188", "延米")]
    [InlineData("1.2万元/年", "12000", "年")]
    [InlineData("31元/m³", "31", "m3")]
    public void an_amount_for_one_of_a_unit_is_a_unit_price(string text, string amount, string per)
    {
        var price = Assert.IsType<UnitPrice>(PriceText.Read(text));
        Assert.Equal(amount, price.Amount.ToString());
        Assert.Equal(per, price.Per);
    }

    [Theory]
    [InlineData("未提供")]
    [InlineData("投标报价(元/%)")]
    [InlineData("98.5")]
    [InlineData("0.95")]
    [InlineData("999.99")]
    [InlineData("0123456")]
    [InlineData("1234567 .80")]
    [InlineData("1234567.8012345")]
    [InlineData("123456789012345")]
    [InlineData("99999999999999999999999999999999万元")]
    [InlineData("1234,567元")]
    [InlineData("-56000")]
    [InlineData("设计费80万元，施工费下浮2%")]
    [InlineData("设计费：8000元；建安费：90000元")]
    [InlineData("90000元；下浮率：2%")]
    [InlineData("90000元（最高限价95000元）")]
    [InlineData("90000元（含6%税费）")]
    [InlineData("下浮率（2%）投标总价：90000元")]
    [InlineData("约90000元")]
    [InlineData("价格系数：1.88")]
    [InlineData("税率6%")]
    [InlineData("1001%")]
    [InlineData("下浮-2%")]
    [InlineData("下浮%2.5")]
    [InlineData("35%（最终不超过80万元）")]
    [InlineData("76%（含税）")]
    [InlineData("下浮率5%（折扣率）")]
    [InlineData("按收费标准的50%计取")]
    [InlineData("预计80万元/年，费用据实结算")]
    [InlineData("5元/（吨）")]
    [InlineData("玖万元整")]
    public void anything_else_keeps_its_text(string text) => Assert.Equal(new OtherPrice(text), PriceText.Read(text));

    [Theory]
    [InlineData("")]
    [InlineData(" \u3000")]
    public void a_blank_text_is_no_price(string text) =>
        Assert.Equal(Price.WrongText, Assert.Throws<InvalidValueException>(() => PriceText.Read(text)).Flaw);

    [Fact]
    public void every_price_of_a_real_site_is_read_and_comes_back_from_json()
    {
        var prices = File.ReadLines(RealData.Find("legacy-candidates.jsonl"))
            .SelectMany(line => JsonDocument.Parse(line).RootElement.GetProperty("candidates").EnumerateArray())
            .Select(candidate => candidate.GetProperty("priceText").GetString()!)
            .Select(text => (Text: text, Price: PriceText.Read(text)))
            .ToList();

        foreach (var (text, price) in prices)
        {
            Assert.Equal(price, StrictJson.Read<Price>(StrictJson.Write(price)));
            var kept = price switch
            {
                AmountPrice amount => amount.Given?.Text ?? amount.Amount.ToString(),
                OtherPrice other => other.Text,
                _ => text,
            };
            Assert.Equal(text, kept);
        }

        Assert.Equal(
            [("AmountPrice", 3184), ("OtherPrice", 383), ("RatePrice", 213), ("UnitPrice", 8)],
            prices.CountBy(p => p.Price.GetType().Name).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => (c.Key, c.Value)));
    }
}
