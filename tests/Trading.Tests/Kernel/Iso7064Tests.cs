using CsCheck;
using Trading.Kernel;
using Xunit;

namespace Trading.Tests.Kernel;

public sealed class Iso7064Tests
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    [Theory]
    [InlineData("G123417654321", 'A')]
    [InlineData("D0312430300MB1234567A20261123000042", '3')]
    [InlineData("C0191350000MA347WHE4820190327000123", 'H')]
    [InlineData("A0291430300730533108L20261120000001", '*')]
    public void mod_37_radix_2_gives_the_known_check_characters(string text, char check) =>
        Assert.Equal(check, Iso7064.Mod37Radix2(text));

    [Theory]
    [InlineData("11010519491231002", 'X')]
    [InlineData("44052418800101001", '4')]
    public void mod_11_radix_2_gives_the_check_characters_of_the_examples_of_gb_11643(string digits, char check) =>
        Assert.Equal(check, Iso7064.Mod11Radix2(digits));

    [Fact]
    public void another_character_in_one_place_changes_the_check_character() =>
        Gen.Select(Gen.String[Gen.Char[Alphabet], 1, 35], Gen.Int[0, 34], Gen.Char[Alphabet]).Sample((text, at, other) =>
        {
            at %= text.Length;
            if (text[at] == other) return;
            Assert.NotEqual(Iso7064.Mod37Radix2(text), Iso7064.Mod37Radix2(text[..at] + other + text[(at + 1)..]));
        });

    [Fact]
    public void two_different_neighbours_swapped_change_the_check_character() =>
        Gen.Select(Gen.String[Gen.Char[Alphabet], 2, 35], Gen.Int[0, 33]).Sample((text, at) =>
        {
            at %= text.Length - 1;
            if (text[at] == text[at + 1]) return;
            Assert.NotEqual(Iso7064.Mod37Radix2(text), Iso7064.Mod37Radix2(text[..at] + text[at + 1] + text[at] + text[(at + 2)..]));
        });
}
