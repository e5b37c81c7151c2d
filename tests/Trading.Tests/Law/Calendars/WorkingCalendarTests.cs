using System.Globalization;
using Trading.Law.Calendars;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Law.Calendars;

public sealed class WorkingCalendarTests
{
    private static readonly WorkingCalendar Known = WorkingCalendar.Embedded;

    [Fact]
    public void the_years_from_2004_to_2026_come_with_the_service() => Assert.Equal(Enumerable.Range(2004, 23), Known.Years);

    [Theory]
    [InlineData("2025-09-26", DayKind.Workday)]
    [InlineData("2025-09-27", DayKind.RestDay)]
    [InlineData("2025-09-28", DayKind.MakeUpDay)]
    [InlineData("2025-10-04", DayKind.Holiday)]
    [InlineData("2025-10-08", DayKind.Holiday)]
    [InlineData("2026-02-14", DayKind.MakeUpDay)]
    [InlineData("2005-12-31", null)]
    [InlineData("2003-12-31", null)]
    [InlineData("2027-01-04", null)]
    public void a_day_is_what_the_arrangement_of_its_year_makes_it(string day, DayKind? kind) => Assert.Equal(kind, Known.KindOf(Day(day)));

    [Fact]
    public void a_second_source_agrees_on_every_day_but_those_that_count_as_unknown()
    {
        using var reader = new StreamReader(Repository.PathOf("tests", "independent", "calendars", "second.csv"));
        var second = new WorkingCalendar(CalendarFile.Read(reader));
        var days = Enumerable.Range(0, new DateOnly(2027, 1, 1).DayNumber - new DateOnly(2004, 1, 1).DayNumber)
            .Select(offset => new DateOnly(2004, 1, 1).AddDays(offset)).ToList();
        Assert.Equal(8401, days.Count);

        Assert.Equal(
            ["2005-12-31", "2013-04-07", "2013-10-12"],
            days.Where(day => Known.IsWorked(day) != second.IsWorked(day)).Select(day => day.ToString("O", CultureInfo.InvariantCulture)));
        Assert.All(days.Where(day => Known.IsWorked(day) != second.IsWorked(day)), day => Assert.Null(Known.IsWorked(day)));
    }

    [Fact]
    public void another_year_can_be_added_and_a_known_one_corrected()
    {
        var more = Known.With(CalendarFile.Read(new StringReader("year,off,on,unknown\n2027,01-01..01-03,,\n2005,,12-31,\n")));

        Assert.Equal((DayKind.Holiday, DayKind.Workday), (more.KindOf(Day("2027-01-01")), more.KindOf(Day("2027-01-04"))));
        Assert.Equal(DayKind.MakeUpDay, more.KindOf(Day("2005-12-31")));
        Assert.Null(Known.KindOf(Day("2027-01-01")));
    }

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
