namespace Trading.Kernel;

/// <summary>
/// The legal days and instants a client may name, in bodies, parameters and headers alike: from the beginning of 1900-01-02 to the end of
/// 2200-12-30 in China Standard Time. The two days left out at each end are room for every offset from UTC. What is stored may lie outside:
/// earlier versions accepted it.
/// </summary>
public static class TimeRange
{
    public static readonly DateOnly First = new(1900, 1, 2);
    public static readonly DateOnly Last = new(2200, 12, 30);

    public static readonly Flaw DayOutside = new(
        "date.range", "日期须在1900-01-02至2200-12-30之间。", "A date is from 1900-01-02 to 2200-12-30.");

    public static bool Holds(DateOnly day) => day >= First && day <= Last;

    public static bool Holds(DateTimeOffset instant) => instant >= LegalTime.StartOf(First) && instant < LegalTime.StartOf(Last.AddDays(1));
}
