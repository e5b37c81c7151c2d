using System.Net;
using System.Text;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Http;

/// <summary>What is unusual and nevertheless right: it is taken, and taken for what it is.</summary>
[Collection(TradingApp.Collection)]
public sealed class AcceptanceTests(TradingApp app)
{
    [Theory]
    [InlineData("Accept", "text/html")]
    [InlineData("Accept", "nonsense")]
    [InlineData("Accept-Language", ";;;")]
    [InlineData("Accept-Encoding", "zstd;q=9")]
    [InlineData("If-None-Match", "W/\"x\", *")]
    [InlineData("If-Match", "*")]
    [InlineData("Range", "bytes=0-1")]
    [InlineData("Cookie", "a=b")]
    [InlineData("X-HTTP-Method-Override", "DELETE")]
    [InlineData("X-Forwarded-For", "1.2.3.4")]
    [InlineData("Idempotency-Key", "an unfit key, which a dry run does not look at")]
    public async Task headers_that_mean_nothing_here_are_passed_over(string name, string value) =>
        (await app.Client().PostText("/v1/procedures?dryRun=true", Routes.Register.Body!, (name, value))).Expect(HttpStatusCode.OK);

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json; charset=\"UTF-8\"")]
    [InlineData("Application/JSON")]
    public async Task the_content_type_is_read_as_http_writes_it(string type)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Routes.Register.Body!));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        (await app.Client().Send(HttpMethod.Post, "/v1/procedures?dryRun=true", content)).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("\u6559\u5b66\u697c", "教学楼")]
    [InlineData("𠮷野家😀", "𠮷野家😀")]
    [InlineData("a\\u0022b", "a\"b")]
    [InlineData("{{7*7}} ' or 1=1 -- ${x}", "{{7*7}} ' or 1=1 -- ${x}")]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    public async Task text_is_kept_as_it_was_written(string sent, string kept)
    {
        var answer = await app.Client().PostText("/v1/procedures?dryRun=true", Routes.Register.Set("/title", "§").Replace("\"§\"", $"\"{sent}\"", StringComparison.Ordinal)
            .Replace("\"\\u00A7\"", $"\"{sent}\"", StringComparison.Ordinal));
        Assert.Equal(kept, (string?)answer.Expect(HttpStatusCode.OK).Json["events"]![0]!["data"]!["notice"]!["title"]);
    }

    [Theory]
    [InlineData("<p>公告</p><script>alert(1)</script>")]
    [InlineData("<p onclick='x()'>公告</p><img src=x onerror=alert(1)>")]
    [InlineData("<p>公告</p><iframe src='https://example.org'></iframe><object data='x'></object>")]
    [InlineData("<p>公告</p><a href='javascript:alert(1)'>x</a><style>@import 'x'</style><svg onload=alert(1)>")]
    public async Task html_loses_what_runs_and_what_loads(string html)
    {
        var answer = await app.Client().PostText("/v1/procedures?dryRun=true", Routes.Register.Set("/html", html));
        var kept = (string)answer.Expect(HttpStatusCode.OK).Json["events"]![0]!["data"]!["notice"]!["html"]!;
        Assert.Contains("公告", kept, StringComparison.Ordinal);
        foreach (var bad in (string[])["<script", "onclick", "onerror", "onload", "<iframe", "<object", "javascript:", "@import", "src="])
            Assert.DoesNotContain(bad, kept, StringComparison.OrdinalIgnoreCase);
    }
}
