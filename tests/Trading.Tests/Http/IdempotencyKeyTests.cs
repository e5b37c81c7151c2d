using Trading.Http;
using Xunit;

namespace Trading.Tests.Http;

public sealed class IdempotencyKeyTests
{
    [Theory]
    [InlineData("\"8e03978e-40d5-43dd-bc93-6894a57f9324\"", "8e03978e-40d5-43dd-bc93-6894a57f9324")]
    [InlineData("8e03978e", "8e03978e")]
    [InlineData("!~", "!~")]
    [InlineData("a", "a")]
    public void a_key_is_read_with_or_without_its_quotes(string header, string key) => Assert.Equal(key, IdempotencyKey.Read(header));

    [Theory]
    [InlineData(null), InlineData(""), InlineData("\"\""), InlineData("\""), InlineData("\"a"), InlineData("a\""), InlineData("a b"), InlineData("\"a\\b\"")]
    [InlineData("钥匙"), InlineData("a\tb"), InlineData("a\u007f"), InlineData("\"a\", \"b\"")]
    public void anything_else_is_none(string? header) => Assert.Null(IdempotencyKey.Read(header));

    [Theory]
    [InlineData(IdempotencyKey.Longest, true)]
    [InlineData(IdempotencyKey.Longest + 1, false)]
    public void a_key_is_no_longer_than_it_may_be(int length, bool read)
    {
        var key = new string('k', length);

        Assert.Equal(read ? key : null, IdempotencyKey.Read($"\"{key}\""));
        Assert.Equal(read ? key : null, IdempotencyKey.Read(key));
    }
}
