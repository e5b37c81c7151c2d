using System.Collections.Frozen;
using System.Text.Json.Serialization;

namespace Trading.Kernel;

/// <summary>
/// 统一社会信用代码 (GB 32100-2015 with its amendment of 2016): registering authority, kind of organisation, region of the registry,
/// organisation code, check character; 18 characters. Newly issued codes deviate from the standard in known ways; such a code is accepted with a warning.
/// </summary>
[JsonConverter(typeof(WrittenConverter<CreditCode>))]
public sealed record CreditCode : IWritten<CreditCode>
{
    public static readonly Flaw WrongLength = new(
        "credit-code.length", "统一社会信用代码须为18位。", "A credit code has 18 characters.");

    public static readonly Flaw WrongAlphabet = new(
        "credit-code.alphabet", "统一社会信用代码仅含半角数字和大写字母，不含I、O、S、V、Z。",
        "A credit code has digits and capital letters without I, O, S, V and Z.");

    public static readonly Flaw UnknownAuthority = new(
        "credit-code.authority", "统一社会信用代码第1位不是登记管理部门代码。", "The first character of a credit code is a registering authority.");

    public static readonly Flaw WrongRegistry = new(
        "credit-code.registry-region", "统一社会信用代码第3至8位须为登记管理机关行政区划码，6位数字。",
        "Characters 3 to 8 of a credit code are the six digits of the registry's region.");

    public static readonly Flaw WrongCheck = new(
        "credit-code.check-character", "统一社会信用代码校验码错误。", "The check character of the credit code is wrong.");

    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    // 登记管理部门 → its 机构类别
    private static readonly FrozenDictionary<char, string> categories = new Dictionary<char, string>
    {
        ['1'] = "1239",     // 机构编制
        ['2'] = "19",       // 外交
        ['3'] = "123459",   // 司法行政
        ['4'] = "19",       // 文化
        ['5'] = "1239",     // 民政
        ['6'] = "129",      // 旅游
        ['7'] = "129",      // 宗教
        ['8'] = "19",       // 工会
        ['9'] = "123",      // 工商
        ['A'] = "19",       // 中央军委改革和编制办公室
        ['N'] = "1239",     // 农业
        ['Y'] = "1",        // 其他
    }.ToFrozenDictionary();

    private readonly string text;

    private CreditCode(string text) => this.text = text;

    /// <summary>Whether the standard has the kind of organisation (机构类别) under this authority.</summary>
    public bool CategoryKnown => categories.TryGetValue(text[0], out var kinds) && kinds.Contains(text[1]);

    /// <summary>行政区划码 of the registry, as written; <c>100000</c> is the national registry.</summary>
    public string RegistryRegion => text[2..8];

    public bool RegistryRegionKnown => RegistryRegion is "100000" || Regions.Find(RegistryRegion) is not null;

    /// <summary>Whether the organisation code (组织机构代码) in characters 9 to 17 has the check character of GB 11714.</summary>
    public bool OrganisationCheckHolds => text[16] == OrganisationCheck(text.AsSpan(8, 8));

    public static CreditCode Parse(string text) =>
        FlawOf(text) is { } flaw ? throw new InvalidValueException(flaw) : new CreditCode(text);

    public static CreditCode Stored(string text) => new(text);

    public override string ToString() => text;

    private static Flaw? FlawOf(string text) => text switch
    {
        { Length: not 18 } => WrongLength,
        _ when !text.All(Alphabet.Contains) => WrongAlphabet,
        _ when !categories.ContainsKey(text[0]) => UnknownAuthority,
        _ when !text[2..8].All(char.IsAsciiDigit) => WrongRegistry,
        _ when text[17] != Check(text.AsSpan(0, 17)) => WrongCheck,
        _ => null,
    };

    private static char Check(ReadOnlySpan<char> text)
    {
        var (sum, weight) = (0, 1);
        foreach (var c in text)
        {
            sum += Alphabet.IndexOf(c) * weight;
            weight = weight * 3 % 31;
        }

        return Alphabet[(31 - sum % 31) % 31];
    }

    private static char OrganisationCheck(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<int> weights = [3, 7, 9, 10, 5, 8, 4, 2];
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
            sum += (char.IsAsciiDigit(text[i]) ? text[i] - '0' : text[i] - 'A' + 10) * weights[i];
        return "0X987654321"[sum % 11];
    }
}
