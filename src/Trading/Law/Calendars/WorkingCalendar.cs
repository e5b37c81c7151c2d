using System.Collections.Frozen;

namespace Trading.Law.Calendars;

/// <summary>工作日历: which days are worked. A year whose arrangement is not known is not guessed at.</summary>
public sealed class WorkingCalendar
{
    private static readonly Lazy<WorkingCalendar> embedded = new(() => new WorkingCalendar(CalendarFile.Read(new StringReader(EmbeddedText))));

    private readonly FrozenDictionary<int, CalendarYear> years;

    /// <param name="years">Of two that stand for the same year the later counts.</param>
    public WorkingCalendar(IEnumerable<CalendarYear> years) =>
        this.years = years.GroupBy(year => year.Year).ToFrozenDictionary(same => same.Key, same => same.Last());

    /// <summary>The years the service comes with.</summary>
    public static WorkingCalendar Embedded => embedded.Value;

    /// <summary>The same as a file.</summary>
    public static string EmbeddedText
    {
        get
        {
            using var reader = new StreamReader(typeof(WorkingCalendar).Assembly.GetManifestResourceStream("calendar.csv")!);
            return reader.ReadToEnd();
        }
    }

    public IEnumerable<int> Years => years.Keys.Order();

    /// <summary>What the day is; null where nobody can tell.</summary>
    public DayKind? KindOf(DateOnly day) => years.GetValueOrDefault(day.Year)?.KindOf(day);

    /// <summary>Whether the day is a 工作日; null where nobody can tell.</summary>
    public bool? IsWorked(DateOnly day) => KindOf(day) is { } kind ? kind is DayKind.Workday or DayKind.MakeUpDay : null;

    /// <summary>With more years, or better knowledge of those that are there.</summary>
    public WorkingCalendar With(IEnumerable<CalendarYear> more) => new(years.Values.Concat(more));
}
