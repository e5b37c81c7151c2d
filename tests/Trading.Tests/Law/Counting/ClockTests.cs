using CsCheck;
using Trading.Law.Calendars;
using Trading.Law.Counting;
using Xunit;

namespace Trading.Tests.Law.Counting;

public sealed class ClockTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Embedded;
    private static readonly Term Twenty = new(20, TimeUnit.WorkingDay);
    private static readonly Clock Answer = new(On("2026-03-02"), Twenty);

    [Fact]
    public void runs_its_term() => Assert.Equal(On("2026-03-30"), Answer.Due(Calendar));

    [Fact]
    public void stands_still_after_the_day_it_is_stopped_until_the_day_it_is_resumed() =>
        Assert.Equal(On("2026-04-02"), Answer.Stop(On("2026-03-10")).Resume(On("2026-03-13")).Due(Calendar));

    [Fact]
    public void is_not_due_while_it_stands_still()
    {
        var stopped = Answer.Stop(On("2026-03-10"));

        Assert.True(stopped.IsStopped);
        Assert.Null(stopped.Due(Calendar));
        Assert.Equal(stopped, stopped.Stop(On("2026-03-11")));
    }

    [Fact]
    public void stopping_after_the_last_day_changes_nothing() =>
        Assert.Equal(On("2026-03-30"), Answer.Stop(On("2026-03-30")).Due(Calendar));

    [Fact]
    public void what_does_not_stand_still_is_not_resumed() => Assert.Equal(Answer, Answer.Resume(On("2026-03-10")));

    [Fact]
    public void restarts_with_its_whole_term() =>
        Assert.Equal(
            new Clock(On("2026-03-10"), Twenty).Due(Calendar), Answer.Stop(On("2026-03-04")).Extend(Twenty).Restart(On("2026-03-10")).Due(Calendar));

    [Fact]
    public void is_extended_from_its_last_day_on() => Assert.Equal(On("2026-04-28"), Answer.Extend(Twenty).Due(Calendar));

    [Fact]
    public void rolls_its_last_day_and_not_the_days_between() =>
        Assert.Equal(
            On("2026-03-16"), new Clock(On("2026-03-07"), new Term(7, TimeUnit.CalendarDay), Roll.RestDay).Due(Calendar));

    [Fact]
    public void has_no_last_day_in_a_year_nobody_knows() => Assert.Null(new Clock(On("2026-12-20"), Twenty).Due(Calendar));

    [Fact]
    public void counts_days_only() => Assert.Throws<ArgumentException>(() => new Clock(On("2026-03-02"), new Term(1, TimeUnit.Month)));

    [Fact]
    public void every_pause_puts_the_last_day_off_by_what_it_takes_away() =>
        Gen.Select(Gen.Int[0, 4000], Gen.Int[1, 40], Gen.Int[0, 40], Gen.Int[0, 20], Gen.Bool.Select(worked => worked ? TimeUnit.WorkingDay : TimeUnit.CalendarDay))
            .Sample((start, count, stop, pause, unit) =>
            {
                var clock = new Clock(On("2014-01-01").AddDays(start), new Term(count, unit));
                var (due, stopped) = (clock.Due(Calendar)!.Value, On("2014-01-01").AddDays(start + stop));
                var resumed = stopped.AddDays(pause);
                var late = clock.Stop(stopped).Resume(resumed).Due(Calendar)!.Value;

                var lost = unit is TimeUnit.CalendarDay ? pause : Days.WorkingDaysBetween(stopped, resumed, Calendar)!.Value;
                Assert.Equal(stopped >= due || lost is 0 ? due : Days.Last(due, new Term(lost, unit), Roll.None, Calendar), late);
            });

    private static DateOnly On(string day) => DateOnly.Parse(day, null);
}
