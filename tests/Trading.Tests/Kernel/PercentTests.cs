using Trading.Kernel;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Kernel;

public sealed class PercentTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("20.50")]
    [InlineData("0.0001")]
    [InlineData("1000")]
    [InlineData("1000.0000")]
    public void a_percentage_is_written_as_it_was_given(string text) => WrittenForm.Keeps<Percent>(text);

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("5%")]
    [InlineData("05")]
    [InlineData("1.12345")]
    [InlineData("1000.0001")]
    [InlineData("1001")]
    [InlineData("5\n")]
    public void anything_else_is_refused(string text) => WrittenForm.Refuses<Percent>(text, Percent.WrongForm);

    [Fact]
    public void percentages_are_equal_by_value() => Assert.Equal(Percent.Parse("20.5"), Percent.Parse("20.50"));
}
