using Trading.Law.Calendars;

namespace Trading.Law.Counting;

/// <summary>
/// 期间的计算 (民法典 第二百零一条至第二百零四条): the day on which a term begins is not counted. Every answer is null where it hangs on a
/// day of which nobody can tell whether it is worked.
/// </summary>
public static class Days
{
    /// <summary>The last day of a term; hours reach into the day they end in and are counted by <see cref="Limit"/> instead.</summary>
    public static DateOnly? Last(DateOnly start, Term term, Roll roll, WorkingCalendar calendar) =>
        Nominal(start, term, calendar) is { } day ? Rolled(day, roll, calendar) : null;

    /// <summary>The last day before it rolls.</summary>
    public static DateOnly? Nominal(DateOnly start, Term term, WorkingCalendar calendar) => term.Unit switch
    {
        TimeUnit.CalendarDay => start.AddDays(term.Count),
        TimeUnit.WorkingDay => Nth(start, term.Count, calendar.IsWorked),
        TimeUnit.Month => start.AddMonths(term.Count),
        TimeUnit.Year => start.AddYears(term.Count),
        _ => throw new ArgumentException("Hours are not counted in days.", nameof(term)),
    };

    /// <summary>The working days after <paramref name="start"/> up to and with <paramref name="end"/>.</summary>
    public static int? WorkingDaysBetween(DateOnly start, DateOnly end, WorkingCalendar calendar)
    {
        var count = 0;
        for (var day = start.AddDays(1); day <= end; day = day.AddDays(1))
        {
            if (calendar.IsWorked(day) is not { } worked) return null;
            if (worked) count++;
        }

        return count;
    }

    /// <summary>The day itself, or the first after it that is none of those the roll leads past.</summary>
    public static DateOnly? Rolled(DateOnly day, Roll roll, WorkingCalendar calendar)
    {
        for (; roll is not Roll.None; day = day.AddDays(1))
        {
            if (calendar.KindOf(day) is not { } kind) return null;
            if (kind is not DayKind.Holiday && !(kind is DayKind.RestDay && roll is Roll.RestDay)) break;
        }

        return day;
    }

    /// <summary>The <paramref name="count"/>th day that counts after <paramref name="start"/>.</summary>
    internal static DateOnly? Nth(DateOnly start, int count, Func<DateOnly, bool?> counts)
    {
        var day = start;
        while (count > 0)
        {
            day = day.AddDays(1);
            if (counts(day) is not { } counted) return null;
            if (counted) count--;
        }

        return day;
    }
}
