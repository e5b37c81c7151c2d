using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CsCheck;
using Trading.Intake;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Intake;

public sealed partial class NoticeHtmlTests
{
    private const string Png = "data:image/png;base64,iVBORw0KGgo=";

    /// <summary>Attempts to load or run something, or to slip through; none may leave more than words and layout.</summary>
    private static readonly string[] Hostile =
    [
        "<script>alert(1)</script>", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>", "<script\n>alert(1)</script\n>", "<scr<script>ipt>alert(1)</script>",
        "<img src=x onerror=alert(1)>", "<img src=\"http://evil.example/t.gif\">", "<img src=//evil.example/t.gif>", "<img src='/t.gif'>",
        "<img srcset='http://evil.example/t.gif 1x' src='data:image/png;base64,AA=='>", "<img lowsrc=http://evil.example dynsrc=http://evil.example>",
        "<img src='data:image/svg+xml;base64,PHN2Zz48L3N2Zz4='>", "<img src='data:text/html,<script>alert(1)</script>'>", "<img src=' javascript:alert(1)'>",
        "<p onclick=alert(1)>字</p>", "<p ONMOUSEOVER='alert(1)'>字</p>", "<body onload=alert(1)>字", "<div on\nload=x onfocus=alert(1) autofocus tabindex=1>字</div>",
        "<a href='javascript:alert(1)'>字</a>", "<a href='JaVaScRiPt:alert(1)'>字</a>", "<a href='java\tscript:alert(1)'>字</a>", "<a href='&#106;avascript:alert(1)'>字</a>",
        "<a href=' &#14; javascript:alert(1)'>字</a>", "<a href='data:text/html;base64,PHNjcmlwdD4='>字</a>", "<a href='vbscript:x'>字</a>", "<a href='file:///etc/passwd'>字</a>",
        "<a href='http://example.org' ping='http://evil.example'>字</a>", "<a href='ftp://evil.example'>字</a>", "<a href='blob:http://evil.example/1'>字</a>",
        "<p style='background:url(http://evil.example)'>字</p>", "<p style='background-image:url(data:image/png;base64,AA==)'>字</p>",
        "<p style='text-align:url(http://evil.example)'>字</p>", "<p style='white-space:expression(alert(1))'>字</p>", "<p style='width:expression(alert(1))'>字</p>",
        "<p style='-moz-binding:url(http://evil.example/x.xml#a)'>字</p>", "<p style='behavior:url(x.htc)'>字</p>", "<p style='text-align:\\75rl(http://evil.example)'>字</p>",
        "<p style=\"text-align:center;list-style:url('http://evil.example')\">字</p>", "<p style='position:fixed;top:0;left:0;width:100%;height:100%'>字</p>",
        "<style>@import url(http://evil.example/x.css);</style>", "<style>p{background:url(http://evil.example)}</style>", "<link rel=stylesheet href=http://evil.example/x.css>",
        "<link rel=prefetch href=//evil.example>", "<meta http-equiv=refresh content='0;url=http://evil.example'>", "<base href='http://evil.example/'>",
        "<iframe src=http://evil.example></iframe>", "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<frameset><frame src=http://evil.example></frameset>",
        "<object data=http://evil.example></object>", "<embed src=http://evil.example>", "<applet code=x></applet>", "<form action=http://evil.example><input name=a type=image src=http://evil.example><button formaction=javascript:alert(1)>字</button></form>",
        "<isindex action=javascript:alert(1)>", "<input autofocus onfocus=alert(1)>", "<textarea autofocus onfocus=alert(1)>字</textarea>", "<select onchange=alert(1)><option>字</select>",
        "<svg onload=alert(1)></svg>", "<svg><script>alert(1)</script></svg>", "<svg><a xlink:href='javascript:alert(1)'><text>字</text></a></svg>", "<svg><image href='http://evil.example'/></svg>",
        "<svg><use href='data:image/svg+xml,<svg id=x>#x'/></svg>", "<svg><style><img src=x onerror=alert(1)></style></svg>", "<svg><foreignObject><iframe src=http://evil.example></iframe></foreignObject></svg>",
        "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>", "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>", "<math href='javascript:alert(1)'>字</math>",
        "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>", "<math><mi xlink:href='data:x,<script>alert(1)</script>'>字</mi></math>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>", "<xmp><script>alert(1)</script></xmp>", "<noembed><img src=x onerror=alert(1)></noembed>",
        "<template><img src=x onerror=alert(1)></template>", "<title><img src=x onerror=alert(1)></title>", "<plaintext><img src=x onerror=alert(1)>", "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
        "<video src=http://evil.example poster=http://evil.example><source src=x onerror=alert(1)></video>", "<audio src=http://evil.example autoplay></audio>", "<picture><source srcset=http://evil.example></picture>",
        "<table background=http://evil.example><tr><td background=javascript:alert(1)>字</table>", "<bgsound src=http://evil.example>", "<layer src=http://evil.example>", "<marquee onstart=alert(1)>字</marquee>",
        "<details open ontoggle=alert(1)>字</details>", "<!--<img src=x onerror=alert(1)>-->", "<!--[if IE]><script>alert(1)</script><![endif]-->", "<![CDATA[<script>alert(1)</script>]]>",
        "<?xml-stylesheet href='javascript:alert(1)'?>", "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", "<p id=x name=y class=z contenteditable>字</p>", "<img usemap=#m><map name=m><area href=javascript:alert(1)></map>",
        "<p><b><i>字</p>字</i></b>", "<table><p>字<tr><td>字", "<q cite='javascript:alert(1)'>字</q>", "<del cite=http://evil.example>字</del>", "<portal src=http://evil.example>", "<x-y onclick=alert(1) src=http://evil.example>字</x-y>",
        "<<script>alert(1)//<</script>", "<img \"\"\"><script>alert(1)</script>\">", "<a href=\"http://example.org/?a=1&amp;b=<>\">字</a>", "\"><script>alert(1)</script>", "<p title='\"><img src=x onerror=alert(1)>'>字</p>",
    ];

    public static TheoryData<string> Snippets => [.. Hostile];

    [Fact]
    public void there_is_no_lack_of_hostile_snippets() => Assert.True(Hostile.Distinct().Count() >= 90, $"{Hostile.Length}");

    [Theory, MemberData(nameof(Snippets), DisableDiscoveryEnumeration = true)]
    public void nothing_is_left_that_loads_or_runs(string html) => AssertHarmless(Clean(html));

    [Theory, MemberData(nameof(Snippets), DisableDiscoveryEnumeration = true)]
    public void the_words_beside_it_are_kept(string html) =>
        Assert.Equal(Body(html).TextContent.Count(c => c is '字'), Body(Clean(html)).TextContent.Count(c => c is '字'));

    [Fact]
    public void cleaned_once_is_cleaned_for_good() =>
        Gen.Int[0, Hostile.Length - 1].Select(i => Hostile[i]).Array[1, 6].Select(string.Concat).Sample(
            html =>
            {
                var once = Clean(html);
                AssertHarmless(once);
                Assert.Equal(once, Clean(once));
            },
            iter: 2_000, seed: "0N0XIzNsQ0O2");

    [Theory]
    [InlineData("<script>var a = 1;</script>甲", "甲")]
    [InlineData("<style>p { color: red }</style>甲", "甲")]
    [InlineData("<head><title>题</title></head><body>甲</body>", "甲")]
    [InlineData("<xml><w:WordDocument><w:Zoom>0</w:Zoom></w:WordDocument></xml>甲", "甲")]
    [InlineData("<svg><style>*{}</style><text>甲</text></svg>", "甲")]
    public void what_nobody_reads_goes_with_its_content(string html, string left) => Assert.Equal(left, Clean(html));

    [Theory]
    [InlineData("<o:p>甲</o:p>")]
    [InlineData("<w:sdt><w:sdtContent><p>甲</p></w:sdtContent></w:sdt>")]
    [InlineData("<st1:chsdate year=\"2026\" month=\"3\">甲</st1:chsdate>")]
    [InlineData("<form><fieldset><legend>甲</legend><label>甲</label><button>甲</button><select><option>甲</option></select><textarea>甲</textarea></fieldset></form>")]
    [InlineData("<details><summary>甲</summary>甲</details>")]
    [InlineData("<marquee>甲</marquee><blink>甲</blink><nobr>甲</nobr>")]
    [InlineData("<math><mi>甲</mi><mo>=</mo></math><svg><text>甲</text></svg>")]
    [InlineData("<noscript>甲</noscript><canvas>甲</canvas><map>甲</map><menu><li>甲</menu>")]
    [InlineData("<custom-element><slot>甲</slot></custom-element>")]
    public void words_inside_an_element_that_is_not_kept_are(string html) =>
        Assert.Equal(Words(Body(html)), Words(Body(Clean(html))));

    [Theory]
    [InlineData("<h1>甲</h1><h6>乙</h6><p>丙<br>丁</p><hr>")]
    [InlineData("<table border=\"1\" cellspacing=\"0\" width=\"100%\"><caption>甲</caption><thead><tr><th scope=\"col\">乙</th></tr></thead><tbody><tr><td colspan=\"2\" rowspan=\"3\" align=\"center\" valign=\"top\">丙</td></tr></tbody></table>")]
    [InlineData("<p style=\"text-align: center\">甲</p><p style=\"text-indent: 2em\">乙</p><span style=\"font-weight: bold\">丙</span>")]
    [InlineData("<center>甲</center><font color=\"red\" size=\"3\" face=\"宋体\">乙</font><section>丙</section><b>丁</b><u>戊</u><sup>2</sup>")]
    [InlineData("<ol start=\"3\"><li value=\"5\">甲</li></ol><dl><dt>乙</dt><dd>丙</dd></dl>")]
    [InlineData("<img src=\"" + Png + "\" alt=\"印章\" width=\"80\">")]
    [InlineData("<a href=\"https://example.org/a?b=1&amp;c=2\" rel=\"nofollow noopener noreferrer\" title=\"甲\">乙</a><a href=\"mailto:office@example.org\" rel=\"nofollow noopener noreferrer\">丙</a>")]
    [InlineData("&lt;script&gt; 1 &lt; 2 &amp; 3")]
    public void words_and_their_layout_are_kept(string html) => Assert.Equal(html, Clean(html));

    [Fact]
    public void the_document_of_a_word_processor_keeps_every_word()
    {
        const string html = """
            <html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
            <head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>文档标题</title>
            <!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
            <style><!-- @font-face { font-family: 宋体; src: url(http://evil.example/a.ttf) } p.MsoNormal { mso-pagination: none } --></style></head>
            <body lang="ZH-CN" style="tab-interval:21.0pt">
            <div class="WordSection1" style="layout-grid:15.6pt">
            <p class="MsoNormal" align="center" style="text-align:center;mso-outline-level:1"><b><span style="font-size:22.0pt;font-family:宋体">招标公告<span lang="EN-US"><o:p></o:p></span></span></b></p>
            <p class="MsoNormal" style="text-indent:2em"><span style="mso-bidi-font-weight:bold">一、招标条件</span><o:p>&nbsp;</o:p></p>
            <p class="MsoListParagraph"><![if !supportLists]><span style="mso-list:Ignore">1.<span>&nbsp;</span></span><![endif]>建设规模：约<st1:metric value="6000">6000</st1:metric>平方米</p>
            <table class="MsoTableGrid" border="1"><tr style="mso-yfti-irow:0"><td width="142" style="width:106.5pt;border:solid windowtext 1.0pt"><p>开标时间</p></td><td><p><font face="仿宋">2026年3月23日</font></p></td></tr></table>
            <w:sdt><w:sdtContent><p>联系人：张工</p></w:sdtContent></w:sdt><center><section>特此公告</section></center>
            </div></body></html>
            """;

        var clean = Clean(html);

        AssertHarmless(clean);
        Assert.Equal(Words(Body(html)), Words(Body(clean)));
        Assert.Contains("开标时间", clean, StringComparison.Ordinal);
        Assert.Contains("<p align=\"center\" style=\"text-align: center\">", clean, StringComparison.Ordinal);
        Assert.Equal(clean, Clean(clean));
    }

    [Fact]
    public void a_published_notice_keeps_every_word()
    {
        using var real = JsonDocument.Parse(File.ReadAllText(RealData.Find("tender-notice.json")));
        var html = real.RootElement.GetProperty("data").GetProperty("noticeList")[0].GetProperty("noticeContent").GetString()!;

        var clean = Clean(html);

        AssertHarmless(clean);
        Assert.True(Words(Body(html)).Length > 500);
        Assert.Equal(Words(Body(html)), Words(Body(clean)));
        Assert.Equal(clean, Clean(clean));
    }

    [Theory]
    [InlineData("//example.org/a", "https://example.org/a")]
    [InlineData(" //example.org/a ", "https://example.org/a")]
    [InlineData("/\t/example.org", "https://example.org")]
    [InlineData("HTTPS://example.org/", "HTTPS://example.org/")]
    [InlineData("mailto:office@example.org", "mailto:office@example.org")]
    [InlineData("/a", null)]
    [InlineData("a.html", null)]
    [InlineData("#a", null)]
    [InlineData("?a=1", null)]
    [InlineData("", null)]
    [InlineData("//", null)]
    [InlineData("///example.org", null)]
    [InlineData("/\\example.org", null)]
    [InlineData("\\\\example.org", null)]
    [InlineData("https:example.org", null)]
    [InlineData("https:/example.org", null)]
    [InlineData("https:\\\\example.org", null)]
    [InlineData("tel:110", null)]
    [InlineData("data:text/html,a", null)]
    [InlineData("java\nscript:alert(1)", null)]
    public void links_can_be_followed_from_anywhere_and_lend_nothing(string address, string? link) => Assert.Equal(
        link is null ? "<a>甲</a>" : $"<a href=\"{link}\" rel=\"nofollow noopener noreferrer\">甲</a>", Clean($"<a href=\"{address}\" rel=\"opener\" target=\"_blank\">甲</a>"));

    [Theory]
    [InlineData("bgcolor", "url(http://evil.example)")]
    [InlineData("width", "expression(1)")]
    [InlineData("colspan", "99999")]
    [InlineData("align", "&{alert(1)}")]
    [InlineData("rules", "\"><script>")]
    public void values_that_do_not_have_their_form_go(string attribute, string value) =>
        Assert.Equal("<table><tbody><tr><td>甲</td></tr></tbody></table>", Clean($"<table><tr><td {attribute}='{value}'>甲</td></tr></table>"));

    private static string Clean(string html) => ((NoticeHtml.Cleaned)NoticeHtml.Clean(html)).Html;

    private static void AssertHarmless(string html)
    {
        var body = Body(html);
        var found =
            from element in body.QuerySelectorAll("*")
            from offence in Offences(element)
            select $"{offence} in {element.OuterHtml}";

        Assert.True(!found.Any(), string.Join(Environment.NewLine, found));
        Assert.DoesNotContain(body.Descendants<IComment>(), _ => true);
    }

    private static IEnumerable<string> Offences(IElement element)
    {
        if (element.NamespaceUri != "http://www.w3.org/1999/xhtml") yield return element.NamespaceUri ?? "no namespace";
        if (Loading().IsMatch(element.LocalName)) yield return element.LocalName;
        foreach (var attribute in element.Attributes)
        {
            if (LoadingAttribute().IsMatch(attribute.Name)) yield return attribute.Name;
            if (attribute.Name is "href" && !Link().IsMatch(attribute.Value)) yield return attribute.Value;
            if (attribute.Name is "src" && !(element.LocalName is "img" && Picture().IsMatch(attribute.Value))) yield return attribute.Value;
            if (attribute.Name is "style" && Reaching().IsMatch(attribute.Value)) yield return attribute.Value;
        }
    }

    private static IElement Body(string html) => new HtmlParser().ParseDocument(html).Body!;

    /// <summary>All text a reader sees, without white space, which is layout.</summary>
    private static string Words(IElement body)
    {
        foreach (var unread in body.QuerySelectorAll("script, style, title, template")) unread.Remove();
        return WhiteSpace().Replace(body.TextContent, "");
    }

    [GeneratedRegex(@"\A(script|style|link|meta|base|iframe|frame|frameset|object|embed|applet|form|input|button|select|textarea|video|audio|source|picture|svg|math|template|noscript)\z")]
    private static partial Regex Loading();

    [GeneratedRegex(@"\A(on|xlink|formaction|action|srcset|srcdoc|background|ping|poster|data|cite|longdesc|usemap|lowsrc|dynsrc|id|name|class|contenteditable|tabindex|autofocus)", RegexOptions.IgnoreCase)]
    private static partial Regex LoadingAttribute();

    [GeneratedRegex(@"\A(https?://|mailto:)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\Adata:image/(png|jpeg|gif);base64,")]
    private static partial Regex Picture();

    [GeneratedRegex(@"url|expression|import|binding|behavior|position|\\", RegexOptions.IgnoreCase)]
    private static partial Regex Reaching();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
