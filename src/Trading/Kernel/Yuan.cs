using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Trading.Kernel;

/// <summary>
/// An amount of money in 元, not negative, with at most 14 digits before the point and 6 after it. It is written with the decimals it
/// was given with; <c>1.1</c> and <c>1.10</c> are equal.
/// </summary>
[JsonConverter(typeof(WrittenConverter<Yuan>))]
public readonly partial record struct Yuan : IWritten<Yuan>, IComparable<Yuan>
{
    public static readonly Flaw WrongForm = new(
        "yuan.form", "金额以元为单位，整数至多14位，小数至多6位，无正负号、分隔符和多余的零。",
        "An amount in yuan has at most 14 digits and 6 decimals, no sign, no separators and no leading zeros.");

    /// <summary>ISO 4217.</summary>
    public const string Currency = "CNY";

    private Yuan(decimal value) => Value = value;

    public decimal Value { get; }

    public static Yuan Parse(string text) =>
        Form.IsMatch(text) ? new Yuan(decimal.Parse(text, CultureInfo.InvariantCulture)) : throw new InvalidValueException(WrongForm);

    /// <summary>Reads a number of 万元: the point moves by four digits, so at most 10 stand before it and 10 after.</summary>
    public static Yuan ParseWan(string text)
    {
        if (!WanForm.IsMatch(text)) throw new InvalidValueException(WrongForm);
        var wan = decimal.Parse(text, CultureInfo.InvariantCulture);
        return new Yuan(decimal.Round(wan * 10_000, Math.Max(wan.Scale - 4, 0)));
    }

    public static Yuan Sum(IEnumerable<Yuan> amounts) => amounts.Aggregate(default(Yuan), (sum, amount) => sum + amount);

    public int CompareTo(Yuan other) => Value.CompareTo(other.Value);

    public static Yuan Stored(string text) => new(decimal.Parse(text, CultureInfo.InvariantCulture));

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <exception cref="InvalidValueException">The sum has more than 14 digits before the point.</exception>
    public static Yuan operator +(Yuan left, Yuan right) =>
        Parse((left.Value + right.Value).ToString(CultureInfo.InvariantCulture));

    public static bool operator <(Yuan left, Yuan right) => left.Value < right.Value;

    public static bool operator >(Yuan left, Yuan right) => left.Value > right.Value;

    public static bool operator <=(Yuan left, Yuan right) => left.Value <= right.Value;

    public static bool operator >=(Yuan left, Yuan right) => left.Value >= right.Value;

    [GeneratedRegex(@"\A(0|[1-9][0-9]{0,13})(\.[0-9]{1,6})?\z")]
    private static partial Regex Form { get; }

    [GeneratedRegex(@"\A(0|[1-9][0-9]{0,9})(\.[0-9]{1,10})?\z")]
    private static partial Regex WanForm { get; }
}
