using System.Globalization;
using System.Text.Json.Nodes;

namespace Trading.Ocds.Merging;

/// <summary>Compiled releases: of every field its last value, in the order of the releases' dates (OCDS 1.1.5, "Merging").</summary>
public static class Compiling
{
    /// <param name="releases">Of one contracting process, at least one.</param>
    public static JsonObject Compile(this MergeRules rules, IReadOnlyList<JsonObject> releases)
    {
        var ordered = InOrder(releases);
        var last = ordered[^1];
        var merged = new JsonObject();
        foreach (var release in ordered) rules.Into(merged, Kept(rules, release), "");
        var compiled = new JsonObject
        {
            ["ocid"] = last["ocid"]!.DeepClone(),
            ["id"] = $"{(string)last["ocid"]!}-{(string)last["date"]!}",
            ["date"] = last["date"]!.DeepClone(),
            ["tag"] = new JsonArray("compiled"),
        };
        foreach (var (name, value) in merged.Where(member => member.Key is not "ocid")) compiled[name] = value?.DeepClone();
        return compiled;
    }

    /// <summary>By their dates as moments; those of one moment stay as they stand.</summary>
    internal static IReadOnlyList<JsonObject> InOrder(IReadOnlyList<JsonObject> releases) =>
        [.. releases.OrderBy(release => DateTimeOffset.Parse((string)release["date"]!, CultureInfo.InvariantCulture))];

    internal static JsonObject Kept(MergeRules rules, JsonObject release) =>
        new(release.Where(member => !rules.Omitted.Contains(member.Key)).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));

    /// <summary>Whether a list is one value: it holds something other than objects, or the schema says so.</summary>
    internal static bool IsValue(this MergeRules rules, JsonArray list, string path) =>
        list.Any(item => item is not JsonObject) || rules.WholeLists.Contains(path);

    internal static string Under(string path, string name) => path.Length is 0 ? name : $"{path}/{name}";

    /// <summary>The item with the same <c>id</c>; without one, nothing is the same.</summary>
    internal static JsonObject? Same(JsonArray list, JsonObject item) => item["id"] is not { } id
        ? null
        : list.OfType<JsonObject>().FirstOrDefault(other => JsonNode.DeepEquals(other["id"], id));

    private static void Into(this MergeRules rules, JsonObject output, JsonObject input, string path)
    {
        foreach (var (name, value) in input)
        {
            var at = Under(path, name);
            switch (value)
            {
                case null:
                    output.Remove(name);
                    break;
                case JsonObject members:
                    var inner = output[name] as JsonObject ?? [];
                    rules.Into(inner, members, at);
                    Keep(output, name, inner, inner.Count);
                    break;
                case JsonArray list when !rules.IsValue(list, at):
                    var items = output[name] as JsonArray ?? [];
                    rules.Into(items, list, at);
                    Keep(output, name, items, items.Count);
                    break;
                default:
                    output[name] = value!.DeepClone();
                    break;
            }
        }
    }

    private static void Into(this MergeRules rules, JsonArray output, JsonArray input, string path)
    {
        foreach (var item in input.OfType<JsonObject>())
        {
            if (Same(output, item) is { } same)
            {
                rules.Into(same, item, path);
                continue;
            }

            var added = new JsonObject();
            rules.Into(added, item, path);
            if (added.Count > 0) output.Add(added);
        }
    }

    /// <summary>What holds nothing any more is not kept, as if it had never been given.</summary>
    private static void Keep(JsonObject output, string name, JsonNode inner, int members)
    {
        if (members is 0) output.Remove(name);
        else if (inner.Parent is null) output[name] = inner;
    }
}
