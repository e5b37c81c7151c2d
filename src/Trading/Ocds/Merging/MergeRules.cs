using System.Text.Json;
using System.Text.Json.Nodes;

namespace Trading.Ocds.Merging;

/// <summary>What the release schema says of merging: everything else follows from the values themselves (OCDS 1.1.5, "Merging").</summary>
/// <param name="Omitted"><c>omitWhenMerged</c>: members of a release that are not merged.</param>
/// <param name="WholeLists">Lists of objects that are replaced as one value, by their path without positions: <c>tender/amendments/changes</c>.</param>
public sealed record MergeRules(IReadOnlySet<string> Omitted, IReadOnlySet<string> WholeLists)
{
    /// <summary>Deeper than any list of the standard lies; a schema that names itself ends here.</summary>
    private const int Deepest = 8;

    /// <param name="schema">A release schema with its definitions, extensions applied.</param>
    public static MergeRules Of(JsonObject schema)
    {
        var (omitted, whole) = (new HashSet<string>(), new HashSet<string>());
        Look(schema, "", 0);
        return new MergeRules(omitted, whole);

        void Look(JsonObject of, string path, int depth)
        {
            if (depth > Deepest) return;
            foreach (var (name, said) in of["properties"] as JsonObject ?? [])
            {
                if (said is not JsonObject) continue;
                var (member, at) = (Meant(schema, said.AsObject()), path.Length is 0 ? name : $"{path}/{name}");
                if (Says(said, "omitWhenMerged")) omitted.Add(at);
                if (!IsList(member))
                {
                    Look(member, at, depth + 1);
                    continue;
                }

                var items = member["items"] is JsonObject given ? Meant(schema, given) : [];
                if (Says(said, "wholeListMerge") || (items["properties"] is JsonObject members && members["id"] is null)) whole.Add(at);
                else Look(items, at, depth + 1);
            }
        }
    }

    private static JsonObject Meant(JsonObject schema, JsonObject said) =>
        (string?)said["$ref"] is { } reference && reference.StartsWith("#/definitions/", StringComparison.Ordinal)
            ? schema["definitions"]?[reference["#/definitions/".Length..]] as JsonObject ?? []
            : said;

    private static bool IsList(JsonObject member) => member["type"] switch
    {
        JsonArray several => several.Any(type => (string?)type is "array"),
        JsonValue one => (string?)one is "array",
        _ => false,
    };

    private static bool Says(JsonNode? member, string keyword) => member?[keyword]?.GetValueKind() is JsonValueKind.True;
}
