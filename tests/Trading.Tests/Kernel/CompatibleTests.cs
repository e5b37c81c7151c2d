using CsCheck;
using Trading.Kernel;
using Trading.Projections;
using Xunit;

namespace Trading.Tests.Kernel;

public sealed class CompatibleTests
{
    [Theory]
    [InlineData("Ａ①㎡", "A1m2"), InlineData("e\u0301", "é"), InlineData("校\uFFFE校", "校 校"), InlineData("a\uFFFE\u0301", "a \u0301"), InlineData("\U0001F600\uFFFF", "\U0001F600\uFFFF")]
    public void forms_of_one_character_are_one(string text, string one) => Assert.Equal(one, Compatible.Of(text));

    [Fact]
    public void half_a_character_is_a_blank() => Assert.Equal("a b c", Compatible.Of(new string(['a', '\uDC00', 'b', '\uD800', 'c'])));

    /// <summary>Whatever is stored is folded to be searched, and what cannot be folded would stop every list.</summary>
    [Fact]
    public void any_text_there_is_can_be_folded() => Gen.Char.Array[0, 40].Sample(characters =>
    {
        var text = new string(characters);
        _ = Compatible.Of(text);
        _ = Folding.Located(text);
        _ = PriceText.Read(text.Trim() is "" ? "元" : text);
    });

    [Fact]
    public void every_character_there_is_can_be_folded()
    {
        for (var code = 0; code <= char.MaxValue; code++) _ = Folding.Located($"校{(char)code}校");
        for (var code = 0x10000; code <= 0x10FFFF; code += 7) _ = Folding.Located(char.ConvertFromUtf32(code));
    }
}
