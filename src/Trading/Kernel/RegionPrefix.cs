using System.Text.Json.Serialization;

namespace Trading.Kernel;

/// <summary>
/// A region with all that lies in it: <c>*</c> for the whole country, or the 2, 4 or 6 leading digits of its 行政区划代码.
/// Zeros that stand for no region are dropped: <c>420500</c> is read as <c>4205</c>, <c>420000</c> as <c>42</c>.
/// </summary>
[JsonConverter(typeof(WrittenConverter<RegionPrefix>))]
public sealed record RegionPrefix : IWritten<RegionPrefix>
{
    public static readonly Flaw WrongForm = new(
        "region-prefix.form", "地区范围须为“*”或行政区划代码的前2、4、6位。",
        "A range of regions is '*' or the first 2, 4 or 6 digits of a region code.");

    public static readonly RegionPrefix Everywhere = new("*");

    private readonly string text;

    private RegionPrefix(string text) => this.text = text;

    public static RegionPrefix Parse(string text) => text switch
    {
        "*" => Everywhere,
        { Length: 4 or 6 } when text.EndsWith("00", StringComparison.Ordinal) => Parse(text[..^2]),
        { Length: 2 or 4 or 6 } when text.All(char.IsAsciiDigit) && text[0] is not '0' => new RegionPrefix(text),
        _ => throw new InvalidValueException(WrongForm),
    };

    public bool Covers(RegionCode region) =>
        this == Everywhere || region.ToString().StartsWith(text, StringComparison.Ordinal);

    public static RegionPrefix Stored(string text) => new(text);

    public override string ToString() => text;
}
