using System.Net;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Http;

[Collection(TradingApp.Collection)]
public sealed class ProblemTests(TradingApp app)
{
    [Fact]
    public async Task an_unknown_address_is_a_problem_like_any_other() =>
        (await app.Client(role: null).Get("/nowhere")).Refused(HttpStatusCode.NotFound, "not-found");

    [Fact]
    public async Task speaks_chinese_unless_english_is_preferred()
    {
        var client = app.Client(role: null);
        Assert.Equal("不存在", (string?)(await client.Get("/nowhere")).Json["title"]);
        Assert.Equal("不存在", (string?)(await client.Get("/nowhere", ("Accept-Language", "zh-CN, en;q=0.5"))).Json["title"]);
        Assert.Equal("There is no such thing", (string?)(await client.Get("/nowhere", ("Accept-Language", "en-GB, zh;q=0.5"))).Json["title"]);
    }
}
