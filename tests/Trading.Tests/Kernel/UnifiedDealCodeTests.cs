using CsCheck;
using Trading.Kernel;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Kernel;

public sealed class UnifiedDealCodeTests
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    [Theory]
    [InlineData("D03-12430300MB1234567A-20261123-000042-3", "2026-11-23", 42)]
    [InlineData("C01-91350000MA347WHE48-20190327-000123-H", "2019-03-27", 123)]
    [InlineData("A02-91430300730533108L-20261120-000001-*", "2026-11-20", 1)]
    public void the_worked_examples_hold(string text, string day, int serial)
    {
        var code = WrittenForm.Keeps<UnifiedDealCode>(text);
        Assert.True(code.CheckHolds);
        Assert.Equal(DateOnly.Parse(day, null), code.Day);
        Assert.Equal(serial, code.Serial);
    }

    [Fact]
    public void a_wrong_check_character_is_told_and_not_refused() =>
        Assert.False(UnifiedDealCode.Parse("A02-91430300730533108L-20261120-000001-0").CheckHolds);

    [Theory]
    [InlineData("")]
    [InlineData("A0291430300730533108L20261120000001*")]
    [InlineData("A02-91430300730533108L-20261120-000001-")]
    [InlineData("A02-91430300730533108L-20261120-000001-**")]
    [InlineData("a02-91430300730533108L-20261120-000001-*")]
    [InlineData("A02-91430300730533108l-20261120-000001-*")]
    [InlineData("A02-91430300730533108L-20261320-000001-*")]
    [InlineData("A02-91430300730533108L-20260230-000001-*")]
    [InlineData("A02-91430300730533108L-20261120-00001-**")]
    [InlineData("A02-91430300730533108L-20261120-000001-*\n")]
    [InlineData("A02-91430300730533108L-２０２６１１２０-000001-*")]
    public void another_shape_is_refused(string text) => WrittenForm.Refuses<UnifiedDealCode>(text, UnifiedDealCode.WrongForm);

    [Theory]
    [InlineData("A02", 2026, 11, 20, 1)]
    [InlineData("Z99", 2000, 1, 1, 999999)]
    public void an_issued_code_holds_and_reads_back(string classCode, int year, int month, int day, int serial)
    {
        var issued = UnifiedDealCode.Issue(
            ClassCode.Parse(classCode), CreditCode.Parse("91431300730533108L"), new DateOnly(year, month, day), serial);

        Assert.Equal(issued, UnifiedDealCode.Parse(issued.ToString()));
        Assert.True(issued.CheckHolds);
        Assert.Equal(new DateOnly(year, month, day), issued.Day);
        Assert.Equal(serial, issued.Serial);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_000)]
    public void a_serial_of_other_than_six_digits_is_not_issued(int serial) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => UnifiedDealCode.Issue(
            ClassCode.Parse("A02"), CreditCode.Parse("91431300730533108L"), new DateOnly(2026, 11, 20), serial));

    [Fact]
    public void another_character_in_the_operator_is_noticed() =>
        Gen.Select(Gen.Int[4, 21], Gen.Char[Alphabet]).Sample((at, other) => Noticed("C01-91350000MA347WHE48-20190327-000123-H", at, other));

    [Fact]
    public void another_digit_in_the_serial_is_noticed() =>
        Gen.Select(Gen.Int[32, 37], Gen.Char["0123456789"]).Sample((at, other) => Noticed("C01-91350000MA347WHE48-20190327-000123-H", at, other));

    [Fact]
    public void two_different_neighbours_swapped_are_noticed() =>
        Gen.Int[4, 20].Sample(at =>
        {
            const string text = "C01-91350000MA347WHE48-20190327-000123-H";
            var swapped = text[..at] + text[at + 1] + text[at] + text[(at + 2)..];
            Assert.Equal(text == swapped, UnifiedDealCode.Parse(swapped).CheckHolds);
        });

    private static void Noticed(string text, int at, char other) =>
        Assert.Equal(text[at] == other, UnifiedDealCode.Parse(text[..at] + other + text[(at + 1)..]).CheckHolds);
}
