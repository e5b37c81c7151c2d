using Trading.Projections;
using Trading.Read;
using Xunit;

namespace Trading.Tests.Read;

public sealed class HighlightTests
{
    [Theory]
    [InlineData("宜昌市轨道交通二号线", "軌道交通", "[轨道交通]")]
    [InlineData("某某(ＡＢＣ)公司", "abc公司", "[ＡＢＣ)公司]")]
    [InlineData("某某ＡＢＣ公司", "abc公司", "[ＡＢＣ公司]")]
    [InlineData("编号HBSJ-2025-001", "hbsj-2025", "[HBSJ-2025]")]
    [InlineData("㈱示例", "株", "[㈱]")]
    [InlineData("𠮷野家与𠮷野", "𠮷野", "[𠮷野][𠮷野]")]
    [InlineData("学校学校学校", "学校学校", "[学校学校][学校学校]")]
    [InlineData("<b>学校</b>&amp;", "学校", "[学校]")]
    public void marks_what_was_written(string text, string word, string marked) => Assert.Equal(
        marked, string.Concat(Highlight.Of([text], [Folding.Word(word)]).SelectMany(fragment => fragment.At.Select(at => $"[{fragment.Text.Substring(at[0], at[1])}]"))));

    [Fact]
    public void a_word_that_stands_everywhere_costs_no_more_than_one_that_is_shown()
    {
        string[] words = [.. Enumerable.Range(2, 200).Select(length => new string('示', length))];
        Assert.InRange(Highlight.Of([new string('示', 340_000)], words).Count, 1, Highlight.MostFragments);
    }

    [Fact]
    public void a_short_text_is_shown_whole() => Assert.Equal("某市学校项目", Assert.Single(Highlight.Of(["某市学校项目"], ["学校"])).Text);

    [Fact]
    public void of_a_long_text_fragments_are_shown_each_word_before_any_word_again()
    {
        var filling = string.Concat(Enumerable.Repeat("某", 70));
        var shown = Highlight.Of([$"{filling}学校{filling}学校{filling}学校{filling}学校", $"{filling}道路{filling}", "桥梁"], ["学校", "道路", "桥梁"]);

        Assert.Equal(["学校", "道路", "桥梁"], shown.Select(fragment => fragment.Text.Substring(fragment.At[0][0], fragment.At[0][1])));
        Assert.All(shown, fragment => Assert.InRange(fragment.Text.Length, 2, Highlight.LongestFragment));
        Assert.Equal(Highlight.MostFragments, Highlight.Of(Enumerable.Range(0, 9).Select(i => $"学校{i}").ToList(), ["学校"]).Count);
    }

    /// <summary>Wherever a fragment would begin or end.</summary>
    [Fact]
    public void no_character_is_halved()
    {
        for (var lead = 0; lead < 70; lead++)
        {
            var text = new string('某', lead % 2) + string.Concat(Enumerable.Repeat("𠮷", lead)) + "学校" + string.Concat(Enumerable.Repeat("𠮷", 70));
            var fragment = Assert.Single(Highlight.Of([text], ["学校"]));
            Assert.Equal("学校", fragment.Text.Substring(fragment.At[0][0], fragment.At[0][1]));
            Assert.False(char.IsLowSurrogate(fragment.Text[0]) || char.IsHighSurrogate(fragment.Text[^1]), $"{lead}");
        }
    }

    [Fact]
    public void a_word_longer_than_a_fragment_is_shown_as_far_as_it_goes()
    {
        var word = string.Concat(Enumerable.Range(0, 100).Select(i => (char)('一' + i)));
        var fragment = Assert.Single(Highlight.Of(["某" + word], [Folding.Word(word)]));

        Assert.Equal(Highlight.LongestFragment, fragment.Text.Length);
        Assert.Equal([1, 59], fragment.At[0]);
    }
}
