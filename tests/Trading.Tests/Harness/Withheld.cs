using System.Text.Json;
using System.Text.Json.Nodes;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Tests.Harness;

/// <summary>
/// What the service shows until it is erased and the log only commits to: contacts, project leaders, evaluators, original wordings. It is left
/// out on both sides of a comparison, the digests on the one and the values on the other.
/// </summary>
internal static class Withheld
{
    /// <summary>Everything that any part of an event marks as personal, by its name on the wire; the wordings, whose names others bear too, by their paths.</summary>
    private static readonly HashSet<string> persons =
    [
        .. from type in typeof(Sealable).Assembly.GetTypes()
           where type.IsSubclassOf(typeof(Sealable)) && type != typeof(Notice)
           from property in type.GetProperties()
           where property.IsDefined(typeof(PersonalAttribute), inherit: false)
           select JsonNamingPolicy.CamelCase.ConvertName(property.Name),
    ];

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
