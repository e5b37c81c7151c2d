using System.Text.Json.Nodes;
using Trading.Kernel;

namespace Trading.Tests.Harness;

/// <summary>
/// What the service shows until it is erased and the log only commits to: contacts, project leaders, original wordings. It is left out on both
/// sides of a comparison, the digests on the one and the values on the other.
/// </summary>
internal static class Withheld
{
    private static readonly string[] persons = ["contact", "projectLeader"];
    private static readonly string[] wordings = ["/text", "/html", "/sha256"];

    public static JsonNode Without(JsonNode node) => Without("", node);

    private static JsonNode Without(string path, JsonNode node) => node switch
    {
        JsonObject members => new JsonObject(members.Where(m => !Is($"{path}/{m.Key}", m.Key))
            .Select(m => KeyValuePair.Create(m.Key, m.Value is null ? null : Without($"{path}/{m.Key}", m.Value)))),
        JsonArray items => new JsonArray([.. items.Select((item, i) => item is null ? null : Without($"{path}/{i}", item))]),
        _ => node.DeepClone(),
    };

    private static bool Is(string path, string name) => name is Sealable.Member || persons.Contains(name) || wordings.Contains(path);
}
