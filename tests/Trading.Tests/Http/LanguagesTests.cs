using Microsoft.AspNetCore.Http;
using Trading.Http;
using Trading.Kernel;
using Xunit;

namespace Trading.Tests.Http;

public sealed class LanguagesTests
{
    [Theory]
    [InlineData("en", Language.En)]
    [InlineData("en-GB", Language.En)]
    [InlineData("EN", Language.En)]
    [InlineData("en;q=0.5, zh;q=0.4", Language.En)]
    [InlineData("fr, en;q=0.1", Language.En)]
    [InlineData("zh;q=0, en;q=0.001", Language.En)]
    [InlineData("zh;q=0, *", Language.En)]
    [InlineData("", Language.Zh)]
    [InlineData("zh-CN", Language.Zh)]
    [InlineData("en, zh", Language.Zh)]
    [InlineData("zh-Hant, en;q=0.9", Language.Zh)]
    [InlineData("en;q=0", Language.Zh)]
    [InlineData("*", Language.Zh)]
    [InlineData("fr", Language.Zh)]
    [InlineData("en;q=0.3, *;q=0.8", Language.Zh)]
    [InlineData("en;q=2", Language.Zh)]
    [InlineData(";;;,", Language.Zh)]
    public void english_only_where_it_is_preferred(string header, Language language)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.AcceptLanguage = header;

        Assert.Equal(language, http.Language());
    }

    [Fact]
    public void chinese_where_nothing_is_said() => Assert.Equal(Language.Zh, new DefaultHttpContext().Language());
}
