using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CsCheck;
using Trading.Intake.Markup;
using Xunit;

namespace Trading.Tests.Intake.Markup;

/// <summary>The small tree is the one that AngleSharp's own elements make.</summary>
public sealed class MarkupParserTests
{
    private static readonly string[] Pieces =
    [
        "<p>", "</p>", "<b>", "</b>", "<b title=1>", "<i>", "</i>", "<a href=x>", "</a>", "<font size=1>", "</font>", "<nobr>", "</nobr>", "<div>", "</div>",
        "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th>", "<caption>", "</caption>", "<col>", "<colgroup>", "<tbody>", "</tbody>", "<tfoot>",
        "<ul>", "</ul>", "<li>", "<dl>", "<dt>", "<dd>", "<h1>", "</h1>", "<h2>", "<pre>", "\n", "</pre>", "<select>", "</select>", "<option>", "<optgroup>",
        "<form>", "</form>", "<button>", "</button>", "<input>", "<input type=hidden>", "<br>", "</br>", "<hr>", "<img>", "<image>", "<ruby>", "<rt>", "<rp>",
        "<marquee>", "</marquee>", "<object>", "</object>", "<svg>", "</svg>", "<g>", "<g/>", "<foreignObject>", "</foreignObject>", "<desc>", "<title>", "</title>",
        "<math>", "</math>", "<mi>", "</mi>", "<annotation-xml>", "<annotation-xml encoding='text/html'>", "<script>", "</script>",
        "<style>", "</style>", "<textarea>", "</textarea>", "<noscript>", "</noscript>", "<iframe>", "</iframe>", "<center>", "<section>", "</section>", "<o:p>", "</o:p>",
        "<html lang=x>", "<body style=a>", "</body>", "</html>", "<head>", "</head>", "<frameset>", "<!--x-->", "<![CDATA[x]]>", "<!doctype html>", "<summary>", "</x>",
        "甲", " ", "&amp;", "<",
    ];

    /// <summary>Of HTML, past and present, SVG 2 and MathML Core.</summary>
    private const string ElementNames =
        "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br button canvas caption center cite code col colgroup "
        + "command data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup "
        + "hr html i iframe image img input ins isindex kbd keygen label legend li link listing main map mark marquee menu menuitem meta meter multicol nav nobr noembed noframes "
        + "noscript object ol optgroup option output p param picture plaintext pre progress q rb rp rt rtc ruby s samp script search section select slot small source spacer span "
        + "strike strong style sub summary sup table tbody td textarea tfoot th thead time title tr track tt u ul var video wbr xmp "
        + "animate animateMotion animateTransform circle clipPath cursor defs desc discard ellipse feBlend feImage filter foreignObject g hatch line linearGradient marker mask mesh "
        + "metadata mpath path pattern polygon polyline radialGradient rect set solidcolor stop svg switch symbol text textPath tspan unknown use view "
        + "annotation annotation-xml math maction merror mfrac mglyph mi mlabeledtr mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub "
        + "msubsup msup mtable mtd mtext mtr munder munderover none semantics x-other";

    [Fact]
    public void it_has_the_same_elements_and_texts() =>
        Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[1, 24].Select(string.Concat).Sample(
            IsAsTheirs, iter: 10_000, seed: "0N0XIzNsQ0O2");

    /// <summary>A name may mean something else in each namespace: the end tag of an element outside shows what it lets through.</summary>
    [Theory, InlineData(""), InlineData("<svg>"), InlineData("<math>")]
    public void an_element_of_any_name_is_as_theirs_in_every_namespace(string within)
    {
        foreach (var name in ElementNames.Split(' ')) IsAsTheirs($"<foreignObject>{within}<{name}></foreignObject><script>");
    }

    private static void IsAsTheirs(string html)
    {
        var theirs = new HtmlParser().ParseDocument("<!doctype html><body>" + html).DocumentElement;
        Assert.Equal(Written(theirs), Written(MarkupParser.Parse(html, _ => true, TestContext.Current.CancellationToken).Root!));
    }

    [Theory]
    [InlineData("甲<template><p>乙<template>丙</template></p></template>丁", "甲丁")]
    [InlineData("甲</template>乙", "甲乙")]
    [InlineData("<table><template><tr><td>甲</template><tr><td>乙", "<table><tbody><tr><td>乙</></></></>")]
    [InlineData("甲<template>乙", "甲")]
    public void templates_are_left_out(string html, string body) => Assert.Equal(
        $"<html><head></><body>{body}</></>", Written(MarkupParser.Parse(html, _ => true, TestContext.Current.CancellationToken).Root!));

    private static string Written(INode node)
    {
        var text = new StringBuilder();
        Write(node);
        return text.ToString();

        void Write(INode at)
        {
            switch (at)
            {
                case IText { Data: var data }:
                    text.Append(data);
                    break;
                case IElement element:
                    text.Append('<').Append(element.LocalName).Append('>');
                    foreach (var child in element.ChildNodes) Write(child);
                    text.Append("</>");
                    break;
            }
        }
    }

    private static string Written(MarkupNode node)
    {
        var text = new StringBuilder();
        Write(node);
        return text.ToString();

        void Write(MarkupNode at)
        {
            if (at is MarkupText { Text: var data }) text.Append(data);
            if (at is not MarkupElement element) return;
            text.Append('<').Append(element.Name).Append('>');
            foreach (var child in element.Children) Write(child);
            text.Append("</>");
        }
    }
}
