using System.Text.Json.Nodes;

namespace Trading.Tests.Ocds;

/// <summary>How OCDS objects are compared and looked into.</summary>
internal static class Told
{
    public static readonly Uri Service = new("https://trading.example.org/");

    private static readonly string[] OfReleases = ["ocid", "id", "date", "tag", "initiationType", "language"];

    /// <summary>What a compiled release says of the process, in a form in which the order of members and of items with ids means nothing.</summary>
    public static string Contents(JsonObject compiled)
    {
        var contents = compiled.DeepClone().AsObject();
        foreach (var name in OfReleases) contents.Remove(name);
        return Sorted(contents)!.ToJsonString();
    }

    /// <summary>Where two contents differ.</summary>
    public static string Apart(JsonObject one, JsonObject other)
    {
        var (left, right) = (Lines("", JsonNode.Parse(Contents(one))).ToHashSet(), Lines("", JsonNode.Parse(Contents(other))).ToHashSet());
        return string.Join('\n', left.Except(right).Select(line => $"- {line}").Concat(right.Except(left).Select(line => $"+ {line}")));
    }

    private static IEnumerable<string> Lines(string path, JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => Lines($"{path}/{m.Key}", m.Value)),
        JsonArray items => items.SelectMany(item => Lines($"{path}/{(item is JsonObject o ? o["id"] : null)}", item)),
        _ => [$"{path} = {node?.ToJsonString()}"],
    };

    /// <summary>What a versioned release says that was known at the date of a release.</summary>
    public static JsonNode? AsOf(JsonNode? versioned, string date) => versioned switch
    {
        JsonArray values when values.Count > 0 && values.All(value => value is JsonObject o && o["releaseID"] is JsonValue) =>
            values.LastOrDefault(value => string.CompareOrdinal((string)value!["releaseDate"]!, date) <= 0)?["value"]?.DeepClone(),
        JsonArray items => new JsonArray([.. items.Select(item => AsOf(item, date)).Where(item => item is JsonObject { Count: > 1 })]) is { Count: > 0 } some ? some : null,
        JsonObject members => new JsonObject(
            members.Select(m => KeyValuePair.Create(m.Key, m.Value is JsonValue id ? id.DeepClone() : AsOf(m.Value, date))).Where(m => m.Value is not null)) is { Count: > 0 } some ? some : null,
        _ => versioned?.DeepClone(),
    };

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => KeyValuePair.Create(m.Key, Sorted(m.Value)))),
        JsonArray items when items.All(item => item is JsonObject o && o["id"] is JsonValue) => new JsonArray([.. items.OrderBy(item => (string)item!["id"]!, StringComparer.Ordinal).Select(Sorted)]),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
