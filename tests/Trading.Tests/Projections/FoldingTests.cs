using System.Text;
using Trading.Projections;
using Xunit;

namespace Trading.Tests.Projections;

public sealed class FoldingTests
{
    [Theory]
    [InlineData("轨道交通", "宜昌市轨道交通二号线")]
    [InlineData("學校", "第一中学校舍")]
    [InlineData("学校", "第一中學校舍")]
    [InlineData("ＡＢＣ", "abc")]
    [InlineData("abc公司", "ABC公司")]
    [InlineData("G55", "g55改造")]
    [InlineData("道路(二期)", "示例道路（二期）工程")]
    [InlineData("㈱", "(株)")]
    [InlineData("91420500MA49ABCD12", "统一社会信用代码：91420500MA49ABCD12。")]
    [InlineData("HBSJ-2025-001", "编号hbsj 2025 001号")]
    [InlineData("𠮷野", "𠮷野家")]
    public void finds(string word, string text) => Assert.Contains(Folding.Word(word), Folding.Texts([text]), StringComparison.Ordinal);

    /// <summary>More marks on a letter than any language has are passed over; sorting them would take time by their square.</summary>
    [Fact]
    public void marks_without_end_are_folded_in_time()
    {
        var marks = string.Concat(Enumerable.Repeat("\u0315\u0300", 300_000));
        Assert.Equal(Folding.Texts([$"a{marks[..30]}b学校"]), Folding.Texts([$"a{marks}b学校"]));
        Assert.Contains(Folding.Word("学校"), Folding.Texts([$"{marks}学校"]), StringComparison.Ordinal);
    }

    [Fact]
    public void what_is_taken_for_its_own_compatibility_form_is_it()
    {
        var taken = Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(Folding.IsCompatible).Select(character => character.ToString()).ToList();
        Assert.True(taken.Count > 20_000);
        Assert.All(taken, character => Assert.Equal(character, character.Normalize(NormalizationForm.FormKC)));
        Assert.All(taken, character => Assert.Equal(Folding.Texts([$"{character}。"]), Folding.Texts([character])));   // a full stop has it looked at like any other
    }

    [Theory]
    [InlineData("轨道交通", "轨道，交通")]
    [InlineData("轨道交通", "轨道 交通")]
    [InlineData("55", "G55")]
    [InlineData("G5", "G55")]
    [InlineData("交通", "通交")]
    [InlineData("91420500", "91420500MA49ABCD12")]
    public void does_not_find(string word, string text) => Assert.DoesNotContain(Folding.Word(word), Folding.Texts([text]), StringComparison.Ordinal);

    [Fact]
    public void nothing_is_found_across_two_texts() => Assert.DoesNotContain(Folding.Word("A-B"), Folding.Texts(["a", "b"]), StringComparison.Ordinal);

    [Fact]
    public void parts_are_neighbours_and_whole_words() => Assert.Equal(["轨道", "道交", "交通", "g55"], Folding.Parts(Folding.Texts(["轨道交通 G55 线"])));

    [Theory, InlineData("轨道"), InlineData("轨道交"), InlineData("轨道交通"), InlineData("轨道交通号"), InlineData("G55轨道线")]
    public void a_word_is_looked_up_by_pairs_that_have_all_of_it(string word)
    {
        var (all, apart) = (Folding.Parts(Folding.Word(word)).ToList(), Folding.Parts(Folding.Word(word), apart: true).ToList());

        Assert.Empty(apart.Except(all));
        Assert.Equal(string.Concat(all).EnumerateRunes().Distinct().Order(), string.Concat(apart).EnumerateRunes().Distinct().Order());
    }

    [Theory, InlineData("轨道交通"), InlineData("G55线改造"), InlineData("学校A")]
    public void whatever_is_found_has_the_parts_it_is_looked_up_by(string word) =>
        Assert.Empty(Folding.Parts(Folding.Word(word)).Except(Folding.Parts(Folding.Texts([$"某{word}某"]))));

    /// <summary>Half of a character comes from a title that was cut by a careless program.</summary>
    [Fact]
    public void half_a_character_is_passed_over() => Assert.Equal(Folding.Texts(["学校 道路"]), Folding.Texts(["学校\ud842道路"]));

    [Theory, InlineData("轨道交通 G55 线"), InlineData("㈱ＡＢＣ-１２"), InlineData("ﾊﾟｿｺﾝ"), InlineData("")]
    public void every_folded_character_knows_where_it_comes_from(string text)
    {
        var (folded, origins) = Folding.Located(text);

        Assert.Equal(folded.Length, origins.Count);
        Assert.All(folded.Zip(origins).Where(pair => pair.First is not (char)32), pair => Assert.Contains(pair.First, Folding.Texts([text[pair.Second]])));
    }

    [Theory, InlineData(""), InlineData("，。"), InlineData(" ")]
    public void there_may_be_nothing_to_find(string word) => Assert.Empty(Folding.Word(word));
}
