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

    [Fact]
    public void it_has_the_same_elements_and_texts() =>
        Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[1, 24].Select(string.Concat).Sample(
            html =>
            {
                var theirs = new HtmlParser().ParseDocument("<!doctype html><body>" + html).DocumentElement;
                Assert.Equal(Written(theirs), Written(MarkupParser.Parse(html, _ => true, TestContext.Current.CancellationToken).Root!));
            },
            iter: 10_000, seed: "0N0XIzNsQ0O2");

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
