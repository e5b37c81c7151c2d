using System.Text.Json.Nodes;
using Trading.Kernel;

namespace Trading.Ocds;

/// <summary>How the members of OCDS objects are set.</summary>
internal static class Members
{
    /// <summary>What is null is not there.</summary>
    public static JsonObject Set(this JsonObject members, string name, JsonNode? value)
    {
        if (value is null) members.Remove(name);
        else members[name] = value;
        return members;
    }

    public static JsonObject Set(this JsonObject members, string name, DateTimeOffset? time) => members.Set(name, time is { } t ? Time(t) : null);

    public static JsonObject Set(this JsonObject members, string name, DateOnly? day) =>
        members.Set(name, day is { } d ? Time(LegalTime.StartOf(d)) : null);

    public static JsonObject Set(this JsonObject members, string name, IEnumerable<LotId> lots) => members.Set(name, Texts(lots.Select(lot => lot.ToString())));

    /// <summary>The object under a name, made where there is none.</summary>
    public static JsonObject At(this JsonObject members, string name)
    {
        if (members[name] is not JsonObject inner) members[name] = inner = [];
        return inner;
    }

    public static JsonArray List(this JsonObject members, string name)
    {
        if (members[name] is not JsonArray list) members[name] = list = [];
        return list;
    }

    public static IEnumerable<JsonObject> Items(this JsonObject members, string name) => members[name] is JsonArray list ? list.OfType<JsonObject>() : [];

    public static JsonObject? Find(this JsonObject members, string list, string id) => members.Items(list).FirstOrDefault(item => (string?)item["id"] == id);

    /// <summary>The item of a list with an id, made where there is none.</summary>
    public static JsonObject Item(this JsonObject members, string list, string id)
    {
        if (members.Find(list, id) is { } there) return there;
        var made = new JsonObject { ["id"] = id };
        members.List(list).Add(made);
        return made;
    }

    public static JsonArray? Texts(IEnumerable<string> texts) => texts.Select(text => (JsonNode)text).ToArray() is { Length: > 0 } all ? new JsonArray(all) : null;

    public static string Time(DateTimeOffset time) => TimeConverter.Write(LegalTime.Here(time));

    /// <summary>A copy without objects and lists that hold nothing: to the standard they are as if not given.</summary>
    public static JsonObject Pruned(this JsonObject members)
    {
        var pruned = new JsonObject();
        foreach (var (name, value) in members)
        {
            JsonNode? kept = value switch
            {
                JsonObject inner => inner.Pruned() is { Count: > 0 } some ? some : null,
                JsonArray { Count: 0 } => null,
                JsonArray list => new JsonArray([.. list.Select(item => item is JsonObject inner ? inner.Pruned() : item?.DeepClone())]),
                _ => value?.DeepClone(),
            };
            if (kept is not null) pruned[name] = kept;
        }

        return pruned;
    }
}
