using System.Buffers.Binary;
using System.Numerics;

namespace Trading.Projections;

/// <summary>
/// 分段: the orders of lists cut into steps, so that a search can go through an order without sorting all that is found. What stands behind
/// another in the order stands on no lower step. What has no deadline or no amount is ordered by its id, hence cut by the time in that.
/// </summary>
public static class Steps
{
    public const string Published = "published", Deadline = "deadline", Amount = "amount";

    private const int FirstYear = 2000, LastYear = 2040, FinenessBits = 3;

    /// <summary>A month in UTC each; one for all before and one for all after the years that matter.</summary>
    public const int Months = (LastYear - FirstYear) * 12 + 2;

    /// <summary>How many steps make one of the next level, on which ranges are asked for.</summary>
    private const int Fold = 4, Levels = 5;

    public static int OfAmounts { get; } = Months + Magnitude(decimal.MaxValue) + 1;

    public static int OfPublished(DateTimeOffset time) => Month(time);

    public static int OfDeadline(DateTimeOffset order, Guid id) => order == Figures.Order((DateTimeOffset?)null) ? Months + Month(TimeOf(id)) : Month(order);

    public static int OfAmount(decimal order, Guid id) => order < 0 ? Month(TimeOf(id)) : Months + Magnitude(order);

    /// <summary>The step itself and what it lies in, on every level.</summary>
    public static IEnumerable<(int Level, int Step)> Around(int step)
    {
        for (var level = 0; level < Levels; level++, step /= Fold) yield return (level, step);
    }

    /// <summary>What the step lies in on a level.</summary>
    public static int At(int step, int level) => Around(step).ElementAt(level).Step;

    /// <summary>The fewest of all levels that make a range, both ends included.</summary>
    public static IEnumerable<(int Level, int Step)> Within(int first, int last)
    {
        for (var level = 0; first <= last; level++)
        {
            if (level == Levels - 1)
            {
                for (; first <= last; first++) yield return (level, first);
                yield break;
            }

            for (; first <= last && first % Fold is not 0; first++) yield return (level, first);
            for (; first <= last && last % Fold is not Fold - 1; last--) yield return (level, last);
            (first, last) = (first / Fold, (last + 1) / Fold - 1);
        }
    }

    private static int Month(DateTimeOffset time) => time.UtcDateTime switch
    {
        { Year: < FirstYear } => 0,
        { Year: >= LastYear } => Months - 1,
        var utc => (utc.Year - FirstYear) * 12 + utc.Month,
    };

    /// <summary>Whole 元 by their order of magnitude, eight steps to each doubling.</summary>
    private static int Magnitude(decimal amount)
    {
        var whole = (ulong)Math.Min(amount, long.MaxValue);
        var magnitude = BitOperations.Log2(whole | 1);
        return magnitude <= FinenessBits
            ? (int)whole
            : ((magnitude - FinenessBits) << FinenessBits) + (int)(whole >> (magnitude - FinenessBits));
    }

    /// <summary>When it was made (RFC 9562 §5.7); of an id that does not say, any time that follows its order.</summary>
    private static DateTimeOffset TimeOf(Guid id)
    {
        var milliseconds = BinaryPrimitives.ReadInt64BigEndian(id.ToByteArray(bigEndian: true)) >>> 16;
        return DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(milliseconds, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
    }
}
