using Trading.Kernel;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Kernel;

public sealed class LotIdTests
{
    [Theory]
    [InlineData("1"), InlineData("001"), InlineData("A-2_b.3"), InlineData("12345678901234567890123456789012")]
    public void a_short_key_is_kept_as_it_was_given(string text) => WrittenForm.Keeps<LotId>(text);

    [Theory]
    [InlineData(""), InlineData("123456789012345678901234567890123"), InlineData("a b"), InlineData("一"), InlineData("１"), InlineData("a/b"), InlineData("a~b"), InlineData("001\n")]
    public void another_key_is_refused(string text) => WrittenForm.Refuses<LotId>(text, LotId.WrongForm);

    [Fact]
    public void keys_differ_by_case_and_by_leading_zeros()
    {
        Assert.NotEqual(LotId.Parse("a"), LotId.Parse("A"));
        Assert.NotEqual(LotId.Parse("1"), LotId.Parse("001"));
    }
}
