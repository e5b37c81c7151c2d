using System.Collections.Immutable;
using Trading.Law.Calendars;

namespace Trading.Law.Counting;

/// <summary>
/// 期限的中止、恢复、重新计算、延长: a term that runs from a day and may stand still. As the day of a beginning is not counted, a day of
/// stopping still is, and the days after it up to and with that of resuming are not.
/// </summary>
public sealed record Clock
{
    private readonly DateOnly start;
    private readonly Term term;
    private readonly Roll roll;
    private readonly ImmutableList<(DateOnly Stopped, DateOnly? Resumed)> pauses;
    private readonly ImmutableList<Term> extensions;

    /// <param name="term">In days or working days; a longer unit has no days to leave out.</param>
    public Clock(DateOnly start, Term term, Roll roll = Roll.None) : this(start, Counted(term), roll, [], []) { }

    private Clock(
        DateOnly start, Term term, Roll roll, ImmutableList<(DateOnly, DateOnly?)> pauses, ImmutableList<Term> extensions) =>
        (this.start, this.term, this.roll, this.pauses, this.extensions) = (start, term, roll, pauses, extensions);

    public bool IsStopped => pauses is [.., (_, null)];

    /// <summary>Stands still from the next day on; what stands still already goes on standing.</summary>
    public Clock Stop(DateOnly day) => IsStopped ? this : new(start, term, roll, pauses.Add((day, null)), extensions);

    /// <summary>Runs again from the next day on.</summary>
    public Clock Resume(DateOnly day) => IsStopped
        ? new(start, term, roll, pauses.SetItem(pauses.Count - 1, (pauses[^1].Stopped, day)), extensions)
        : this;

    /// <summary>Runs its whole term anew; what stopped or extended it before is forgotten.</summary>
    public Clock Restart(DateOnly day) => new(day, term, roll);

    /// <summary>Runs on for another term after the last day.</summary>
    public Clock Extend(Term by) => new(start, term, roll, pauses, extensions.Add(Counted(by)));

    /// <summary>The last day. Null while the clock stands still before it, and where no calendar tells.</summary>
    public DateOnly? Due(WorkingCalendar calendar)
    {
        DateOnly? day = start;
        foreach (var part in extensions.Insert(0, term))
        {
            if (day is not { } from) return null;
            day = Days.Nth(from, part.Count, each => IsPaused(each) switch
            {
                null => null,
                true => false,
                false => part.Unit is TimeUnit.WorkingDay ? calendar.IsWorked(each) : true,
            });
        }

        return day is { } last ? Days.Rolled(last, roll, calendar) : null;
    }

    /// <summary>Null when the clock stands still and nobody knows for how long.</summary>
    private bool? IsPaused(DateOnly day)
    {
        foreach (var (stopped, resumed) in pauses)
        {
            if (day <= stopped) continue;
            if (resumed is null) return null;
            if (day <= resumed) return true;
        }

        return false;
    }

    private static Term Counted(Term term) => term.Unit is TimeUnit.CalendarDay or TimeUnit.WorkingDay && term.Count > 0
        ? term
        : throw new ArgumentException("A clock counts days or working days.", nameof(term));
}
