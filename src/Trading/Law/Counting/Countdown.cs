using Trading.Kernel;
using Trading.Law.Calendars;

namespace Trading.Law.Counting;

/// <summary>
/// 倒计时: when a maximum that runs from a moment is half used, three quarters used, and over. Days are used as they are counted: of three
/// working days one and a half are over at noon of the second that is worked.
/// </summary>
/// <param name="Due">The last second that is in time.</param>
/// <param name="Over">From when on it is broken: 24:00 of the last day, or the very instant of a term in hours.</param>
public sealed record Countdown(DateTimeOffset Half, DateTimeOffset ThreeQuarters, DateTimeOffset Due, DateTimeOffset Over)
{
    /// <summary>Null where no calendar tells, and for hours that run from a day.</summary>
    public static Countdown? Of(Limit limit, Moment from, WorkingCalendar calendar)
    {
        var term = limit.Computation is Computation.Maximum ? limit.Term! : throw new ArgumentException("Only a maximum runs out.", nameof(limit));
        if (term.Unit is TimeUnit.Hour) return from.Instant is { } instant ? OfHours(instant, term.Count) : null;
        return Used(0.5) is { } half && Used(0.75) is { } threeQuarters && Days.Last(from.Day, term, limit.Roll, calendar) is { } last
            ? new Countdown(half, threeQuarters, LegalTime.EndOf(last), LegalTime.StartOf(last.AddDays(1)))
            : null;

        DateTimeOffset? Used(double share) => term.Unit switch
        {
            TimeUnit.CalendarDay => Counted(share * term.Count, _ => true),
            TimeUnit.WorkingDay => Counted(share * term.Count, calendar.IsWorked),
            _ => Days.Nominal(from.Day, term, calendar) is { } last ? Counted(share * (last.DayNumber - from.Day.DayNumber), _ => true) : null,
        };

        DateTimeOffset? Counted(double days, Func<DateOnly, bool?> counts)
        {
            var begun = (int)Math.Ceiling(days);   // the day during which, or at whose end, so many have been used
            return Days.Nth(from.Day, begun, counts) is { } day ? LegalTime.StartOf(day).AddHours((days - begun + 1) * 24) : null;
        }
    }

    private static Countdown OfHours(DateTimeOffset from, int hours)
    {
        var over = from.AddHours(hours);
        return new Countdown(from.AddHours(hours * 0.5), from.AddHours(hours * 0.75), over, over);
    }
}
