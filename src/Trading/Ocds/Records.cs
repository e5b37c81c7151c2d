using System.Text.Json.Nodes;
using Trading.Ocds.Merging;

namespace Trading.Ocds;

/// <summary>OCDS records: the releases of a process, and what merging them gives.</summary>
internal static class Records
{
    /// <summary>With all releases, and of every field its history.</summary>
    public static JsonObject Whole(IReadOnlyList<JsonObject> releases) => new()
    {
        ["ocid"] = releases[0]["ocid"]!.DeepClone(),
        ["releases"] = new JsonArray([.. releases.Select(release => release.DeepClone())]),
        ["compiledRelease"] = PublishedRules.All.Compile(releases),
        ["versionedRelease"] = PublishedRules.All.Version(releases),
    };

    /// <summary>With links to the releases.</summary>
    public static JsonObject Linked(IReadOnlyList<JsonObject> releases, Uri service) => new()
    {
        ["ocid"] = releases[0]["ocid"]!.DeepClone(),
        ["releases"] = new JsonArray(
        [
            .. releases.Select(release => new JsonObject
            {
                ["url"] = new Uri(service, $"v1/ocds/releases/{(string)release["id"]!}#{(string)release["id"]!}").AbsoluteUri,
                ["date"] = release["date"]!.DeepClone(),
                ["tag"] = release["tag"]!.DeepClone(),
            }),
        ]),
        ["compiledRelease"] = PublishedRules.All.Compile(releases),
    };
}
