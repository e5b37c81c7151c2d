using System.Text.Json.Nodes;

namespace Trading.Tests.Harness;

/// <summary>
/// What the service shows and the log only commits to: contacts, project leaders, reviewers, original wordings. Both sides of a
/// comparison get one mark in its place, so that it is compared where something is withheld, and not what.
/// </summary>
internal static class Withheld
{
    private const string Mark = "（未载于日志）";
    private static readonly string[] persons = ["contact", "projectLeader"];
    private static readonly string[] wordings = ["/text", "/html", "/sha256"];

    /// <summary>What an event states in the feed, with marks instead of digests.</summary>
    public static JsonNode OfFeed(JsonNode node) => Map("", node, (path, value) => value is JsonObject { Count: 1 } only && only.ContainsKey("sd") ? For(Name(path)) : null);

    /// <summary>An answer of the service, with marks instead of what the feed does not tell.</summary>
    public static JsonNode OfAnswer(JsonNode node) => Map("", node, (path, _) => persons.Contains(Name(path)) || wordings.Contains(path) ? For(Name(path)) : null);

    private static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static JsonNode For(string name) => persons.Contains(name) ? new JsonObject { ["name"] = Mark } : JsonValue.Create(Mark);

    private static JsonNode Map(string path, JsonNode node, Func<string, JsonNode, JsonNode?> change) => change(path, node) ?? node switch
    {
        JsonObject members => new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, m.Value is null ? null : Map($"{path}/{m.Key}", m.Value, change)))),
        JsonArray items => new JsonArray([.. items.Select((item, i) => item is null ? null : Map($"{path}/{i}", item, change))]),
        _ => node.DeepClone(),
    };
}
