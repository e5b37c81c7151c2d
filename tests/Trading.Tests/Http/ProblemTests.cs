using System.Net;
using System.Text;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Http;

[Collection(TradingApp.Collection)]
public sealed class ProblemTests(TradingApp app)
{
    [Fact]
    public async Task an_unknown_address_is_a_problem_like_any_other() =>
        (await app.Client(role: null).Get("/nowhere")).Refused(HttpStatusCode.NotFound, "not-found");

    [Theory]
    [InlineData(null, false)]
    [InlineData("zh-CN, en;q=0.5", false)]
    [InlineData("en-GB, zh;q=0.5", true)]
    [InlineData("en", true)]
    [InlineData("EN-us", true)]
    [InlineData("fr, en;q=0.3", true)]
    [InlineData("zh, en", false)]
    [InlineData("fr", false)]
    [InlineData("*", false)]
    [InlineData("en;q=0", false)]
    [InlineData("en;q=x", false)]
    [InlineData(";;;,=", false)]
    public async Task speaks_chinese_unless_english_is_preferred(string? accepted, bool english)
    {
        var answer = await app.Client(role: null).Get("/nowhere", accepted is null ? [] : [("Accept-Language", accepted)]);
        Assert.Equal(english ? "There is no such thing" : "不存在", (string?)answer.Json["title"]);
        ProblemForm.Assert(answer.Refused(HttpStatusCode.NotFound, "not-found"), english);
    }

    [Theory]
    [InlineData("GET", "/nowhere", 404, "not-found")]
    [InlineData("GET", "/v1/procedures/7", 404, "not-found")]
    [InlineData("DELETE", "/v1/procedures", 405, "method-not-allowed")]
    [InlineData("GET", "/v1/procedures?limit=0", 400, "validation")]
    [InlineData("POST", "/v1/procedures", 415, "unsupported-media-type", "text/plain")]
    [InlineData("POST", "/v1/procedures", 400, "malformed")]
    [InlineData("POST", "/v1/procedures", 400, "validation", "application/json", "{}")]
    [InlineData("POST", "/v1/procedures", 413, "too-large", "application/json", "large")]
    public async Task says_no_in_chinese_and_in_english(string method, string path, int status, string code, string type = "application/json", string body = "")
    {
        foreach (var english in (bool[])[false, true])
        {
            using var content = method is "POST"
                ? new StringContent(body is "large" ? new string(' ', (1 << 20) + 1) : body, Encoding.UTF8, type)
                : null;
            var answer = await app.Client().Send(
                new HttpMethod(method), path, content, ("Accept-Language", english ? "en" : "zh-CN"), ("Idempotency-Key", "\"problem-1\""));
            ProblemForm.Assert(answer.Refused((HttpStatusCode)status, code), english);
        }
    }

    [Fact]
    public async Task a_rule_that_refuses_explains_itself_in_both_languages()
    {
        app.Clock.Set(Scene.Now);
        var body = Routes.Register.Set("/classCode", "D01");
        foreach (var (language, english) in new[] { ("zh-CN", false), ("en", true) })
        {
            var answer = (await app.Client().PostText("/v1/procedures", body, ("Accept-Language", language)))
                .Refused(HttpStatusCode.UnprocessableEntity, "rule-refused");
            ProblemForm.Assert(answer, english);
            Assert.Equal("plan.class-code-other-category", (string?)answer.Json["rule"]);
            Assert.Equal("D01", (string?)answer.Json["facts"]!["classCode"]);
            Assert.Equal((string?)answer.Json["detail"], (string?)answer.Json["explanation"]);
            Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", (string?)answer.Json["citation"]);   // the law is Chinese in every language
        }
    }

    [Theory]
    [InlineData("/v1/procedures/01900000-0000-7000-8000-000000000001", "PUT", "GET, HEAD")]
    [InlineData("/v1/legacy-notices", "GET", "POST")]
    [InlineData("/v1/procedures", "PATCH", "GET, POST")]
    [InlineData("/health/live", "POST", "GET, HEAD")]
    public async Task a_wrong_method_is_told_the_right_ones(string path, string method, string allowed)
    {
        using var content = method is "GET" ? null : new StringContent("{}", Encoding.UTF8, "application/json");
        var answer = (await app.Client().Send(new HttpMethod(method), path, content)).Refused(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        Assert.Equal(allowed.Split(", "), answer.Headers["Allow"].Split(", ").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task one_without_a_token_is_told_to_bring_one() =>
        Assert.StartsWith(
            "Bearer",
            (await app.Client(role: null).PostText("/v1/procedures", "{}")).Refused(HttpStatusCode.Unauthorized, "unauthenticated").Headers["WWW-Authenticate"],
            StringComparison.Ordinal);
}
