using System.Text.Json.Nodes;

namespace Trading.Ocds.Merging;

/// <summary>Versioned releases: of every field all its values, each with the release it comes from (OCDS 1.1.5, "Merging").</summary>
public static class Versioning
{
    /// <param name="releases">Of one contracting process, at least one.</param>
    public static JsonObject Version(this MergeRules rules, IReadOnlyList<JsonObject> releases)
    {
        var ordered = Compiling.InOrder(releases);
        var output = new JsonObject { ["ocid"] = ordered[0]["ocid"]!.DeepClone() };
        foreach (var release in ordered)
        {
            var input = Compiling.Kept(rules, release);
            input.Remove("ocid");
            rules.Into(output, input, "", release);
        }

        return output;
    }

    private static void Into(this MergeRules rules, JsonObject output, JsonObject input, string path, JsonObject release)
    {
        foreach (var (name, value) in input)
        {
            var at = Compiling.Under(path, name);
            switch (value)
            {
                case JsonObject members:
                    var inner = output[name] as JsonObject ?? [];
                    rules.Into(inner, members, at, release);
                    if (inner.Count > 0 && inner.Parent is null) output[name] = inner;
                    break;
                case JsonArray list when !rules.IsValue(list, at):
                    var items = output[name] as JsonArray ?? [];
                    rules.Into(items, list, at, release);
                    if (items.Count > 0 && items.Parent is null) output[name] = items;
                    break;
                default:
                    Append(output, name, value, release);
                    break;
            }
        }
    }

    /// <summary>The <c>id</c> by which items are told apart is kept as it is.</summary>
    private static void Into(this MergeRules rules, JsonArray output, JsonArray input, string path, JsonObject release)
    {
        foreach (var item in input.OfType<JsonObject>())
        {
            if (Compiling.Same(output, item) is not { } versions)
            {
                versions = item["id"] is { } id ? new JsonObject { ["id"] = id.DeepClone() } : [];
                output.Add(versions);
            }

            var rest = item.DeepClone().AsObject();
            rest.Remove("id");
            rules.Into(versions, rest, path, release);
        }
    }

    private static void Append(JsonObject output, string name, JsonNode? value, JsonObject release)
    {
        if (output[name] is JsonObject && value is null) return;   // the values of its members are the history, and it has none of its own
        if (output[name] is not JsonArray versions) output[name] = versions = [];
        if (versions.Count > 0 && JsonNode.DeepEquals(versions[^1]!["value"], value)) return;
        versions.Add(new JsonObject
        {
            ["releaseID"] = release["id"]!.DeepClone(),
            ["releaseDate"] = release["date"]!.DeepClone(),
            ["releaseTag"] = release["tag"]!.DeepClone(),
            ["value"] = value?.DeepClone(),
        });
    }
}
