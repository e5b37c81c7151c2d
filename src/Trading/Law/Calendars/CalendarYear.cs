using System.Collections.Frozen;

namespace Trading.Law.Calendars;

/// <summary>One year's holiday arrangement (国务院办公厅关于部分节假日安排的通知).</summary>
/// <param name="Off">Days of a holiday.</param>
/// <param name="On">Weekend days that are worked.</param>
/// <param name="Unknown">Days of which the sources say different things.</param>
public sealed record CalendarYear(int Year, FrozenSet<DateOnly> Off, FrozenSet<DateOnly> On, FrozenSet<DateOnly> Unknown)
{
    /// <summary>What the day is; null where nobody can tell.</summary>
    public DayKind? KindOf(DateOnly day) =>
        Unknown.Contains(day) ? null
        : On.Contains(day) ? DayKind.MakeUpDay
        : Off.Contains(day) ? DayKind.Holiday
        : day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? DayKind.RestDay
        : DayKind.Workday;
}
