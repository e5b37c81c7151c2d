using System.Globalization;

namespace Trading.Bench;

/// <summary>User and system time of processes, from <c>/proc</c>, in ticks of a hundredth of a second.</summary>
internal static class ProcessorTime
{
    private const int ParentField = 1;
    private const int UserField = 11;
    private const int ReapedSystemField = 14;

    public static TimeSpan Of(int process) => Fields(process) is { } fields ? Ticks(fields, UserField, UserField + 1) : TimeSpan.Zero;

    /// <summary>Of a process, its living children and those that have ended.</summary>
    public static TimeSpan OfFamily(int parent) =>
        Ticks(Fields(parent) ?? [], UserField, ReapedSystemField)
        + Directory.EnumerateDirectories("/proc")
            .Select(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var process) ? Fields(process) : null)
            .Where(fields => fields?[ParentField] == parent.ToString(CultureInfo.InvariantCulture))
            .Aggregate(TimeSpan.Zero, (sum, fields) => sum + Ticks(fields!, UserField, UserField + 1));

    private static TimeSpan Ticks(string[] fields, int first, int last) =>
        TimeSpan.FromMilliseconds(10 * fields[first..(last + 1)].Sum(f => long.Parse(f, CultureInfo.InvariantCulture)));

    /// <summary>What follows the name in <c>/proc/PID/stat</c>; null when the process is gone.</summary>
    private static string[]? Fields(int process)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{process}/stat");
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
