using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Vault;

/// <summary>
/// 密封: takes what is personal out of a fact and leaves digests in its place, each under a salt that stands in the opening alone, so that
/// nobody can guess the value once the opening is gone (RFC 9901 §4.2.1).
/// </summary>
public static class Sealing
{
    private const string Mark = "~";   // no member of ours begins so
    private static readonly JsonSerializerOptions marked = Marked();

    /// <summary>The fact as it is recorded, and the openings that give back what it was. A fact that is sealed already stays as it is.</summary>
    public static (INoticed Fact, IReadOnlyList<string> Openings) Of(INoticed fact)
    {
        var type = fact.GetType();
        var json = JsonSerializer.SerializeToNode(fact, type, marked)!;
        var openings = new List<string>();
        Seal(json, openings);
        return openings.Count is 0 ? (fact, openings) : ((INoticed)json.Deserialize(type, WireJson.Stored)!, openings);
    }

    private static void Seal(JsonNode? node, List<string> openings)
    {
        switch (node)
        {
            case JsonArray items:
                foreach (var item in items) Seal(item, openings);
                break;
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    if (!name.StartsWith(Mark, StringComparison.Ordinal))
                    {
                        Seal(value, openings);
                        continue;
                    }

                    members.Remove(name);
                    var opening = Commitment.Opening(Commitment.NewSalt(), name[Mark.Length..], JsonSerializer.SerializeToElement(value));
                    openings.Add(opening);
                    Keep(members, Commitment.Digest(opening));
                }

                break;
        }
    }

    private static void Keep(JsonObject members, string digest)
    {
        var digests = (members[Sealable.Member]?.AsArray().Select(d => (string)d!) ?? []).Append(digest).Order(StringComparer.Ordinal);
        members[Sealable.Member] = new JsonArray([.. digests.Select(d => JsonValue.Create(d))]);
    }

    private static JsonSerializerOptions Marked()
    {
        var options = WireJson.ApplyStored(new JsonSerializerOptions());
        ((DefaultJsonTypeInfoResolver)options.TypeInfoResolver!).Modifiers.Add(static type =>
        {
            foreach (var property in type.Properties.Where(PersonalAttribute.IsOn)) property.Name = Mark + property.Name;
        });
        return options;
    }
}
