using System.Collections.Frozen;
using System.Globalization;

namespace Trading.Law.Calendars;

/// <summary>
/// The written form of calendars: comma-separated, a line for each year with the columns year, off, on and unknown. Days stand as
/// <c>MM-DD</c> and runs of days as <c>MM-DD..MM-DD</c>, with spaces between; lines that begin with <c>#</c> are remarks.
/// </summary>
public static class CalendarFile
{
    public const string Heading = "year,off,on,unknown";

    /// <exception cref="FormatException">Naming the line that is wrong.</exception>
    public static IReadOnlyList<CalendarYear> Read(TextReader text)
    {
        var years = new List<CalendarYear>();
        var headed = false;
        for (var number = 1; text.ReadLine() is { } line; number++)
        {
            if (line.Length is 0 || line[0] is '#') continue;
            if (headed) years.Add(Year(line.Split(','), number));
            else if (line != Heading) throw new FormatException($"line {number}: the heading is '{Heading}'");
            headed = true;
        }

        return years;
    }

    private static CalendarYear Year(string[] cells, int line)
    {
        if (cells is not [var first, var off, var on, var unknown]
            || !int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 1949 or > 2200)
            throw new FormatException($"line {line}: a year and three lists of days");

        var days = new[] { off, on, unknown }.Select(cell => Days(cell, year, line).ToFrozenSet()).ToArray();
        if (days[1].FirstOrDefault(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) is { Year: > 1 } weekday)
            throw new FormatException($"line {line}: {weekday:yyyy-MM-dd} is no weekend day, so it is not worked in exchange");
        if (days[0].Intersect(days[1]).Concat(days[2].Intersect(days[0].Union(days[1]))).FirstOrDefault() is { Year: > 1 } twice)
            throw new FormatException($"line {line}: {twice:yyyy-MM-dd} stands twice");
        return new CalendarYear(year, days[0], days[1], days[2]);
    }

    private static IEnumerable<DateOnly> Days(string cell, int year, int line)
    {
        foreach (var run in cell.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = run.Split("..");
            if (ends.Length > 2 || !TryDay(ends[0], out var day) || !TryDay(ends[^1], out var last) || last < day)
                throw new FormatException($"line {line}: '{run}' is neither a day nor a run of days");
            for (; day <= last; day = day.AddDays(1)) yield return day;
        }

        bool TryDay(string text, out DateOnly day) => DateOnly.TryParseExact(
            $"{year:0000}-{text}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }
}
