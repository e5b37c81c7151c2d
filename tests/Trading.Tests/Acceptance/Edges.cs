using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsCheck;

namespace Trading.Tests.Acceptance;

/// <summary>Values at the edges of each type that a body may hold, and a few beyond, which the validators are to refuse.</summary>
internal static partial class Edges
{
    private static readonly string[] Characters =
    [
        "校", "示例", "a", "Z", "9", " ", "\t", "\n", "𠀀", "𰻞", "😀", "👩‍👩‍👧‍👦", "🇨🇳", "é", "e\u0301", "\u0958", "각", "\uFDFA", "ﬁ", "①", "Ａ", "㎡", "㍻", "İ", "ß", "ς", "ʼn", "\u200B", "\u200D", "\u2060", "\uFEFF", "\u00AD", "\uFE0F", "\U000E0101",
        "\u202E", "\u2066", "\u2069", "\u200F", "\uFFFD", "\uFFFE", "\uFFFF", "\U0010FFFF", "\uE000", "\u2028", "\u3000", "‖", "|", "\"", "\\", "'", "`", "<", ">", "&", "</script>", "{0}", "${x}", "%00", "null", "-- ", "零〇○", "龘", "ـ", "ا\u064B", "กำ", "\u0F00\u0F71\u0F72",
    ];

    private static readonly Gen<int> Length = Gen.Frequency<int>((12, Gen.Int[1, 6]), (6, Gen.Int[7, 60]), (2, Gen.OneOf(99, 100, 199, 200)), (2, Gen.OneOf(299, 300, 301)), (1, Gen.OneOf(599, 600, 1_000, 1_001)), (1, Gen.Int[1_000, 4_000]));

    private static readonly Gen<string> Text = Gen.Frequency<string>(
        (4, Gen.Select(Gen.OneOf<string>(Characters).Array[1, 5], Length, (parts, length) => Cut(string.Concat(Enumerable.Repeat(string.Concat(parts), (length / parts.Length) + 1)), length))),
        (1, Gen.OneOf<string>(Characters)));

    private static readonly Gen<string> Offset = Gen.OneOf("Z", "+00:00", "-00:00", "+08:00", "+14:00", "-14:00", "-12:00", "+05:45", "-03:30", "+13:59");

    private static readonly Gen<string> Day = Gen.Frequency<string>(
        (3, Gen.OneOf("1900-01-02", "1900-01-03", "2200-12-29", "2200-12-30", "2000-02-29", "2024-02-29", "2100-02-28", "1999-12-31", "2040-01-01", "1970-01-01")),
        (1, Gen.OneOf("1900-01-01", "2200-12-31", "0001-01-01", "9999-12-31", "2023-02-29")),
        (3, Gen.Select(Gen.Int[1900, 2200], Gen.Int[1, 12], Gen.Int[1, 28], (year, month, day) => string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}"))),
        (3, Gen.Select(Gen.Int[1, 3], Gen.Int[1, 28], (month, day) => string.Create(CultureInfo.InvariantCulture, $"2026-{month:00}-{day:00}"))));

    private static readonly Gen<string> Clock = Gen.OneOf("00:00:00", "23:59:59", "23:59:59.9999999", "00:00:00.0000001", "12:00:00.123456", "09:30:00.5", "16:00:00", "15:59:59.999999");

    private static readonly Gen<string> Time = Gen.Select(Day, Clock, Offset, (day, clock, offset) => $"{day}T{clock}{offset}");

    private static readonly Gen<string> Amount = Gen.Frequency<string>(
        (3, Gen.OneOf("0", "0.0", "0.000000", "0.000001", "0.01", "1", "1.000000", "99999999999999", "99999999999999.999999", "10000000000000", "33333333333333.333333", "9007199254740993", "4294967296")),
        (1, Gen.OneOf("100000000000000", "0.0000001", "-1", "1e3", "00", ".5")),
        (3, Gen.Select(Gen.Long[0, 99_999_999_999_999], Gen.Int[0, 6], Gen.Int[0, 999_999], (whole, digits, rest) =>
            whole.ToString(CultureInfo.InvariantCulture) + (digits is 0 ? "" : "." + rest.ToString("000000", CultureInfo.InvariantCulture)[..digits]))));

    private static readonly Gen<int> Count = Gen.OneOf(1, 2, 365, 36_499, 36_500, 36_501, 0, int.MaxValue, -1);

    private static readonly Gen<string> Address = Gen.OneOf(
        "http://例子.中国/公告.html", "https://example.org/" + new string('a', 1_900), "http://[::1]:8080/a?b=c#d", "https://example.org/%E5%85%AC?q=a%20b&c=<>\"", "HTTP://EXAMPLE.ORG", "https://u:p@example.org/", "https://example.org/a b",
        "http://xn--fsqu00a.xn--fiqs8s/", "https://example.org:65535/", "ftp://example.org/", "//example.org", "https://ex_ample.org/", "https://example.org/𠀀");

    /// <summary>Another value for one that is accepted, of its kind.</summary>
    public static Gen<JsonNode?> Like(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => Like((string)node!).Select(text => (JsonNode?)JsonValue.Create(text)),
        JsonValueKind.Number => Count.Select(number => (JsonNode?)JsonValue.Create(number)),
        JsonValueKind.True or JsonValueKind.False => Gen.Bool.Select(value => (JsonNode?)JsonValue.Create(value)),
        _ => Gen.Bool.Select(_ => (JsonNode?)null),
    };

    /// <summary>What every posting may say besides its own.</summary>
    public static Gen<(string Member, JsonNode? Value)> Extra { get; } = Gen.OneOf<(string Member, JsonNode? Value)>(
        Text.Select(text => ("title", (JsonNode?)text)),
        Text.Select(text => ("text", (JsonNode?)text)),
        Gen.Select(Text, Gen.OneOf("<p>{0}</p>", "<table><tr><td>{0}", "<b><i>{0}</b></i>", "<a href='//x'>{0}</a>", "{0}", "<p style='color:red'>{0}<br>"), (text, form) => ("html", (JsonNode?)form.Replace("{0}", text, StringComparison.Ordinal))),
        Address.Select(address => ("sourceUrl", (JsonNode?)address)),
        Text.Array[1, 3].Select(media => ("media", (JsonNode?)new JsonArray([.. media.Select(each => (JsonNode)each)]))),
        Gen.Select(Text, Text, Address, Gen.OneOf(0L, 1L, 9_007_199_254_740_991, 9_007_199_254_740_992, long.MaxValue), (name, kind, url, size) => ("attachments", (JsonNode?)new JsonArray(new JsonObject
        {
            ["name"] = name, ["kind"] = Cut(kind, 100), ["mediaType"] = "application/pdf", ["size"] = size, ["sha256"] = new string('0', 64), ["url"] = url,
        }))),
        Gen.OneOf("active", "on-request", "withheld").Select(attribute => ("disclosure/attribute", (JsonNode?)attribute)));

    private static Gen<string> Like(string text) => text switch
    {
        _ when IsTime().IsMatch(text) => Time,
        _ when IsDay().IsMatch(text) => Day,
        _ when IsMonth().IsMatch(text) => Gen.OneOf("2000-01", "2099-12", "2026-02", "1999-12", "2100-01", "9999-12"),
        _ when IsAmount().IsMatch(text) => Amount,
        _ when IsCode().IsMatch(text) => Gen.Const(text),
        _ when text.StartsWith("http", StringComparison.Ordinal) => Address,
        _ => Text,
    };

    /// <summary>Not through the middle of a character that is written with two.</summary>
    private static string Cut(string text, int length) =>
        text.Length <= length ? text : char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT")]
    private static partial Regex IsTime();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d\z")]
    private static partial Regex IsDay();

    [GeneratedRegex(@"^\d{4}-\d\d\z")]
    private static partial Regex IsMonth();

    [GeneratedRegex(@"^\d+(\.\d+)?\z")]
    private static partial Regex IsAmount();

    /// <summary>Codes, ids and the words of closed sets, which stand as they are so that most of what is tried is accepted.</summary>
    [GeneratedRegex(@"^([0-9A-Z]{18}|[0-9]{6}|[A-Z][0-9]{2}|[0-9a-f-]{36}|[a-z]+(-[a-z]+)*|[0-9]{3}|[0-9]{4}-[0-9-]+)\z")]
    private static partial Regex IsCode();
}
