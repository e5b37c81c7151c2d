using CsCheck;
using Trading.Law.Calendars;
using Trading.Law.Counting;
using Xunit;

namespace Trading.Tests.Law.Counting;

public sealed class DaysTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Embedded;

    private static readonly Gen<DateOnly> Day = Gen.Int[new DateOnly(2014, 1, 1).DayNumber, new DateOnly(2026, 6, 30).DayNumber].Select(DateOnly.FromDayNumber);

    [Theory]
    [InlineData("2025-09-26", 5, "2025-10-10")]
    [InlineData("2025-09-30", 5, "2025-10-14")]
    [InlineData("2025-01-24", 20, "2025-02-27")]
    [InlineData("2025-12-31", 10, "2026-01-15")]
    [InlineData("2026-02-12", 5, "2026-02-26")]
    [InlineData("2026-02-13", 2, "2026-02-24")]
    [InlineData("2026-02-12", 20, "2026-03-18")]
    [InlineData("2026-04-29", 7, "2026-05-12")]
    [InlineData("2026-09-18", 20, "2026-10-22")]
    [InlineData("2026-09-30", 40, "2026-12-01")]
    public void counts_working_days_over_holidays_and_make_up_days(string start, int count, string last) =>
        Assert.Equal(On(last), Days.Last(On(start), new Term(count, TimeUnit.WorkingDay), Roll.None, Calendar));

    [Theory]
    [InlineData("2025-09-28", 3, "2025-10-09")]
    [InlineData("2026-02-06", 10, "2026-02-24")]
    [InlineData("2026-09-05", 20, "2026-09-28")]
    [InlineData("2026-01-15", 30, "2026-02-14")]
    public void rolls_the_last_day_over_what_is_not_worked(string start, int count, string last) =>
        Assert.Equal(On(last), Days.Last(On(start), new Term(count, TimeUnit.CalendarDay), Roll.RestDay, Calendar));

    [Theory]
    [InlineData("2026-03-11", Roll.RestDay, "2026-03-16")]
    [InlineData("2026-03-11", Roll.Holiday, "2026-03-14")]
    [InlineData("2026-03-11", Roll.None, "2026-03-14")]
    [InlineData("2026-09-22", Roll.Holiday, "2026-09-28")]
    [InlineData("2026-09-22", Roll.None, "2026-09-25")]
    public void rolls_only_as_far_as_the_rule_says(string start, Roll roll, string last) =>
        Assert.Equal(On(last), Days.Last(On(start), new Term(3, TimeUnit.CalendarDay), roll, Calendar));

    [Theory]
    [InlineData("2026-01-31", 1, TimeUnit.Month, "2026-02-28")]
    [InlineData("2024-01-31", 1, TimeUnit.Month, "2024-02-29")]
    [InlineData("2025-12-31", 3, TimeUnit.Month, "2026-03-31")]
    [InlineData("2024-02-29", 10, TimeUnit.Year, "2034-02-28")]
    public void months_and_years_end_on_the_corresponding_day_or_the_last(string start, int count, TimeUnit unit, string last) =>
        Assert.Equal(On(last), Days.Last(On(start), new Term(count, unit), Roll.None, Calendar));

    [Theory]
    [InlineData("2026-12-28", 5, TimeUnit.WorkingDay, Roll.None)]
    [InlineData("2026-12-28", 5, TimeUnit.CalendarDay, Roll.RestDay)]
    [InlineData("2005-12-29", 2, TimeUnit.WorkingDay, Roll.None)]
    public void knows_nothing_past_the_days_that_are_known(string start, int count, TimeUnit unit, Roll roll) =>
        Assert.Null(Days.Last(On(start), new Term(count, unit), roll, Calendar));

    [Fact]
    public void calendar_days_need_no_calendar() =>
        Assert.Equal(On("2027-01-02"), Days.Last(On("2026-12-28"), new Term(5, TimeUnit.CalendarDay), Roll.None, Calendar));

    [Fact]
    public void adding_then_counting_agrees() => Gen.Select(Day, Gen.Int[1, 60]).Sample((start, count) =>
    {
        var last = Days.Last(start, new Term(count, TimeUnit.WorkingDay), Roll.None, Calendar)!.Value;

        Assert.Equal(count, Days.WorkingDaysBetween(start, last, Calendar));
        Assert.Equal(count - 1, Days.WorkingDaysBetween(start, last.AddDays(-1), Calendar));
        Assert.True(Calendar.IsWorked(last));
    });

    [Fact]
    public void adding_twice_is_adding_both() => Gen.Select(Day, Gen.Int[1, 30], Gen.Int[1, 30]).Sample((start, one, other) =>
        Assert.Equal(
            Add(start, one + other, TimeUnit.WorkingDay), Add(Add(start, one, TimeUnit.WorkingDay), other, TimeUnit.WorkingDay)));

    [Fact]
    public void a_later_start_or_a_longer_term_never_ends_earlier() =>
        Gen.Select(Day, Gen.Int[0, 20], Gen.Int[1, 30], Gen.Int[0, 10], Gen.Enum<Roll>(), Gen.Int[0, 2].Select(i => new[] { TimeUnit.CalendarDay, TimeUnit.WorkingDay, TimeUnit.Month }[i]))
            .Sample((start, later, count, longer, roll, unit) => Assert.True(
                Days.Last(start, new Term(count, unit), roll, Calendar) <= Days.Last(start.AddDays(later), new Term(count + longer, unit), roll, Calendar)
                || unit is TimeUnit.Month && count + longer > 6));

    [Fact]
    public void what_has_rolled_rolls_no_further() => Gen.Select(Day, Gen.Enum<Roll>()).Sample((day, roll) =>
    {
        var rolled = Days.Rolled(day, roll, Calendar)!.Value;

        Assert.True(rolled >= day);
        Assert.Equal(rolled, Days.Rolled(rolled, roll, Calendar));
        if (roll is Roll.RestDay) Assert.True(Calendar.IsWorked(rolled));
    });

    [Fact]
    public void a_make_up_day_counts_and_the_holiday_it_was_worked_for_does_not() => Day.Where(day => Calendar.KindOf(day) is DayKind.MakeUpDay or DayKind.Holiday)
        .Sample(day => Assert.Equal(
            Calendar.KindOf(day) is DayKind.MakeUpDay ? 1 : 0, Days.WorkingDaysBetween(day.AddDays(-1), day, Calendar)));

    private static DateOnly Add(DateOnly start, int count, TimeUnit unit) => Days.Last(start, new Term(count, unit), Roll.None, Calendar)!.Value;

    private static DateOnly On(string day) => DateOnly.Parse(day, null);
}
