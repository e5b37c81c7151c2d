using Trading.Law.Calendars;

namespace Trading.Law.Counting;

/// <summary>时限: what the law demands of the time between two moments.</summary>
/// <param name="Term">Null where the one need only not come before the other.</param>
/// <param name="Roll">Whether the last day of the term rolls on. A minimum that fails only by the roll is broken in one reading alone.</param>
/// <param name="StartDayDisputed">Practice also counts the first day: what is kept that way is broken in one reading alone.</param>
public sealed record Limit(Computation Computation, Term? Term, Roll Roll = Roll.None, bool StartDayDisputed = false)
{
    /// <summary>What the limit says of two moments; a moment that is not known makes it uncertain.</summary>
    public Judgement Judge(Moment? from, Moment? to, WorkingCalendar calendar)
    {
        if (from is not { } start || to is not { } end) return Judgement.Uncertain;
        if (end.IsBefore(start) && Computation is not (Computation.NotBefore or Computation.Before)) return Judgement.Invalid;
        if (Computation is Computation.NotBefore) return Judgement.Of(!end.IsBefore(start), start);
        if (Term!.Unit is TimeUnit.Hour) return Hours(start, end, Term.Count);
        return Computation switch
        {
            Computation.Minimum => Minimum(start, end, calendar),
            Computation.Maximum => Maximum(start, end, calendar),
            Computation.Before => Before(start, end, calendar),
            Computation.Exact => Exact(start, end, calendar),
            _ => throw new InvalidOperationException("Computation is closed; a new case needs a branch here."),
        };
    }

    private Judgement Hours(Moment start, Moment end, int hours)
    {
        if (start.Instant is not { } from || end.Instant is not { } to) return Judgement.Uncertain;
        var bound = Moment.At(from.AddHours(hours));
        return Judgement.Of(Computation is Computation.Maximum ? to <= bound.Instant : to >= bound.Instant, bound);
    }

    private Judgement Minimum(Moment start, Moment end, WorkingCalendar calendar)
    {
        if (Days.Nominal(start.Day, Term!, calendar) is not { } nominal) return Judgement.Uncertain;
        var bound = Term!.Unit is TimeUnit.CalendarDay ? start.AddDays(Term.Count) : Moment.On(nominal);
        if (end.IsBefore(bound)) return Judgement.Broken(bound, inOneReading: IncludingStart(start.Day, calendar) <= end.Day);
        if (Roll is Roll.None) return Judgement.Of(true, bound);
        return Days.Rolled(nominal, Roll, calendar) is not { } rolled ? Judgement.Uncertain
            : rolled <= end.Day ? Judgement.Of(true, bound)
            : Judgement.Broken(Moment.On(rolled), inOneReading: true);
    }

    /// <summary>The last day when the first is counted too.</summary>
    private DateOnly? IncludingStart(DateOnly start, WorkingCalendar calendar) =>
        StartDayDisputed ? Days.Nominal(start.AddDays(-1), Term!, calendar) : null;

    private Judgement Maximum(Moment start, Moment end, WorkingCalendar calendar)
    {
        if (Days.Nominal(start.Day, Term!, calendar) is not { } nominal) return Judgement.Uncertain;
        if (end.Day <= nominal) return Judgement.Of(true, Moment.On(nominal));
        return Days.Rolled(nominal, Roll, calendar) is { } last ? Judgement.Of(end.Day <= last, Moment.On(last)) : Judgement.Uncertain;
    }

    /// <summary>The first moment lies the term before the second; nothing rolls towards the second.</summary>
    private Judgement Before(Moment start, Moment end, WorkingCalendar calendar)
    {
        // The day of the first moment may itself be one of the working days before the second.
        var bound = Term!.Unit is TimeUnit.WorkingDay
            ? Days.Nominal(start.Day.AddDays(-1), Term, calendar)?.AddDays(1)
            : Days.Nominal(start.Day, Term, calendar);
        return bound is { } earliest ? Judgement.Of(end.Day >= earliest, Moment.On(earliest)) : Judgement.Uncertain;
    }

    private Judgement Exact(Moment start, Moment end, WorkingCalendar calendar)
    {
        if (Days.Last(start.Day, Term!, Roll, calendar) is not { } last) return Judgement.Uncertain;
        return end.Day == last
            ? Judgement.Of(true, Moment.On(last))
            : Judgement.Broken(Moment.On(last), inOneReading: IncludingStart(start.Day, calendar) == end.Day);
    }
}

/// <summary>How a limit is reckoned.</summary>
public enum Computation
{
    /// <summary>不得少于: at least the term lies between.</summary>
    Minimum,

    /// <summary>以内: at most the term lies between; the last day counts until it ends.</summary>
    Maximum,

    /// <summary>至少……前: the first comes at least the term before the second.</summary>
    Before,

    /// <summary>为: the term lies between, no more and no less.</summary>
    Exact,

    /// <summary>不得早于: the second does not come before the first.</summary>
    NotBefore,
}
