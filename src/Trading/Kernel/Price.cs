using System.Text.Json.Serialization;

namespace Trading.Kernel;

/// <summary>价款形式: what a bid offers or an estimate says, which is not always an amount.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "form")]
[JsonDerivedType(typeof(AmountPrice), "amount")]
[JsonDerivedType(typeof(RatePrice), "rate")]
[JsonDerivedType(typeof(UnitPrice), "unit")]
[JsonDerivedType(typeof(OtherPrice), "other")]
public abstract record Price
{
    public static readonly Flaw WrongCurrency = new(
        "price.currency", "币种须为ISO 4217三位大写字母代码。", "A currency is a code of three capital letters (ISO 4217).");

    public static readonly Flaw WrongText = new(
        "price.text", "报价原文须为1至2000字。", "The text of a price has 1 to 2000 characters.");

    public static readonly Flaw WrongBasis = new(
        "price.basis", "费率依据须为1至100字。", "The basis of a rate has 1 to 100 characters.");

    public static readonly Flaw WrongPer = new(
        "price.per", "计价单位须为1至50字。", "The unit of a price has 1 to 50 characters.");

    private protected Price() { }

    internal static string Within(int longest, string text, Flaw flaw) =>
        text.Length <= longest && !string.IsNullOrWhiteSpace(text) ? text : throw new InvalidValueException(flaw);
}

/// <summary>金额: a total, in 元 unless another currency is named.</summary>
/// <param name="Given">The original wording, where it is not the bare amount.</param>
public sealed record AmountPrice(
    Yuan Amount,
    string Currency = Yuan.Currency,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] GivenPrice? Given = null) : Price
{
    public string Currency { get; } = Currency is [>= 'A' and <= 'Z', >= 'A' and <= 'Z', >= 'A' and <= 'Z']
        ? Currency
        : throw new InvalidValueException(WrongCurrency);
}

/// <summary>An amount as it was written, and the unit it was written in.</summary>
public sealed record GivenPrice(string Text, GivenUnit Unit)
{
    public string Text { get; } = Price.Within(2000, Text, Price.WrongText);
}

/// <summary>元, 万元.</summary>
public enum GivenUnit { Yuan, Wan }

/// <summary>费率: a percentage of something the documents name.</summary>
/// <param name="Basis">What the percentage is, such as 下浮率.</param>
public sealed record RatePrice(Percent Percent, string? Basis = null) : Price
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Basis { get; } = Basis is null ? null : Within(100, Basis, WrongBasis);
}

/// <summary>单价: an amount for one of a unit, such as 吨.</summary>
public sealed record UnitPrice(Yuan Amount, string Per) : Price
{
    public string Per { get; } = Within(50, Per, WrongPer);
}

/// <summary>其他: a price that only its text tells.</summary>
public sealed record OtherPrice(string Text) : Price
{
    public const int LongestText = 2_000;

    public string Text { get; } = Within(LongestText, Text, WrongText);
}
