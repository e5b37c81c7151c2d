using System.Diagnostics;
using System.Globalization;
using Trading.Intake;
using Xunit;

namespace Trading.Tests.Intake;

/// <summary>
/// Texts of up to a megabyte that make parsers build far more than they hold. Each is cleaned, or refused by the limit it exceeds, in little memory.
/// Time is bounded by the number of calls that <see cref="Trading.Intake.Markup.MarkupBudget"/> counts; one that was not would show here as a test without end.
/// </summary>
public sealed class NoticeHtmlLimitsTests
{
    private const int Megabyte = 1_000_000;

    private const long MostBytes = 400_000_000;

    private static readonly (string Name, string Html, string? Refused)[] Shapes =
    [
        ("50 paragraphs reopen 900 elements", Reopening(900, 50), "html-depth"),
        ("200 paragraphs reopen 900 elements", Reopening(900, 200), "html-depth"),
        ("1000 paragraphs reopen 900 elements", Reopening(900, 1_000), "html-depth"),
        ("120000 paragraphs reopen three of 950 elements", Repeat("<b>", 950) + Repeat("<p>a", 120_000), "html-depth"),
        ("60000 paragraphs reopen twelve of 960 elements", Repeat("<b><i><u><font>", 240) + Repeat("<p>x</p>", 60_000), "html-depth"),
        ("a megabyte reopens 200 elements", Reopening(200, 240_000), "html-nodes"),
        ("a megabyte reopens 20 elements", Reopening(20, 240_000), "html-nodes"),
        ("a long attribute is reopened", $"<p><b title='{new string('x', 50_000)}'></p>" + Repeat("<p>x", 60_000), "html-expansion"),
        ("fonts of every size", Each(60_000, i => $"<font size={i}>"), "html-depth"),
        ("nested links", Fill("<a href=x><div>"), "html-depth"),
        ("nobr", Fill("<nobr><p>x"), "html-nodes"),
        ("misplaced end tags", Fill("<b><p></b></p>"), "html-nodes"),
        ("200 end tags move 150000 elements each", Each(200, i => $"<i title={i}>") + "<div>" + Repeat("<br>", 150_000) + Repeat("</i>", 200), "html-tangled"),
        ("250000 elements, some moved out of a table", Repeat("<br>", 100_000) + "<table>" + Repeat("x<tr>", 100_000), "html-nodes"),
        ("text moved out of a table behind 20000 elements", Repeat("<br>", 20_000) + "<table>" + Repeat("x<tr>", 50_000), null),
        ("end tags that search 250 elements", Repeat("<span>", 250) + Fill("</x>"), "html-tangled"),
        ("paragraphs that search 240 elements", Repeat("<div>", 240) + Fill("<p>x"), "html-nodes"),
        ("deep elements", Fill("<div>"), "html-depth"),
        ("deep lists", Fill("<ul><li>"), "html-depth"),
        ("deep tables", Fill("<table><tr><td>"), "html-depth"),
        ("deep templates", Fill("<template>"), null),
        ("deep unknown elements", Each(120_000, i => $"<x{i}>"), "html-depth"),
        ("svg", Fill("<svg><foreignObject>"), "html-depth"),
        ("math", Fill("<math><mi>"), "html-depth"),
        ("options", "<select>" + Fill("<option>x"), "html-nodes"),
        ("tables one after the other", Fill("<table>"), null),
        ("120000 attributes of a tag", "<p " + Each(120_000, i => $"a{i}=1 ") + ">x", null),
        ("one attribute 100000 times", "<p " + Fill("title=1 ") + ">x", "html-attributes"),
        ("60 attributes of each tag", Each(2_000, i => "<b " + Each(60, j => $"a{j}={i} ") + ">"), "html-depth"),
        ("body tags", Each(60_000, i => $"<body title={i}>"), null),
        ("entities", Fill("&amp;"), null),
        ("entities that do not end", Fill("&notit;&"), null),
        ("ampersands", Fill("&"), "html-expansion"),
        ("opening brackets", Fill("<"), "html-nodes"),
        ("comments", Fill("<!-- a <!-- b "), null),
        ("a comment", "<!--" + Fill("-"), null),
        ("scripts", "<script>" + Fill("<!--<script>"), null),
        ("end tags of a title", "<title>" + Fill("</titl"), null),
        ("sections", "<svg>" + Fill("<![CDATA[x]]>"), null),
        ("one text", Fill("字"), null),
        ("white space", Fill("\r\n"), null),
        ("declarations", "<p style='" + Fill("a:b;") + "'>x", null),
        ("declarations of each element", Fill("<p style='a:b;c:d;e:f'>"), null),
        ("comments in a style", "<p style='" + Fill("/*") + "'>x", null),
        ("escapes in a style", "<p style='" + Fill("\\") + "'>x", null),
        ("a long colour", "<p style='color:rgb(" + Fill(" ") + "'>x", null),
        ("a long clip", "<p style='clip-path:polygon(" + Fill("0 ") + "'>x", null),
        ("30000 rules of a style sheet", "<style>" + Each(30_000, i => $".c{i}{{display:none}}") + "</style>" + Repeat("<p class=c1>x", 20_000), null),
        ("66000 selectors of 20000 declarations", "<style>" + Repeat("a,", 66_000) + "x{" + Each(20_000, i => $"p{i}:;") + "}</style><p>x", null),
        ("10000 rules for all elements", "<style>" + Each(10_000, i => $"*{{a:{i}}}") + "</style>" + Repeat("<p>", 50_000), "html-tangled"),
        ("selectors that search all ancestors", "<style>" + Repeat("div div div div .x,", 3_000) + "x{a:b}</style>" + Repeat("<div>", 200) + Repeat("<p class=x>", 50_000), "html-tangled"),
        ("nested media", "<style>" + Fill("@media{"), null),
    ];

    public static TheoryData<string> Names => [.. Shapes.Select(shape => shape.Name)];

    [Theory, MemberData(nameof(Names), DisableDiscoveryEnumeration = true)]
    public void each_is_cleaned_or_refused_in_little_memory(string name)
    {
        var (_, html, refused) = Shapes.Single(shape => shape.Name == name);
        var (before, clock) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());

        var cleaned = NoticeHtml.Clean(html, TestContext.Current.CancellationToken);

        var (allocated, took) = (GC.GetAllocatedBytesForCurrentThread() - before, clock.Elapsed);
        TestContext.Current.TestOutputHelper?.WriteLine("{0}: {1:F0} ms, {2} MB", name, took.TotalMilliseconds, allocated / Megabyte);
        Assert.InRange(allocated, 0, MostBytes);
        Assert.Equal(refused, (cleaned as NoticeHtml.Refused)?.Limit.Code);
    }

    [Fact]
    public void a_large_table_is_published()
    {
        var html = "<table><tbody>" + Each(11_000, i => $"<tr><td>{i}</td><td>示例材料{i}</td><td align=\"right\">{i}00.00</td><td>个</td></tr>") + "</tbody></table>";

        Assert.InRange(html.Length, 800_000, Megabyte);
        Assert.Equal(html, Assert.IsType<NoticeHtml.Cleaned>(NoticeHtml.Clean(html, TestContext.Current.CancellationToken)).Html);
    }

    [Fact]
    public void it_stops_where_it_is_when_the_client_has_left()
    {
        using var left = new CancellationTokenSource();
        left.Cancel();

        Assert.Throws<OperationCanceledException>(() => NoticeHtml.Clean("<p>甲</p>", left.Token));
    }

    private static string Reopening(int elements, int paragraphs) => "<p>" + Each(elements, i => $"<b title={i}>") + "</p>" + Repeat("<p>x", paragraphs);

    private static string Fill(string text) => Repeat(text, Megabyte / text.Length);

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static string Each(int times, Func<string, string> text) => string.Concat(Enumerable.Range(0, times).Select(i => text(i.ToString(CultureInfo.InvariantCulture))));
}
