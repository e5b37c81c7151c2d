using System.Text.Json.Nodes;
using Trading.Ocds.Merging;

namespace Trading.Ocds;

/// <summary>What has to be released so that merging it into one state gives another.</summary>
internal static class Differences
{
    /// <summary>Members an item is not valid without, whether they have changed or not.</summary>
    private static readonly string[] Demanded = ["id", "awardID"];

    /// <summary>
    /// Null where nothing has changed. What is gone is null; an object that is gone is one whose members are null, for the schema allows no
    /// null in its place. An item of a list is never gone: the standard cannot say it.
    /// </summary>
    public static JsonObject? Between(MergeRules rules, JsonObject before, JsonObject after, string path = "")
    {
        var changes = new JsonObject();
        foreach (var name in before.Select(m => m.Key).Union(after.Select(m => m.Key)))
        {
            var (was, now) = (before[name], after[name]);
            if (JsonNode.DeepEquals(was, now)) continue;
            var at = Compiling.Under(path, name);
            switch (was, now)
            {
                case (JsonArray old, null) when !rules.IsValue(old, at):
                    break;
                case (JsonObject old, null):
                    changes[name] = Gone(old);
                    break;
                case (_, null):
                    changes[name] = null;
                    break;
                case (JsonObject old, JsonObject current):
                    if (Between(rules, old, current, at) is { } members) changes[name] = members;
                    break;
                case (JsonArray old, JsonArray current) when !rules.IsValue(current, at):
                    if (Between(rules, old, current, at) is { Count: > 0 } items) changes[name] = items;
                    break;
                default:
                    changes[name] = now.DeepClone();
                    break;
            }
        }

        if (changes.Count is 0) return null;
        foreach (var name in Demanded.Where(after.ContainsKey)) changes[name] = after[name]!.DeepClone();
        return changes;
    }

    private static JsonArray Between(MergeRules rules, JsonArray before, JsonArray after, string path)
    {
        var changed = new JsonArray();
        foreach (var item in after.OfType<JsonObject>())
            if ((Compiling.Same(before, item) is { } was ? Between(rules, was, item, path) : item.DeepClone()) is { } released) changed.Add(released);
        return changed;
    }

    private static JsonObject Gone(JsonObject old) =>
        new(old.Select(member => KeyValuePair.Create(member.Key, member.Value is JsonObject inner ? (JsonNode)Gone(inner) : null)));
}
