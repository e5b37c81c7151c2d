using System.Text.Json.Nodes;
using Trading.Tests.Harness;

namespace Trading.Tests.Contracts;

/// <summary>An example with one thing changed, and whether the schema still allows it.</summary>
/// <param name="Name">Where and what, such as <c>/lots/0/title: null</c>.</param>
public sealed record Variation(string Name, JsonNode Body, bool IsAllowed)
{
    /// <summary>Every example that differs from this one by what the schema says of one place in it.</summary>
    public static IEnumerable<Variation> Of(OpenApiContract contract, JsonNode schema, JsonNode example) =>
        At(contract, schema, example, [], example).Select(v => new Variation(v.Name, v.Body, v.IsAllowed));

    private static IEnumerable<Variation> At(OpenApiContract contract, JsonNode? told, JsonNode value, object[] path, JsonNode whole)
    {
        var schema = Case(contract, told, value);
        foreach (var (what, changed, isAllowed) in value switch
        {
            JsonObject => [("another-member", Added(value, "anotherMember", "x"), false)],
            JsonArray a => List(schema, a),
            _ => Scalar(schema, value),
        })
            yield return new($"{Pointer(path)}: {what}", Put(whole, path, changed), isAllowed);

        if (value is JsonArray { Count: > 0 } items)
        {
            foreach (var inner in At(contract, schema["items"], items[0]!, [.. path, 0], whole)) yield return inner;
        }
        else if (value is JsonObject o)
        {
            var required = schema["required"]?.AsArray().Select(name => (string)name!).ToHashSet() ?? [];
            foreach (var (name, member) in schema["properties"]!.AsObject())
            {
                object[] there = [.. path, name];
                yield return new($"{Pointer(there)}: null", Put(whole, path, Added(o, name, null)), (bool?)member!["nullable"] is true);
                if (o[name] is not { } given) continue;
                yield return new($"{Pointer(there)}: absent", Put(whole, path, Without(o, name)), !required.Contains(name));
                foreach (var inner in At(contract, member, given, there, whole)) yield return inner;
            }
        }
    }

    private static IEnumerable<(string What, JsonNode? Value, bool IsAllowed)> List(JsonNode schema, JsonArray items)
    {
        yield return ("no items", new JsonArray(), (int?)schema["minItems"] is null or 0);
        yield return ("a null item", new JsonArray([null]), false);
        yield return ("no list", "x", false);
        if ((int?)schema["maxItems"] is { } most && items.Count > 0)
            yield return ("too many items", new JsonArray([.. Enumerable.Range(0, most + 1).Select(_ => items[0]!.DeepClone())]), false);
    }

    private static IEnumerable<(string What, JsonNode? Value, bool IsAllowed)> Scalar(JsonNode schema, JsonNode value)
    {
        switch ((string?)schema["type"])
        {
            case "string":
                var isFree = schema["pattern"] is null && schema["format"] is null && schema["enum"] is null;
                yield return ("a number", 1, false);
                yield return ("no text", "", isFree && schema["minLength"] is null);
                if (!isFree) yield return ("another form", "§", false);
                if ((int?)schema["maxLength"] is { } longest)
                {
                    yield return ("too long", new string('x', longest + 1), false);
                    if (isFree) yield return ("as long as may be", new string('x', longest), true);
                }

                foreach (var one in schema["enum"]?.AsArray() ?? []) yield return ((string)one!, one!.DeepClone(), true);
                break;
            case "integer":
                yield return ("text", value.ToJsonString(), false);
                yield return ("a fraction", 1.5, false);
                if ((int?)schema["minimum"] is { } least) yield return ("too little", least - 1, false);
                if ((int?)schema["maximum"] is { } most)
                {
                    yield return ("too much", most + 1, false);
                    yield return ("as much as may be", most, true);
                }

                break;
            case "boolean":
                yield return ("text", "true", false);
                break;
        }
    }

    /// <summary>The schema that stands for this value, behind references and among cases.</summary>
    private static JsonNode Case(OpenApiContract contract, JsonNode? told, JsonNode value)
    {
        var schema = contract.Resolve(told?["allOf"]?[0] ?? told)!;
        return schema["discriminator"] is { } discriminator
            ? contract.Resolve(new JsonObject { ["$ref"] = (string)discriminator["mapping"]![(string)value[(string)discriminator["propertyName"]!]!]! })!
            : schema;
    }

    private static JsonObject Added(JsonNode o, string name, JsonNode? value)
    {
        var added = o.DeepClone().AsObject();
        added[name] = value;
        return added;
    }

    private static JsonObject Without(JsonObject o, string name)
    {
        var without = o.DeepClone().AsObject();
        without.Remove(name);
        return without;
    }

    private static JsonNode Put(JsonNode whole, object[] path, JsonNode? value)
    {
        if (path is []) return value!;
        var copy = whole.DeepClone();
        var parent = path[..^1].Aggregate(copy, (at, step) => step is int i ? at[i]! : at[(string)step]!);
        if (path[^1] is int index) parent[index] = value;
        else parent[(string)path[^1]] = value;
        return copy;
    }

    private static string Pointer(object[] path) => string.Concat(path.Select(step => $"/{step}"));
}
