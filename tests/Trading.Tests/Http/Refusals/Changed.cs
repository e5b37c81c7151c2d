using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Trading.Tests.Http.Refusals;

/// <summary>Bodies that were accepted, changed by chance.</summary>
internal static class Changed
{
    /// <summary>Values that stand where others are expected, as JSON.</summary>
    public static readonly string[] Odd =
    [
        "null", "true", "-1", "0", "1e308", "1e-400", "9223372036854775808", "\"\"", "\" \"", "[]", "{}", "[[]]", "[null]", "\"\\u0000\"", "\"half a pair\"", "\"\\u202e\"", "\"😀\"",
        "\"<script>alert(1)</script>\"", "\"'; drop table events.mt_events; --\"", "\"{0}\"", "\"%s%n\"", "\"../../etc/passwd\"", "\"2026-02-29\"",
        "\"2026-06-01T09:00:00+08:00\"", "\"0001-01-01T00:00:00+14:00\"", "\"001\"", "\"91420500MA4AAAA17B\"", "{\"form\":\"amount\",\"amount\":\"1\"}", "{\"__proto__\":1}",
        "{\"$type\":\"System.Object\"}", "{\"$ref\":\"1\"}", "\"open\"", "\"engineering\"", "\"01900000-0000-7000-8000-000000000001\"",
    ];

    public static byte[] Body(string body, Random chance)
    {
        var text = JsonNode.Parse(body)!.ToJsonString();
        for (var times = chance.Next(1, 3); times > 0; times--)
            text = chance.Next(6) is 0 ? Torn(text, chance) : Replaced(text, chance);
        var bytes = Encoding.UTF8.GetBytes(text.Replace("half a pair", "\\ud83d", StringComparison.Ordinal));
        if (bytes.Length > 0 && chance.Next(8) is 0) bytes[chance.Next(bytes.Length)] = (byte)chance.Next(256);
        return bytes;
    }

    /// <summary>One value of the document becomes another, or goes, or comes twice.</summary>
    private static string Replaced(string text, Random chance)
    {
        JsonNode root;
        try
        {
            if (JsonNode.Parse(text) is not { } parsed) return text;
            root = parsed;
            var places = Places(root).ToList();
            if (places.Count is 0) return text;
            var (parent, key) = places[chance.Next(places.Count)];
            var odd = JsonNode.Parse(Odd[chance.Next(Odd.Length)]);
            switch (parent)
            {
                case JsonObject members when chance.Next(6) is 0: members.Remove(key); break;
                case JsonObject members: members[key] = odd; break;
                case JsonArray items when chance.Next(4) is 0: items.Add(items[0]?.DeepClone()); break;
                case JsonArray items: items[int.Parse(key, CultureInfo.InvariantCulture)] = odd; break;
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException or InvalidOperationException)
        {
            return text;   // torn before
        }

        return root.ToJsonString();
    }

    private static IEnumerable<(JsonNode Parent, string Key)> Places(JsonNode? node) => node switch
    {
        JsonObject members => members.ToList().SelectMany(m => Places(m.Value).Prepend((members, m.Key))),
        JsonArray items => items.ToList().SelectMany((item, i) => Places(item).Prepend((items, i.ToString(CultureInfo.InvariantCulture)))),
        _ => [],
    };

    /// <summary>Characters are taken out or put in anywhere.</summary>
    private static string Torn(string text, Random chance)
    {
        if (text.Length < 2) return text;
        var at = chance.Next(text.Length - 1);
        return chance.Next(2) is 0
            ? text.Remove(at, Math.Min(chance.Next(1, 8), text.Length - at))
            : text.Insert(at, "{}[]\",:\\0e-"[chance.Next(11)].ToString());
    }
}
