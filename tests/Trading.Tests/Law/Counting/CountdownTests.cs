using Trading.Kernel;
using Trading.Law.Calendars;
using Trading.Law.Counting;
using Xunit;
using static Trading.Tests.Harness.Samples;

namespace Trading.Tests.Law.Counting;

public sealed class CountdownTests
{
    /// <summary>Reckoned by hand from the calendars of 2025 and 2026.</summary>
    [Theory]
    [InlineData(3, TimeUnit.CalendarDay, Roll.None, "2025-06-02T10:00:00", "2025-06-04T12:00:00", "2025-06-05T06:00:00", "2025-06-05T23:59:59")]
    [InlineData(30, TimeUnit.CalendarDay, Roll.None, "2026-04-08T10:00:00", "2026-04-24T00:00:00", "2026-05-01T12:00:00", "2026-05-08T23:59:59")]
    [InlineData(30, TimeUnit.CalendarDay, Roll.RestDay, "2026-03-18T10:00:00", "2026-04-03T00:00:00", "2026-04-10T12:00:00", "2026-04-17T23:59:59")]
    [InlineData(3, TimeUnit.CalendarDay, Roll.RestDay, "2025-09-28T10:00:00", "2025-09-30T12:00:00", "2025-10-01T06:00:00", "2025-10-09T23:59:59")]
    [InlineData(5, TimeUnit.WorkingDay, Roll.None, "2025-09-26T16:00:00", "2025-09-30T12:00:00", "2025-10-09T18:00:00", "2025-10-10T23:59:59")]
    [InlineData(1, TimeUnit.WorkingDay, Roll.None, "2025-09-26T16:00:00", "2025-09-28T12:00:00", "2025-09-28T18:00:00", "2025-09-28T23:59:59")]
    [InlineData(12, TimeUnit.Hour, Roll.None, "2025-06-02T10:00:00", "2025-06-02T16:00:00", "2025-06-02T19:00:00", "2025-06-02T22:00:00")]
    [InlineData(1, TimeUnit.Month, Roll.None, "2026-01-31T10:00:00", "2026-02-15T00:00:00", "2026-02-22T00:00:00", "2026-02-28T23:59:59")]
    [InlineData(1, TimeUnit.Year, Roll.None, "2025-01-01T10:00:00", "2025-07-03T12:00:00", "2025-10-02T18:00:00", "2026-01-01T23:59:59")]
    public void days_are_used_as_they_are_counted(int count, TimeUnit unit, Roll roll, string from, string half, string threeQuarters, string due)
    {
        var countdown = Countdown.Of(new Limit(Computation.Maximum, new Term(count, unit), roll), Moment.At(At(from)), WorkingCalendar.Embedded)!;

        Assert.Equal((At(half), At(threeQuarters), At(due)), (countdown.Half, countdown.ThreeQuarters, countdown.Due));
        Assert.Equal(unit is TimeUnit.Hour ? At(due) : At(due).AddSeconds(1), countdown.Over);
    }

    /// <summary>The light turns red when the limit begins to say that the term is broken, and no second before.</summary>
    [Fact]
    public void it_is_over_when_the_limit_is_broken()
    {
        var random = new Random(20261123);
        for (var i = 0; i < 5_000; i++)
        {
            var limit = new Limit(
                Computation.Maximum, new Term(random.Next(1, 61), (TimeUnit)random.Next(0, 3)), (Roll)random.Next(0, 3));
            var from = Moment.At(At("2024-01-01T00:00:00").AddSeconds(random.Next(0, 60 * 60 * 24 * 700)));
            if (limit.Term!.Unit is TimeUnit.Hour) limit = limit with { Roll = Roll.None };

            var countdown = Countdown.Of(limit, from, WorkingCalendar.Embedded)!;

            Assert.True(from.Instant < countdown.Half && countdown.Half < countdown.ThreeQuarters && countdown.ThreeQuarters <= countdown.Due, $"{limit} from {from}: {countdown}");
            Assert.Equal(VerdictOutcome.Compliant, limit.Judge(from, Moment.At(countdown.Due), WorkingCalendar.Embedded).Outcome);
            Assert.Equal(VerdictOutcome.Violation, limit.Judge(from, Moment.At(countdown.Due.AddSeconds(1)), WorkingCalendar.Embedded).Outcome);
        }
    }

    [Fact]
    public void where_no_calendar_tells_there_is_none() => Assert.Null(Countdown.Of(
        new Limit(Computation.Maximum, new Term(10, TimeUnit.WorkingDay)), Moment.At(At("2026-12-28T10:00:00")), WorkingCalendar.Embedded));

    [Fact]
    public void hours_do_not_run_from_a_day() => Assert.Null(Countdown.Of(
        new Limit(Computation.Maximum, new Term(12, TimeUnit.Hour)), Moment.On(new DateOnly(2026, 3, 2)), WorkingCalendar.Embedded));

    [Fact]
    public void only_a_maximum_runs_out() => Assert.Throws<ArgumentException>(() => Countdown.Of(
        new Limit(Computation.Minimum, new Term(5, TimeUnit.CalendarDay)), Moment.On(new DateOnly(2026, 3, 2)), WorkingCalendar.Embedded));
}
