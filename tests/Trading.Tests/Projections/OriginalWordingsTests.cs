using Trading.Projections;
using Xunit;

namespace Trading.Tests.Projections;

public sealed class OriginalWordingsTests
{
    [Theory]
    [InlineData("<p><span>学</span><b>校</b>建设</p>", "学校建设")]
    [InlineData("<p>学<font>校</font>&nbsp;建设</p>", "学校", "建设")]
    [InlineData("<p>学</p><p>校</p>", "学", "校")]
    [InlineData("<div>甲<p>乙</p>丙</div>", "甲", "乙", "丙")]
    [InlineData("<table><tr><td>名称</td><td>学校</td></tr><tr><td>金额</td></tr></table>", "名称", "学校", "金额")]
    [InlineData("<ul><li>一<li>二</ul>三<br>四", "一", "二", "三", "四")]
    [InlineData("甲&lt;乙&gt;", "甲<乙>")]
    [InlineData("")]
    public void html_is_read_as_a_page_shows_it(string html, params string[] words) =>
        Assert.Equal(words, OriginalWordings.Plain(html).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void however_deep_it_is() =>
        Assert.Equal("学校", OriginalWordings.Plain(string.Concat(Enumerable.Repeat("<div>", 20_000)) + "学校").Trim());
}
