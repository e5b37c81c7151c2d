using System.Text.Json;
using Trading.Kernel;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Kernel;

public sealed class PriceTests
{
    public static TheoryData<Price, string> WireForms => new()
    {
        {
            new AmountPrice(Yuan.Parse("18120535.85"), Given: new GivenPrice("1812.053585万元", GivenUnit.Wan)),
            """{"form":"amount","amount":"18120535.85","currency":"CNY","given":{"text":"1812.053585万元","unit":"wan"}}"""
        },
        { new AmountPrice(Yuan.Parse("1.10"), "USD"), """{"form":"amount","amount":"1.10","currency":"USD"}""" },
        { new RatePrice(Percent.Parse("20.50"), "下浮率"), """{"form":"rate","percent":"20.50","basis":"下浮率"}""" },
        { new RatePrice(Percent.Parse("76")), """{"form":"rate","percent":"76"}""" },
        { new UnitPrice(Yuan.Parse("35.00"), "吨"), """{"form":"unit","amount":"35.00","per":"吨"}""" },
        { new OtherPrice("未提供"), """{"form":"other","text":"未提供"}""" },
    };

    [Theory, MemberData(nameof(WireForms))]
    public void a_price_has_its_wire_form_and_reads_back(Price price, string json)
    {
        using var expected = JsonDocument.Parse(json);
        using var written = JsonDocument.Parse(StrictJson.Write(price));
        Assert.True(JsonElement.DeepEquals(expected.RootElement, written.RootElement), StrictJson.Write(price));
        Assert.Equal(price, StrictJson.Read<Price>(json));
    }

    [Fact]
    public void the_form_need_not_come_first() =>
        Assert.Equal(new UnitPrice(Yuan.Parse("5"), "亩"), StrictJson.Read<Price>("""{"amount":"5","per":"亩","form":"unit"}"""));

    [Fact]
    public void an_amount_without_a_currency_is_in_yuan() =>
        Assert.Equal("CNY", Assert.IsType<AmountPrice>(StrictJson.Read<Price>("""{"form":"amount","amount":"5"}""")).Currency);

    [Theory]
    [InlineData("""{"amount":"5","currency":"CNY"}""")]
    [InlineData("""{"form":"gift","amount":"5"}""")]
    [InlineData("""{"form":"amount","form":"other","amount":"5"}""")]
    [InlineData("""{"form":"amount","amount":"5","amount":"6"}""")]
    [InlineData("""{"form":"amount","amount":"5","text":"5"}""")]
    [InlineData("""{"form":"amount"}""")]
    [InlineData("""{"form":"amount","amount":null}""")]
    [InlineData("""{"form":"amount","amount":5}""")]
    [InlineData("""{"form":"amount","amount":"-5"}""")]
    [InlineData("""{"form":"amount","amount":"5","currency":null}""")]
    [InlineData("""{"form":"amount","amount":"5","given":{"text":"5","unit":1}}""")]
    [InlineData("""{"form":"amount","amount":"5","given":{"text":"5","unit":"fen"}}""")]
    [InlineData("""{"form":"amount","amount":"5","given":{"text":"5"}}""")]
    [InlineData("""{"form":"rate","percent":"1001"}""")]
    [InlineData("""{"form":"unit","amount":"5"}""")]
    [InlineData("""{"form":"unit","amount":"5","per":null}""")]
    [InlineData("""{"form":"other","text":null}""")]
    [InlineData("[]")]
    public void json_of_another_shape_is_refused(string json) =>
        Assert.Throws<JsonException>(() => StrictJson.Read<Price>(json));

    [Theory]
    [InlineData("cny"), InlineData("CN"), InlineData("CNYY"), InlineData("CN1"), InlineData("")]
    public void a_currency_is_three_capital_letters(string currency) =>
        Refuses(Price.WrongCurrency, () => new AmountPrice(Yuan.Parse("5"), currency));

    [Fact]
    public void texts_have_their_length()
    {
        Assert.Equal(2000, new OtherPrice(new string('价', 2000)).Text.Length);
        Assert.Equal(2000, new GivenPrice(new string('价', 2000), GivenUnit.Yuan).Text.Length);
        Assert.Equal(100, new RatePrice(Percent.Parse("5"), new string('率', 100)).Basis!.Length);
        Assert.Equal(50, new UnitPrice(Yuan.Parse("5"), new string('吨', 50)).Per.Length);

        Refuses(Price.WrongText, () => new OtherPrice(new string('价', 2001)));
        Refuses(Price.WrongText, () => new OtherPrice(" "));
        Refuses(Price.WrongText, () => new GivenPrice(new string('价', 2001), GivenUnit.Yuan));
        Refuses(Price.WrongBasis, () => new RatePrice(Percent.Parse("5"), new string('率', 101)));
        Refuses(Price.WrongBasis, () => new RatePrice(Percent.Parse("5"), ""));
        Refuses(Price.WrongPer, () => new UnitPrice(Yuan.Parse("5"), new string('吨', 51)));
        Refuses(Price.WrongPer, () => new UnitPrice(Yuan.Parse("5"), "\u3000"));
    }

    private static void Refuses(Flaw flaw, Func<object> make) =>
        Assert.Equal(flaw, Assert.Throws<InvalidValueException>(make).Flaw);
}
