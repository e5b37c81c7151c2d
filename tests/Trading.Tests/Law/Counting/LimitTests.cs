using CsCheck;
using Trading.Kernel;
using Trading.Law.Calendars;
using Trading.Law.Counting;
using Xunit;
using static Trading.Kernel.VerdictOutcome;
using static Trading.Tests.Harness.Samples;

namespace Trading.Tests.Law.Counting;

public sealed class LimitTests
{
    private static readonly Limit TwentyDays = new(Computation.Minimum, new Term(20, TimeUnit.CalendarDay));
    private static readonly Limit FiveDaysOfSale = new(Computation.Minimum, new Term(5, TimeUnit.CalendarDay), StartDayDisputed: true);
    private static readonly Limit ThreeDaysShown = new(Computation.Minimum, new Term(3, TimeUnit.CalendarDay), Roll.RestDay);
    private static readonly Limit FiveWorkingDays = new(Computation.Minimum, new Term(5, TimeUnit.WorkingDay), StartDayDisputed: true);
    private static readonly Limit WithinThirtyDays = new(Computation.Maximum, new Term(30, TimeUnit.CalendarDay), Roll.RestDay);
    private static readonly Limit WithinTwoWorkingDays = new(Computation.Maximum, new Term(2, TimeUnit.WorkingDay));
    private static readonly Limit WithinTwelveHours = new(Computation.Maximum, new Term(12, TimeUnit.Hour));
    private static readonly Limit FifteenDaysBefore = new(Computation.Before, new Term(15, TimeUnit.CalendarDay));
    private static readonly Limit ThreeWorkingDaysBefore = new(Computation.Before, new Term(3, TimeUnit.WorkingDay));
    private static readonly Limit OneWorkingDay = new(Computation.Exact, new Term(1, TimeUnit.WorkingDay));
    private static readonly Limit AfterTheEnd = new(Computation.NotBefore, null);

    public static TheoryData<string, Limit, string, string, VerdictOutcome, bool, string?> Cases => new()
    {
        { "the very hour", TwentyDays, "2025-05-28T08:00:00", "2025-06-17T08:00:00", Compliant, false, "2025-06-17T08:00:00+08:00" },
        { "an hour more", TwentyDays, "2025-05-28T08:00:00", "2025-06-17T09:00:00", Compliant, false, "2025-06-17T08:00:00+08:00" },
        { "an hour less", TwentyDays, "2025-05-28T08:00:00", "2025-06-17T07:00:00", Violation, false, "2025-06-17T08:00:00+08:00" },
        { "days alone", TwentyDays, "2025-05-28", "2025-06-17", Compliant, false, "2025-06-17" },
        { "a day short", TwentyDays, "2025-05-28", "2025-06-16", Violation, false, "2025-06-17" },
        { "end before start", TwentyDays, "2025-05-28", "2025-05-27", InvalidInput, false, null },
        { "first day counted too", FiveDaysOfSale, "2025-05-28", "2025-06-01", Violation, true, "2025-06-02" },
        { "short in both readings", FiveDaysOfSale, "2025-05-28", "2025-05-31", Violation, false, "2025-06-02" },
        { "kept in both readings", FiveDaysOfSale, "2025-05-28", "2025-06-02", Compliant, false, "2025-06-02" },
        { "ends on a Saturday", ThreeDaysShown, "2026-03-11", "2026-03-14", Violation, true, "2026-03-16" },
        { "too short and on a holiday", ThreeDaysShown, "2026-03-11", "2026-03-13", Violation, false, "2026-03-14" },
        { "past the weekend", ThreeDaysShown, "2026-03-11", "2026-03-16", Compliant, false, "2026-03-14" },
        { "ends on a Sunday after it was long enough", ThreeDaysShown, "2026-03-10", "2026-03-15", Compliant, false, "2026-03-13" },
        { "no calendar for the end", ThreeDaysShown, "2026-12-30", "2027-01-02", Uncertain, false, null },
        { "working days over a holiday", FiveWorkingDays, "2025-09-26", "2025-10-10", Compliant, false, "2025-10-10" },
        { "working days with the first", FiveWorkingDays, "2025-09-26", "2025-10-09", Violation, true, "2025-10-10" },
        { "working days too few", FiveWorkingDays, "2025-09-26", "2025-10-08", Violation, false, "2025-10-10" },
        { "working days in an unknown year", FiveWorkingDays, "2026-12-30", "2027-01-20", Uncertain, false, null },
        { "on the last day, late at night", WithinThirtyDays, "2026-03-02T10:00:00", "2026-04-01T23:59:59", Compliant, false, "2026-04-01" },
        { "on the day after", WithinThirtyDays, "2026-03-02T10:00:00", "2026-04-02T00:00:00", Violation, false, "2026-04-01" },
        { "the last day a Saturday but worked", WithinThirtyDays, "2026-01-15", "2026-02-15", Violation, false, "2026-02-14" },
        { "rolled over a holiday", WithinThirtyDays, "2026-01-16", "2026-02-24", Compliant, false, "2026-02-24" },
        { "past what it rolled to", WithinThirtyDays, "2026-01-16", "2026-02-25", Violation, false, "2026-02-24" },
        { "early enough without a calendar", WithinThirtyDays, "2026-12-01", "2026-12-31", Compliant, false, "2026-12-31" },
        { "late where no calendar tells", WithinThirtyDays, "2026-12-20", "2027-01-20", Uncertain, false, null },
        { "two working days over a holiday", WithinTwoWorkingDays, "2026-02-13", "2026-02-24", Compliant, false, "2026-02-24" },
        { "three working days", WithinTwoWorkingDays, "2026-02-13", "2026-02-25", Violation, false, "2026-02-24" },
        { "twelve hours", WithinTwelveHours, "2026-03-02T20:00:00", "2026-03-03T08:00:00", Compliant, false, "2026-03-03T08:00:00+08:00" },
        { "a second more than twelve hours", WithinTwelveHours, "2026-03-02T20:00:00", "2026-03-03T08:00:01", Violation, false, "2026-03-03T08:00:00+08:00" },
        { "hours of a day", WithinTwelveHours, "2026-03-02", "2026-03-03", Uncertain, false, null },
        { "fifteen days before", FifteenDaysBefore, "2026-03-02T18:00:00", "2026-03-17T09:00:00", Compliant, false, "2026-03-17" },
        { "fourteen days before", FifteenDaysBefore, "2026-03-03T08:00:00", "2026-03-17T09:00:00", Violation, false, "2026-03-18" },
        { "after, not before", FifteenDaysBefore, "2026-03-18", "2026-03-17", Violation, false, "2026-04-02" },
        { "three working days before", ThreeWorkingDaysBefore, "2026-02-13", "2026-02-24", Violation, false, "2026-02-25" },
        { "three working days before, over a holiday", ThreeWorkingDaysBefore, "2026-02-11", "2026-02-15", Compliant, false, "2026-02-14" },
        { "exactly a working day", OneWorkingDay, "2026-02-13", "2026-02-14", Compliant, false, "2026-02-14" },
        { "more than a working day", OneWorkingDay, "2026-02-13", "2026-02-24", Violation, false, "2026-02-14" },
        { "not before, at the same time", AfterTheEnd, "2026-03-28T18:00:00", "2026-03-28T18:00:00", Compliant, false, "2026-03-28T18:00:00+08:00" },
        { "before", AfterTheEnd, "2026-03-28T18:00:00", "2026-03-28T17:59:59", Violation, false, "2026-03-28T18:00:00+08:00" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void judges_two_moments(string what, Limit limit, string from, string to, VerdictOutcome outcome, bool inOneReading, string? bound)
    {
        var judged = limit.Judge(Moment(from), Moment(to), WorkingCalendar.Embedded);

        Assert.True((outcome, inOneReading, bound) == (judged.Outcome, judged.InOneReading, judged.Bound?.ToString()), $"{what}: {judged}");
    }

    [Fact]
    public void a_moment_that_is_not_known_leaves_it_uncertain()
    {
        Assert.Equal(Uncertain, TwentyDays.Judge(null, Moment("2026-03-02"), WorkingCalendar.Embedded).Outcome);
        Assert.Equal(Uncertain, TwentyDays.Judge(Moment("2026-03-02"), null, WorkingCalendar.Embedded).Outcome);
    }

    [Fact]
    public void the_zone_is_that_of_the_law_whatever_the_offset_a_time_is_written_with()
    {
        var (from, to) = (At("2026-03-02T00:30:00"), At("2026-04-01T23:30:00"));

        foreach (var hours in (int[])[-12, 0, 14])
        {
            var elsewhere = TimeSpan.FromHours(hours);
            var judged = WithinThirtyDays.Judge(
                Trading.Law.Counting.Moment.At(from.ToOffset(elsewhere)), Trading.Law.Counting.Moment.At(to.ToOffset(elsewhere)), WorkingCalendar.Embedded);
            Assert.Equal((Compliant, "2026-04-01"), (judged.Outcome, judged.Bound.ToString()));
        }
    }

    [Fact]
    public void what_a_minimum_calls_the_earliest_keeps_it_and_a_day_less_does_not() =>
        Gen.Select(Days, Gen.Int[1, 40], Gen.Int[0, 2].Select(i => new[] { TimeUnit.CalendarDay, TimeUnit.WorkingDay, TimeUnit.Month }[i]), Gen.Enum<Roll>(), Gen.Bool)
            .Sample((start, count, unit, roll, disputed) =>
            {
                var limit = new Limit(Computation.Minimum, new Term(unit is TimeUnit.Month ? count % 6 + 1 : count, unit), roll, disputed);
                var earliest = limit.Judge(Of(start), Of(start.AddDays(400)), Known).Bound!.Value.Day;

                var judged = limit.Judge(Of(start), Of(earliest), Known);
                Assert.True(judged is { Outcome: Compliant } or { InOneReading: true }, judged.ToString());
                Assert.Equal(Compliant, limit.Judge(Of(start), judged.Bound!.Value, Known).Outcome);
                Assert.True(limit.Judge(Of(start), Of(earliest.AddDays(-1)), Known).Outcome is Violation or InvalidInput);
            });

    [Fact]
    public void what_a_maximum_calls_the_latest_keeps_it_and_a_day_more_does_not() =>
        Gen.Select(Days, Gen.Int[1, 40], Gen.Bool.Select(worked => worked ? TimeUnit.WorkingDay : TimeUnit.CalendarDay), Gen.Enum<Roll>()).Sample((start, count, unit, roll) =>
        {
            var limit = new Limit(Computation.Maximum, new Term(count, unit), roll);
            var latest = limit.Judge(Of(start), Of(start.AddDays(400)), Known).Bound!.Value.Day;

            Assert.Equal(Compliant, limit.Judge(Of(start), Of(latest), Known).Outcome);
            Assert.Equal(Violation, limit.Judge(Of(start), Of(latest.AddDays(1)), Known).Outcome);
        });

    [Fact]
    public void a_later_end_never_breaks_a_minimum_that_was_kept() =>
        Gen.Select(Days, Gen.Int[0, 60], Gen.Int[0, 60], Gen.Int[1, 40], Gen.Enum<Roll>()).Sample((start, gap, later, count, roll) =>
        {
            var limit = new Limit(Computation.Minimum, new Term(count, TimeUnit.CalendarDay), roll);
            if (limit.Judge(Of(start), Of(start.AddDays(gap)), Known).Outcome is Compliant)
                Assert.Equal(Compliant, limit.Judge(Of(start), Of(start.AddDays(gap + later)), Known).Outcome);
        });

    private static readonly WorkingCalendar Known = WorkingCalendar.Embedded;

    private static readonly Gen<DateOnly> Days = Gen.Int[new DateOnly(2014, 1, 1).DayNumber, new DateOnly(2025, 6, 30).DayNumber].Select(DateOnly.FromDayNumber);

    private static Moment Of(DateOnly day) => Trading.Law.Counting.Moment.On(day);

    private static Moment Moment(string text) =>
        text.Length is 10 ? Of(DateOnly.Parse(text, null)) : Trading.Law.Counting.Moment.At(At(text));
}
