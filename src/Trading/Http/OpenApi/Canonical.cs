using System.Text.Json;
using System.Text.Json.Nodes;

namespace Trading.Http.OpenApi;

/// <summary>One form for one content, so that a difference between two documents is a difference between two contracts.</summary>
public static class Canonical
{
    /// <summary>
    /// Takes out what only NSwag's own tools understand, what stands beside a reference, where nothing may stand, and the point from whole numbers.
    /// </summary>
    public static void Clean(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject o:
                foreach (var key in o.Select(member => member.Key).Where(key => key.StartsWith("x-", StringComparison.Ordinal)).ToList()) o.Remove(key);
                if (o["format"] is JsonValue format && format.TryGetValue<string>(out var form) && form is "guid") o["format"] = "uuid";
                if (o["$ref"] is JsonValue reference)
                {
                    o.Clear();
                    o["$ref"] = reference;
                }

                foreach (var (name, value) in o.ToList())
                    if (value is JsonValue number && number.GetValueKind() is JsonValueKind.Number && number.GetValue<decimal>() is var exact && exact == decimal.Truncate(exact))
                        o[name] = (long)exact;
                    else
                        Clean(value);
                break;
            case JsonArray a:
                foreach (var item in a) Clean(item);
                break;
        }
    }

    /// <summary>Every operation says whether it asks for a token; NSwag keeps silent where it asks for none.</summary>
    public static void SayWhatIsOpen(JsonObject document)
    {
        foreach (var (_, path) in document["paths"]!.AsObject())
            foreach (var (_, operation) in path!.AsObject())
                operation!["security"] ??= new JsonArray();
    }

    /// <summary>Paths and components by name; within them the order stays, for it is that of the source.</summary>
    public static JsonObject Sorted(JsonObject document, IReadOnlyList<string> topLevel)
    {
        var sorted = new JsonObject();
        foreach (var name in topLevel) sorted[name] = document[name]?.DeepClone();
        sorted["paths"] = ByName(sorted["paths"]!.AsObject());
        var components = ByName(sorted["components"]!.AsObject());
        foreach (var kind in components.Select(c => c.Key).ToList()) components[kind] = ByName(components[kind]!.AsObject());
        sorted["components"] = components;
        return sorted;
    }

    private static JsonObject ByName(JsonObject o) =>
        new(o.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
}
