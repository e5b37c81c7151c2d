using System.Text.Json;
using System.Text.Json.Nodes;

namespace Trading.Log;

/// <summary>
/// What of a public event never stands in the log, for the log forgets nothing: contacts, names of natural persons in their office, and
/// the original wording, in which anything may stand. The leaf commits to each by a salted digest of its own, <c>{"sd":"…"}</c>; whoever
/// is shown the value and its salt can check it against the log (personal information protection law, 个人信息保护法 第六条、第四十七条).
/// </summary>
public static class PersonalData
{
    private static readonly string[] anywhere = ["contact", "projectLeader"];

    private static readonly string[] places =
        ["/notice/text", "/notice/html", "/notice/sha256", "/notice/disclosure/secrecyReview/reviewer"];

    /// <summary>The event's data with commitments in the place of what is personal.</summary>
    /// <param name="salt">The event's own; each place gets another out of it.</param>
    public static JsonNode Committed(JsonElement data, string salt) => Committed("", JsonSerializer.SerializeToNode(data)!, salt);

    /// <summary>The opening of the commitment at a place of the event's data, such as <c>/initiator/contact</c>.</summary>
    public static string Opening(string salt, string path, JsonElement value) =>
        Commitment.Opening(Commitment.SaltFor(salt, path), path[(path.LastIndexOf('/') + 1)..], value);

    private static JsonNode Committed(string path, JsonNode node, string salt) => node switch
    {
        JsonObject members => new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, Member($"{path}/{m.Key}", m.Key, m.Value, salt)))),
        JsonArray items => new JsonArray([.. items.Select((item, i) => item is null ? null : Committed($"{path}/{i}", item, salt))]),
        _ => node.DeepClone(),
    };

    private static JsonNode? Member(string path, string name, JsonNode? value, string salt) =>
        value is null ? null
        : anywhere.Contains(name) || places.Contains(path)
            ? new JsonObject { ["sd"] = Commitment.Digest(Opening(salt, path, JsonSerializer.SerializeToElement(value))) }
            : Committed(path, value, salt);
}
