using System.Numerics;

namespace Trading.Projections;

/// <summary>
/// 分段: the orders of lists cut into steps, so that a search can go through an order without sorting all that is found. What is greater
/// stands on no lower step.
/// </summary>
public static class Steps
{
    public const string Published = "published", Deadline = "deadline", Amount = "amount";

    private const int FirstYear = 2000, LastYear = 2040, FinenessBits = 3;

    public static int OfTimes => (LastYear - FirstYear) * 12 + 2;

    public static int OfAmounts => Of(decimal.MaxValue) + 1;

    /// <summary>A month in UTC; one for all before and one for all after the years that matter.</summary>
    public static int Of(DateTimeOffset time) => time.UtcDateTime switch
    {
        { Year: < FirstYear } => 0,
        { Year: >= LastYear } => OfTimes - 1,
        var utc => (utc.Year - FirstYear) * 12 + utc.Month,
    };

    /// <summary>Whole 元 by their order of magnitude, eight steps to each doubling.</summary>
    public static int Of(decimal amount)
    {
        if (amount < 0) return 0;
        var whole = (ulong)Math.Min(amount, long.MaxValue);
        var magnitude = BitOperations.Log2(whole | 1);
        return magnitude <= FinenessBits
            ? 1 + (int)whole
            : 1 + ((magnitude - FinenessBits) << FinenessBits) + (int)(whole >> (magnitude - FinenessBits));
    }
}
