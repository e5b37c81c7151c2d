using System.Globalization;
using Trading.Kernel;

namespace Trading.Law.Counting;

/// <summary>A point in legal time: an instant, or a whole day of China Standard Time whose hour nobody stated.</summary>
public readonly record struct Moment
{
    private Moment(DateOnly day, DateTimeOffset? instant) => (Day, Instant) = (day, instant);

    public DateOnly Day { get; }

    /// <summary>Null when only the day is known.</summary>
    public DateTimeOffset? Instant { get; }

    public static Moment On(DateOnly day) => new(day, null);

    public static Moment At(DateTimeOffset instant) => new(LegalTime.DayOf(instant), LegalTime.Here(instant));

    /// <summary>Compared by the hour where both have one, else by the day.</summary>
    public bool IsBefore(Moment other) => Instant is { } one && other.Instant is { } another ? one < another : Day < other.Day;

    /// <summary>The same hour some days later.</summary>
    public Moment AddDays(int days) => Instant is { } instant ? At(instant.AddDays(days)) : On(Day.AddDays(days));

    /// <summary>RFC 3339, or the date alone.</summary>
    public override string ToString() =>
        Instant is { } instant ? TimeConverter.Write(instant) : Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
