using System.Net;
using System.Text.RegularExpressions;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Pages;

/// <summary>The page that shows the OpenAPI document, in a browser that reaches nothing but the service.</summary>
[Collection(TradingApp.Collection)]
public sealed partial class DocsTests(TradingApp app)
{
    [Fact]
    public async Task shows_every_operation_and_says_nothing_on_the_console()
    {
        var page = await Browser.Show(new Uri(app.Address, "/docs"));
        Assert.Equal(
            OpenApiContract.OfThisVersion.Operations.Select(o => $"{o.Method} {o.Path}").Order(StringComparer.Ordinal),
            Shown().Matches(page.Dom).Select(m => $"{m.Groups["method"].Value} {m.Groups["path"].Value}").Order(StringComparer.Ordinal));
        Assert.Contains("公共资源交易", page.Dom, StringComparison.Ordinal);
        Assert.True(page.Console.Count is 0, string.Join(Environment.NewLine, page.Console));
    }

    [Fact]
    public async Task loads_from_its_own_service_only()
    {
        var page = (await app.Client(role: null).Get("/docs/index.html")).Expect(HttpStatusCode.OK);
        Assert.DoesNotMatch(Foreign(), page.Body);
        Assert.Contains("connect-src 'self'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_link_cannot_make_the_page_show_the_document_of_another()
    {
        var page = await Browser.Show(new Uri(app.Address, "/docs/index.html?url=http://localhost:1/other.json"));
        Assert.True(page.Console.Count is 0, string.Join(Environment.NewLine, page.Console));
        Assert.NotEmpty(Shown().Matches(page.Dom));
    }

    [Theory, InlineData("/docs/index.html"), InlineData("/docs/start.js"), InlineData("/docs/swagger-ui-bundle.js"), InlineData("/docs/swagger-ui.css")]
    public async Task nothing_inline_runs_or_styles(string path)
    {
        var page = (await app.Client(role: null).Get(path)).Expect(HttpStatusCode.OK);
        Assert.DoesNotContain("unsafe", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        if (path.EndsWith("html", StringComparison.Ordinal)) Assert.DoesNotMatch(Inline(), page.Body);
    }

    [GeneratedRegex("<script(?![^>]* src=)|<style| style=| on[a-z]+=")]
    private static partial Regex Inline();

    [GeneratedRegex("""opblock-summary-method">(?<method>[A-Z]+)<.*?data-path="(?<path>[^"]+)""", RegexOptions.Singleline)]
    private static partial Regex Shown();

    [GeneratedRegex("""(src|href)=["'](https?:)?//""")]
    private static partial Regex Foreign();
}
