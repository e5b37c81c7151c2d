using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Trading.Kernel;

/// <summary>
/// 统一交易标识码, C40: class, credit code of the platform's operator, day, serial, check character (ISO 7064 MOD 37-2), joined by
/// hyphens. Other platforms issue codes with wrong check characters, so a code with a wrong one is accepted with a warning.
/// </summary>
[JsonConverter(typeof(WrittenConverter<UnifiedDealCode>))]
public sealed partial record UnifiedDealCode : IWritten<UnifiedDealCode>
{
    public static readonly Flaw WrongForm = new(
        "deal-code.form", "统一交易标识码须为分类码、运行机构代码、日期、序号、校验码以“-”相连，共40位。",
        "A deal code is class, operator, day, serial and check character joined by hyphens, 40 characters in all.");

    private readonly string text;

    private UnifiedDealCode(string text) => this.text = text;

    public DateOnly Day => DateOnly.ParseExact(text[23..31], "yyyyMMdd", CultureInfo.InvariantCulture);

    public int Serial => int.Parse(text[32..38], CultureInfo.InvariantCulture);

    public bool CheckHolds => text[39] == Check(text[..38]);

    public static UnifiedDealCode Parse(string text) =>
        Form.IsMatch(text) && DateOnly.TryParseExact(text[23..31], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? new UnifiedDealCode(text)
            : throw new InvalidValueException(WrongForm);

    /// <param name="serial">1 to 999999, new for each code of the day.</param>
    public static UnifiedDealCode Issue(ClassCode classCode, CreditCode operatorCode, DateOnly day, int serial)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(serial, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(serial, 999999);
        var body = string.Create(CultureInfo.InvariantCulture, $"{classCode}-{operatorCode}-{day:yyyyMMdd}-{serial:000000}");
        return new UnifiedDealCode($"{body}-{Check(body)}");
    }

    public static UnifiedDealCode Stored(string text) => new(text);

    public override string ToString() => text;

    private static char Check(string body) => Iso7064.Mod37Radix2(body.Replace("-", "", StringComparison.Ordinal));

    [GeneratedRegex(@"\A[A-Z][0-9]{2}-[0-9A-Z]{18}-[0-9]{8}-[0-9]{6}-[0-9A-Z*]\z")]
    private static partial Regex Form { get; }
}
