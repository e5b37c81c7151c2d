using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trading.Kernel;
using Trading.Vault;

namespace Trading.Log;

/// <summary>An event as the event table keeps it; all a leaf is made of.</summary>
/// <param name="Sequence">The number of the event table, with gaps and not in the order of commits.</param>
/// <param name="RecordedAt">UTC, to the microsecond.</param>
/// <param name="Metadata">Who, why and by which verdicts; the salts among its headers.</param>
public sealed record RecordedEvent(
    long Sequence, Guid EventId, Guid Stream, long Version, string Type, DateTime RecordedAt, JsonElement Data, JsonElement Metadata);

/// <summary>
/// What stands in the log for one event. The bytes are what is hashed, served and verified: canonical JSON, at most 65,535 bytes
/// (C2SP tlog-tiles). The same event always makes the same leaf.
/// </summary>
/// <param name="Bytes">The leaf.</param>
/// <param name="Notice">What the event states, canonical, where it is too long for the leaf, which then holds its digest.</param>
/// <param name="Facets">By what the feed can be narrowed; null when the event is not public.</param>
public sealed record Leaf(byte[] Bytes, byte[]? Notice, LeafFacets? Facets)
{
    public const int MostBytes = 65_535;

    /// <summary>The name of the commitment to the content of an event that is not public.</summary>
    public const string ContentCommitment = "commitment";

    private const int MostInline = 60_000;
    private const int Schema = 1;

    /// <exception cref="InvalidDataException">The event cannot stand in the log as it is.</exception>
    public static Leaf Of(RecordedEvent e)
    {
        var salt = Salt(e);
        var attribute = Attribute(e);
        List<(string Name, byte[] Value)> leaf =
        [
            ("schema", CanonicalJson.Integer(Schema)),
            ("class", CanonicalJson.String(attribute is "active" ? "public" : attribute)),
            ("eventId", CanonicalJson.String(e.EventId.ToString())),
            ("recordedAt", CanonicalJson.String(e.RecordedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture))),
            ("metadata", CanonicalJson.String(Commitment.Digest(MetadataOpening(e, salt)))),
        ];
        if (attribute is not "active")
        {
            leaf.Add((ContentCommitment, CanonicalJson.String(Commitment.Digest(ContentOpening(e, salt)))));
            return new Leaf(Written(leaf), null, null);
        }

        var heading = e.Data.GetProperty("notice").GetProperty("heading");
        leaf.Add(("type", CanonicalJson.String(e.Type)));
        leaf.Add(("procedureId", CanonicalJson.String(e.Stream.ToString())));
        leaf.Add(("version", CanonicalJson.Integer(e.Version)));
        leaf.Add(("ocid", CanonicalJson.String(heading.GetProperty("ocid").GetString()!)));
        var facets = new LeafFacets(e.Type, heading.GetProperty("category").GetString()!, heading.GetProperty("region").GetString()!);
        var data = CanonicalJson.Write(e.Data);
        if (data.Length <= MostInline)
        {
            leaf.Add(("notice", data));
            return new Leaf(Written(leaf), null, facets);
        }

        leaf.Add(("noticeDigest", CanonicalJson.Object(
            ("length", CanonicalJson.Integer(data.Length)), ("sha256", CanonicalJson.String(Convert.ToHexStringLower(SHA256.HashData(data)))))));
        return new Leaf(Written(leaf), data, facets);
    }

    /// <summary>What a leaf that is not public commits to.</summary>
    public static JsonElement Content(RecordedEvent e) => JsonSerializer.SerializeToElement(new JsonObject
    {
        ["type"] = e.Type,
        ["stream"] = e.Stream.ToString(),
        ["version"] = e.Version,
        ["data"] = JsonSerializer.SerializeToNode(e.Data),
    });

    /// <summary>What opens the commitments of an event's leaf, by their names there. Not public.</summary>
    public static IReadOnlyDictionary<string, string> Openings(RecordedEvent e)
    {
        var salt = Salt(e);
        var openings = new Dictionary<string, string> { ["metadata"] = MetadataOpening(e, salt) };
        if (Attribute(e) is not "active") openings[ContentCommitment] = ContentOpening(e, salt);
        return openings;
    }

    private static string MetadataOpening(RecordedEvent e, string salt) => Commitment.Opening(Commitment.SaltFor(salt, "metadata"), "metadata", e.Metadata);

    private static string ContentOpening(RecordedEvent e, string salt) => Commitment.Opening(Commitment.SaltFor(salt, "event"), "event", Content(e));

    private static string Attribute(RecordedEvent e) =>
        e.Data.TryGetProperty("notice", out var notice) && notice.ValueKind is JsonValueKind.Object
            ? notice.GetProperty("disclosure").GetProperty("attribute").GetString()!
            : "internal";

    private static string Salt(RecordedEvent e) =>
        e.Metadata.TryGetProperty("headers", out var headers) && headers.ValueKind is JsonValueKind.Object
        && headers.TryGetProperty(Commitment.SaltHeader, out var salt) && salt.GetString() is { Length: > 20 } text
            ? text
            : throw new InvalidDataException($"Event {e.EventId} carries no salt.");

    private static byte[] Written(IEnumerable<(string Name, byte[] Value)> leaf)
    {
        var bytes = CanonicalJson.Object(leaf);
        return bytes.Length <= MostBytes ? bytes : throw new InvalidDataException($"A leaf of {bytes.Length} bytes is too long.");
    }
}

/// <summary>Kind of event, trade category and region of a public event.</summary>
public sealed record LeafFacets(string Type, string Category, string Region);
