using System.Text.Json;
using Trading.Intake;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Intake;

/// <summary>Words that readers of the original do not see are not published; all others are, and can be read.</summary>
public sealed class HiddenTextTests
{
    [Theory]
    [InlineData("<span style='display:none'>隐</span>")]
    [InlineData("<span style='DISPLAY : NONE !important'>隐</span>")]
    [InlineData("<span style='dis\\70lay:none'>隐</span>")]
    [InlineData("<span style='display:/**/none'>隐</span>")]
    [InlineData("<span style='display:block;display:none'>隐</span>")]
    [InlineData("<span style='visibility:hidden'>隐</span>")]
    [InlineData("<span style='visibility:collapse'><b>隐</b></span>")]
    [InlineData("<span hidden>隐</span>")]
    [InlineData("<div hidden='until-found'>隐</div>")]
    [InlineData("<dialog>隐</dialog>")]
    [InlineData("<p style='text-indent:-9999px'>隐</p>")]
    [InlineData("<p style='text-indent:-999em'>隐</p>")]
    [InlineData("<span style='font-size:0'>隐</span>")]
    [InlineData("<span style='font-size:1px'>隐</span>")]
    [InlineData("<span style='font-size:1%'>隐</span>")]
    [InlineData("<span style='font:0/0 a'>隐</span>")]
    [InlineData("<span style='opacity:0'>隐</span>")]
    [InlineData("<span style='opacity:.01'>隐</span>")]
    [InlineData("<span style='filter:opacity(0)'>隐</span>")]
    [InlineData("<span style='color:#fff'>隐</span>")]
    [InlineData("<span style='color:#fefefe'>隐</span>")]
    [InlineData("<span style='color:white'>隐</span>")]
    [InlineData("<span style='color:rgb(255, 255, 255)'>隐</span>")]
    [InlineData("<span style='color:rgba(0,0,0,0)'>隐</span>")]
    [InlineData("<span style='color:transparent'>隐</span>")]
    [InlineData("<font color='white'>隐</font>")]
    [InlineData("<table><tr><td bgcolor='black'>隐</td></tr></table>")]
    [InlineData("<p style='background:#000'>隐</p>")]
    [InlineData("<div style='position:absolute;left:-9999px'>隐</div>")]
    [InlineData("<div style='margin-left:-2000px'>隐</div>")]
    [InlineData("<div style='transform:scale(0)'>隐</div>")]
    [InlineData("<div style='height:0;overflow:hidden'>隐</div>")]
    [InlineData("<div style='position:absolute;clip:rect(0 0 0 0)'>隐</div>")]
    [InlineData("<div style='clip-path:inset(100%)'>隐</div>")]
    [InlineData("<span style='mso-hide:all'>隐</span>")]
    [InlineData("<style>.x{display:none}</style><span class='a x'>隐</span>")]
    [InlineData("<style>div .x, b { visibility: hidden }</style><div><p class=x>隐</p></div>")]
    [InlineData("<style><!-- #x{color:white} --></style><span id=x>隐</span>")]
    [InlineData("<style>@media screen { span { font-size: 0 } }</style><span>隐</span>")]
    public void what_is_hidden_goes_and_is_counted(string html)
    {
        var cleaned = Clean("<p>甲</p>" + html + "<p>乙</p>");

        Assert.DoesNotContain("隐", cleaned.Html, StringComparison.Ordinal);
        Assert.Contains("甲", cleaned.Html, StringComparison.Ordinal);
        Assert.Contains("乙", cleaned.Html, StringComparison.Ordinal);
        Assert.Equal(1, cleaned.Hidden);
    }

    [Theory]
    [InlineData("<span style='display:inline'>显</span>", "<span>显</span>")]
    [InlineData("<p style='visibility:hidden'><b style='visibility:visible'>显</b></p>", "<p><b>显</b></p>")]
    [InlineData("<div style='font-size:0'><p style='font-size:14px'>显</p></div>", "<div><p>显</p></div>")]
    [InlineData("<p style='text-indent:-24pt'>显</p>", "<p>显</p>")]
    [InlineData("<p style='color:red'>显</p>", "<p style=\"color: #ff0000\">显</p>")]
    [InlineData("<p style='background:#004a8f;color:#fff'>显</p>", "<p style=\"background-color: #004a8f; color: #ffffff\">显</p>")]
    [InlineData("<table bgcolor='navy'><tr><td><font color='white'>显</font>", "<table bgcolor=\"navy\"><tbody><tr><td><font color=\"white\">显</font></td></tr></tbody></table>")]
    [InlineData("<style>.x{color:white;background:navy}</style><p class=x>显</p>", "<p style=\"color: #ffffff; background-color: #000080\">显</p>")]
    [InlineData("<p style='background:url(a.png);color:white'>显</p>", "<p>显</p>")]
    [InlineData("<body style='background:black'><p style='color:white'>显</p></body>", "<p>显</p>")]
    [InlineData("<style>@media print{p{display:none}}</style><p>显</p>", "<p>显</p>")]
    [InlineData("<style>p:hover{display:none}</style><p>显</p>", "<p>显</p>")]
    [InlineData("<p style='opacity:.9;filter:opacity(.5)'>显</p>", "<p>显</p>")]
    [InlineData("<p style='margin:0 -5px'>显</p>", "<p>显</p>")]
    [InlineData("<p style='height:0'>显</p>", "<p>显</p>")]
    public void what_is_seen_stays_and_can_be_read(string html, string published)
    {
        var cleaned = Clean(html);

        Assert.Equal((published, 0), (cleaned.Html, cleaned.Hidden));
        Assert.Equal((published, 0), (Clean(published).Html, Clean(published).Hidden));
    }

    [Fact]
    public void nothing_of_a_published_notice_is_hidden()
    {
        using var real = JsonDocument.Parse(File.ReadAllText(RealData.Find("tender-notice.json")));
        Assert.Equal(0, Clean(real.RootElement.GetProperty("data").GetProperty("noticeList")[0].GetProperty("noticeContent").GetString()!).Hidden);
    }

    private static NoticeHtml.Cleaned Clean(string html) => (NoticeHtml.Cleaned)NoticeHtml.Clean(html);
}
