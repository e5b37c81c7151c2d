using Trading.Law.Calendars;
using Xunit;

namespace Trading.Tests.Law.Calendars;

public sealed class CalendarFileTests
{
    [Fact]
    public void reads_days_and_runs_of_days_between_remarks()
    {
        var year = Assert.Single(Read("# after the notice\nyear,off,on,unknown\n\n2026,01-01..01-03 05-01,01-04,02-07\n"));

        Assert.Equal(["2026-01-01", "2026-01-02", "2026-01-03", "2026-05-01"], Written(year.Off));
        Assert.Equal(["2026-01-04"], Written(year.On));
        Assert.Equal(["2026-02-07"], Written(year.Unknown));
    }

    [Theory]
    [InlineData("2026,,,", "line 1")]
    [InlineData("year,off,on,unknown\n2026,,", "line 2")]
    [InlineData("year,off,on,unknown\nnever,,,", "line 2")]
    [InlineData("year,off,on,unknown\n2026,13-01,,", "13-01")]
    [InlineData("year,off,on,unknown\n2026,02-30,,", "02-30")]
    [InlineData("year,off,on,unknown\n2026,05-03..05-01,,", "05-03..05-01")]
    [InlineData("year,off,on,unknown\n2026,,01-05,", "2026-01-05")]
    [InlineData("year,off,on,unknown\n2026,01-04,01-04,", "2026-01-04")]
    [InlineData("year,off,on,unknown\n2026,,01-04,01-04", "2026-01-04")]
    public void names_what_is_wrong(string text, string named) =>
        Assert.Contains(named, Assert.Throws<FormatException>(() => Read(text)).Message, StringComparison.Ordinal);

    private static IReadOnlyList<CalendarYear> Read(string text) => CalendarFile.Read(new StringReader(text));

    private static IEnumerable<string> Written(IEnumerable<DateOnly> days) => days.Order().Select(day => day.ToString("O", null));
}
