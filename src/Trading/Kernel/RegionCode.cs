using System.Text.Json.Serialization;

namespace Trading.Kernel;

/// <summary>
/// 行政区划代码 (GB/T 2260): six digits of a province, city or county that exists or once existed. Equal by code.
/// </summary>
[JsonConverter(typeof(WrittenConverter<RegionCode>))]
public sealed record RegionCode : IWritten<RegionCode>
{
    public static readonly Flaw WrongForm = new(
        "region-code.form", "行政区划代码须为6位数字。", "A region code has six digits.");

    public static readonly Flaw Unknown = new(
        "region-code.unknown", "行政区划代码不存在。", "There is no region of this code.");

    public const int Digits = 6;

    private readonly string text;

    internal RegionCode(string text, string name, RegionCode? parent, string? validFrom, string? validTo, RegionKind kind)
    {
        this.text = text;
        Name = name;
        Parent = parent;
        ValidFrom = validFrom;
        ValidTo = validTo;
        Kind = kind;
    }

    /// <summary>The latest name the code had; some codes were given to another place later.</summary>
    public string Name { get; }

    /// <summary>The name after those of the regions it lies in, such as 湖北省宜昌市.</summary>
    public string FullName
    {
        get
        {
            var above = Parent is { Kind: RegionKind.Statistics } ? Parent.Parent : Parent;
            return above?.FullName + Name;
        }
    }

    public RegionCode? Parent { get; }

    /// <summary>Month of the first edition that has the code, <c>yyyy-MM</c>; null if it is older than the editions known.</summary>
    public string? ValidFrom { get; }

    /// <summary>Month of the first edition that no longer has the code, <c>yyyy-MM</c>; null while it is in force.</summary>
    public string? ValidTo { get; }

    public RegionKind Kind { get; }

    public bool IsAbolished => ValidTo is not null;

    public RegionLevel Level => text switch
    {
        _ when text.EndsWith("0000", StringComparison.Ordinal) => RegionLevel.Province,
        _ when text.EndsWith("00", StringComparison.Ordinal) => RegionLevel.City,
        _ => RegionLevel.County,
    };

    public static RegionCode Parse(string text) =>
        text.Length is not 6 || !text.All(char.IsAsciiDigit) ? throw new InvalidValueException(WrongForm)
        : Regions.Find(text) ?? throw new InvalidValueException(Unknown);

    /// <summary>A code that is not known any more stands for its own name.</summary>
    public static RegionCode Stored(string text) => Regions.Find(text) ?? new RegionCode(text, text, null, null, null, RegionKind.Gbt2260);

    public bool Equals(RegionCode? other) => text == other?.text;

    public override int GetHashCode() => text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => text;
}

/// <summary>省级, 地级, 县级.</summary>
public enum RegionLevel { Province, City, County }

/// <summary>Who keeps the code.</summary>
public enum RegionKind
{
    /// <summary>The standard.</summary>
    Gbt2260,

    /// <summary>Statistics alone: headings (市辖区) and zones (开发区).</summary>
    Statistics,
}
