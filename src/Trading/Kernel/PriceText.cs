using System.Globalization;
using System.Text.RegularExpressions;

namespace Trading.Kernel;

/// <summary>
/// Reads the price text of an old site as a price. It never guesses: what does not plainly say one amount, rate or unit price keeps its
/// text as an <see cref="OtherPrice"/>.
/// </summary>
public static partial class PriceText
{
    /// <summary>元. Where old sites print a smaller number without a unit, it is a rate or a number of 万元, and does not say which.</summary>
    public const decimal SmallestBareAmount = 1000;

    private const string Number = "(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:[.][0-9]+)?";
    private const string Share = @"[^0-9():,;、%/¥]{1,20}[:为]?\s*[0-9]+(?:[.][0-9]+)?\s*万?元?";
    private const string Next = @"\s*[,;、]\s*";
    private const string Breakdown = $@"\s*\(\s*(?:其中[:,]?{Share}(?:{Next}{Share})*|{Share}(?:{Next}{Share})+)\s*\)";
    private const string Basis = @"\p{L}{0,12}(?:下浮(?:率|比例)?|折扣(?:率|比例|系数)?|优惠率?|让利率?|费率|价格系数)(?:报价)?";

    /// <exception cref="InvalidValueException">The text is blank or longer than a price's text may be.</exception>
    public static Price Read(string text)
    {
        var plain = Compatible.Of(text).Trim();
        return ReadAmount(plain, text) ?? ReadRate(plain) ?? ReadUnitPrice(plain) ?? (Price)new OtherPrice(text);
    }

    private static AmountPrice? ReadAmount(string plain, string text)
    {
        if (AmountForm.Match(plain) is not { Success: true } form || AmountOf(form) is not { } amount) return null;
        if (!form.Groups["unit"].Success && amount.Value < SmallestBareAmount) return null;
        return amount.ToString() == text
            ? new AmountPrice(amount)
            : new AmountPrice(amount, Given: new GivenPrice(text, form.Groups["wan"].Success ? GivenUnit.Wan : GivenUnit.Yuan));
    }

    private static RatePrice? ReadRate(string plain)
    {
        if (RateForm.Match(plain) is not { Success: true } form || Written<Percent>(form.Groups["percent"].Value) is not { } percent) return null;
        return new RatePrice(percent, form.Groups["basis"] is { Success: true } basis ? basis.Value : null);
    }

    private static UnitPrice? ReadUnitPrice(string plain) =>
        UnitForm.Match(plain) is { Success: true } form && AmountOf(form) is { } amount
            ? new UnitPrice(amount, form.Groups["per"].Value)
            : null;

    private static Yuan? AmountOf(Match form)
    {
        var number = form.Groups["number"].Value.Replace(",", "", StringComparison.Ordinal);
        try
        {
            return form.Groups["wan"].Success ? Yuan.ParseWan(number) : Yuan.Parse(number);
        }
        catch (InvalidValueException)
        {
            return null;
        }
    }

    private static T? Written<T>(string text) where T : struct, IWritten<T> =>
        T.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null;

    [GeneratedRegex($@"\A(?:(?:投标)?(?:总报价|总价|报价)\s*[:为]?\s*)?¥?\s*(?<number>{Number})\s*(?<unit>(?<wan>万)?元)?(?:{Breakdown})?\z", RegexOptions.NonBacktracking)]
    private static partial Regex AmountForm { get; }

    [GeneratedRegex($@"\A(?:(?<basis>{Basis})\s*[:为]?\s*)?(?<percent>[0-9]+(?:[.][0-9]+)?)\s*%\z|\A(?<percent>[0-9]+(?:[.][0-9]+)?)\s*%\s*\((?<basis>{Basis})\)\z", RegexOptions.NonBacktracking)]
    private static partial Regex RateForm { get; }

    [GeneratedRegex($@"\A¥?\s*(?<number>{Number})\s*(?<unit>(?<wan>万)?元)\s*/\s*(?<per>\p{{L}}{{1,6}}[23]?)\z", RegexOptions.NonBacktracking)]
    private static partial Regex UnitForm { get; }
}
