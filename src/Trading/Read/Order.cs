using System.Globalization;
using Trading.Projections;

namespace Trading.Read;

/// <summary>One of the orders of lists, and its steps.</summary>
/// <param name="Name">In the terms.</param>
/// <param name="Column">What is asked for; <paramref name="Key"/> is the same, or what stands for it where there is none.</param>
/// <param name="None">The steps of what has none.</param>
internal sealed record Order(string Name, string Column, string Key, Range Some, Range None)
{
    public static readonly IReadOnlyList<Order> All =
    [
        new(Steps.Published, "d.published_at", "d.published_at", ..Steps.Months, 0..0),
        new(Steps.Deadline, "d.deadline", "d.deadline_order", ..Steps.Months, Steps.Months..(2 * Steps.Months)),
        new(Steps.Amount, "d.amount", "d.amount_order", Steps.Months..Steps.OfAmounts, ..Steps.Months),
    ];

    public static Order Of(Sorting sort) => All.Single(order => order.Key == sort.Column);

    /// <summary>Where either was asked, both keep out what has none.</summary>
    public (object? Least, object? Most) Bounds(Query query) => query.Bounds(Column) switch
    {
        (null, null) => default,
        var (least, most) when Name is Steps.Deadline => (least, most ?? Figures.Order((DateTimeOffset?)null).AddTicks(-TimeSpan.TicksPerMicrosecond)),
        var (least, most) when Name is Steps.Amount => (least ?? 0m, most),
        var both => both,
    };

    private static int Step(object bound) => bound is decimal amount ? Steps.OfAmount(amount, default) : Steps.OfPublished((DateTimeOffset)bound);

    public int Step(Cursor cursor) => Name switch
    {
        Steps.Published => Steps.OfPublished(Time(cursor)),
        Steps.Deadline => Steps.OfDeadline(Time(cursor), cursor.Id),
        _ => Steps.OfAmount(decimal.Parse(cursor.Key, CultureInfo.InvariantCulture), cursor.Id),
    };

    /// <summary>The first and the last step between two bounds, of which either may be absent, but not both.</summary>
    public (int First, int Last) Between(object? least, object? most) =>
        (least is null ? Some.Start.Value : Step(least), most is null ? Some.End.Value - 1 : Step(most));

    private static DateTimeOffset Time(Cursor cursor) => DateTimeOffset.Parse(cursor.Key, CultureInfo.InvariantCulture);
}
