using Trading.Kernel;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Kernel;

public sealed class InvestmentProjectCodeTests
{
    [Theory]
    [InlineData("2019-430300-47-01-012345", "湘潭市")]
    [InlineData("2105-420502-04-03-000001", "西陵区")]
    [InlineData("2008-110103-47-01-000001", "崇文区")]
    public void a_code_names_the_region_that_registered_the_project(string text, string region) =>
        Assert.Equal(region, WrittenForm.Keeps<InvestmentProjectCode>(text).Region?.Name);

    [Fact]
    public void a_code_of_a_ministry_names_no_region() =>
        Assert.Null(WrittenForm.Keeps<InvestmentProjectCode>("2017-000052-48-01-001234").Region);

    [Theory]
    [InlineData("")]
    [InlineData("2019430300470101234500")]
    [InlineData("2019-430300-47-01-01234")]
    [InlineData("2019-430300-47-01-0123456")]
    [InlineData("2019-4303-47-01-012345")]
    [InlineData("2019-430300-47-01-01234X")]
    [InlineData("２０１９-430300-47-01-012345")]
    [InlineData("2019-430300-47-01-012345\n")]
    public void another_shape_is_refused(string text) => WrittenForm.Refuses<InvestmentProjectCode>(text, InvestmentProjectCode.WrongForm);

    [Theory]
    [InlineData("2019-990000-47-01-012345")]
    [InlineData("2019-420599-47-01-012345")]
    public void a_code_of_no_region_is_refused(string text) => WrittenForm.Refuses<InvestmentProjectCode>(text, InvestmentProjectCode.UnknownRegion);
}
