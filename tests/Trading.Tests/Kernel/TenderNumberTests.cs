using Trading.Kernel;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Kernel;

public sealed class TenderNumberTests
{
    [Theory]
    [InlineData("E4205000001000001", TenderNumberKind.Project)]
    [InlineData("E4205000001000001001", TenderNumberKind.TenderProject)]
    [InlineData("E420500000100000100100a", TenderNumberKind.Section)]
    [InlineData("E420500000100000100100a00Z", TenderNumberKind.Document)]
    public void the_length_tells_the_level(string text, TenderNumberKind kind) =>
        Assert.Equal(kind, WrittenForm.Keeps<TenderNumber>(text).Kind);

    [Theory]
    [InlineData("E4205000001000001001", "E4205000001000001", true)]
    [InlineData("E4205000001000001001002", "E4205000001000001001", true)]
    [InlineData("E4205000001000001001002003", "E4205000001000001001002", true)]
    [InlineData("E4205000001000001001002", "E4205000001000001", false)]
    [InlineData("E4205000001000001001", "E4205000001000001001", false)]
    [InlineData("E4205000001000001001", "E4205000001000002", false)]
    [InlineData("E4205000001000001", "E4205000001000001001", false)]
    public void a_number_continues_that_of_the_level_above(string number, string above, bool continues) =>
        Assert.Equal(continues, TenderNumber.Parse(number).Continues(TenderNumber.Parse(above)));

    [Theory]
    [InlineData("")]
    [InlineData("E420500000100000")]
    [InlineData("E42050000010000010")]
    [InlineData("[420500]ZZXM[GK]2026")]
    [InlineData("E42050000010-0001")]
    [InlineData("E420500000100000１")]
    public void anything_else_is_refused(string text) => WrittenForm.Refuses<TenderNumber>(text, TenderNumber.WrongForm);
}
