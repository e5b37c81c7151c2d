using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Trading.Kernel;

/// <summary>A share in percent, 0 to 1000 inclusive, with at most 4 decimals, written with those it was given with; equal by value.</summary>
[JsonConverter(typeof(WrittenConverter<Percent>))]
public readonly partial record struct Percent : IWritten<Percent>
{
    public static readonly Flaw WrongForm = new(
        "percent.form", "百分比须为0至1000的数，小数至多4位，不带百分号。", "A percentage is a number from 0 to 1000 with at most 4 decimals, without a sign.");

    private Percent(decimal value) => Value = value;

    public decimal Value { get; }

    public static Percent Parse(string text) =>
        Form.IsMatch(text) && decimal.Parse(text, CultureInfo.InvariantCulture) is <= 1000 and var value
            ? new Percent(value)
            : throw new InvalidValueException(WrongForm);

    public static Percent Stored(string text) => new(decimal.Parse(text, CultureInfo.InvariantCulture));

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A(0|[1-9][0-9]{0,3})(\.[0-9]{1,4})?\z")]
    private static partial Regex Form { get; }
}
