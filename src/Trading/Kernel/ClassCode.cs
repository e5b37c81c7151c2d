using System.Collections.Frozen;
using System.Text.Json.Serialization;

namespace Trading.Kernel;

/// <summary>
/// 公共资源交易分类, C3: a letter for the category, two digits for the kind (公共资源交易平台系统数据规范). Construction is A in
/// version 1 and G in version 2. Any number is accepted under a known letter, since localities add their own.
/// </summary>
[JsonConverter(typeof(WrittenConverter<ClassCode>))]
public sealed record ClassCode : IWritten<ClassCode>
{
    public static readonly Flaw WrongForm = new(
        "class-code.form", "公共资源交易分类代码须为1位大写字母和2位数字。", "A class code is a capital letter and two digits.");

    public static readonly Flaw UnknownLetter = new(
        "class-code.letter", "公共资源交易分类代码的首字母须为A、B、C、D、E、G或Z。", "A class code begins with A, B, C, D, E, G or Z.");

    // The letter of 国有产权 is provisional: no text of the standard at hand names it.
    private static readonly FrozenDictionary<char, TradeCategory> letters = new Dictionary<char, TradeCategory>
    {
        ['A'] = TradeCategory.Engineering,
        ['G'] = TradeCategory.Engineering,
        ['B'] = TradeCategory.Land,
        ['C'] = TradeCategory.Mineral,
        ['D'] = TradeCategory.Procurement,
        ['E'] = TradeCategory.Property,
        ['Z'] = TradeCategory.Other,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> construction = new Dictionary<string, string>
    {
        ["01"] = "房屋建筑",
        ["02"] = "市政",
        ["03"] = "公路",
        ["04"] = "铁路",
        ["05"] = "民航",
        ["06"] = "水运",
        ["07"] = "水利",
        ["08"] = "能源",
        ["09"] = "邮电通信",
        ["10"] = "桥梁",
        ["11"] = "城市轨道",
        ["12"] = "矿产冶金",
        ["13"] = "信息网络",
        ["14"] = "工业制造",
        ["99"] = "其他工程",
    }.ToFrozenDictionary();

    private readonly string text;

    private ClassCode(string text) => this.text = text;

    public TradeCategory Category => letters.GetValueOrDefault(text[0], TradeCategory.Other);

    public ClassCodeVersion Version => text switch
    {
        "A97" or "A98" => ClassCodeVersion.Local,
        ['A', ..] => ClassCodeVersion.V1,
        ['G', ..] => ClassCodeVersion.V2,
        ['E' or 'Z', ..] => ClassCodeVersion.Local,
        _ => ClassCodeVersion.Either,
    };

    /// <summary>Null where the number's meaning is not known.</summary>
    public string? Name => text switch
    {
        "A97" => "海洋渔港",
        "A98" => "园林绿化",
        ['A' or 'G', .. var number] => construction.GetValueOrDefault(number),
        "C01" => "探矿权",
        "C02" => "采矿权",
        "D01" => "货物",
        "D02" => "工程",
        "D03" => "服务",
        _ => null,
    };

    /// <summary>Those whose meaning is known, in the order of their text.</summary>
    public static IReadOnlyList<ClassCode> Known { get; } =
    [
        .. from letter in letters.Keys.Order()
           from number in Enumerable.Range(1, 99)
           let code = new ClassCode($"{letter}{number:00}")
           where code.Name is not null
           select code,
    ];

    public static ClassCode Parse(string text) => text switch
    {
        not [>= 'A' and <= 'Z', >= '0' and <= '9', >= '0' and <= '9'] => throw new InvalidValueException(WrongForm),
        _ when !letters.ContainsKey(text[0]) => throw new InvalidValueException(UnknownLetter),
        _ => new ClassCode(text),
    };

    public static ClassCode Stored(string text) => new(text);

    public override string ToString() => text;
}

/// <summary>Which version of the data standard has the code.</summary>
public enum ClassCodeVersion
{
    /// <summary>Both versions.</summary>
    Either,
    V1,
    V2,

    /// <summary>Neither: a locality's own, or provisional.</summary>
    Local,
}
