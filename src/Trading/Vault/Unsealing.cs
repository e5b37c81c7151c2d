using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Trading.Kernel;

namespace Trading.Vault;

/// <summary>
/// 启封: puts back into JSON as the service writes it what its digests stand for, without making anything else of it. The members come last
/// in their object, by name; those that were erased are missing, and no digest is left.
/// </summary>
public static class Unsealing
{
    private static readonly JsonWriterOptions writing = new() { Encoder = WireJson.Stored.Encoder };

    /// <summary>The digests that stand somewhere in it.</summary>
    public static string[] Digests(ReadOnlySpan<byte> json) => [.. Places(json).SelectMany(place => place.Digests)];

    /// <param name="openings">By their digests, in UTF-8.</param>
    public static byte[] Of(ReadOnlySpan<byte> json, IReadOnlyDictionary<string, byte[]> openings)
    {
        var places = Places(json);
        if (places.Count is 0) return json.ToArray();
        var opened = new ArrayBufferWriter<byte>(json.Length + places.SelectMany(p => p.Digests).Sum(d => openings.TryGetValue(d, out var opening) ? opening.Length : 0));
        var edits = places.SelectMany(p => (IEnumerable<(int At, int Length, Place? Of)>)[(p.Cut, p.Length, null), (p.End, 0, p)]).OrderBy(e => e.At);
        var copied = 0;
        foreach (var (at, length, of) in edits)
        {
            opened.Write(json[copied..at]);
            copied = at + length;
            if (of is not null) Write(opened, of, openings);
        }

        opened.Write(json[copied..]);
        return opened.WrittenSpan.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> opened, Place place, IReadOnlyDictionary<string, byte[]> openings)
    {
        var members = new List<(string Name, JsonElement Value)>();
        foreach (var digest in place.Digests)
            if (openings.TryGetValue(digest, out var opening)) members.Add(Read(opening));
        if (members.Count is 0) return;
        var written = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(written, writing))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in members.OrderBy(m => m.Name, StringComparer.Ordinal))   // digests are made of chance, and so is their order
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        if (!place.IsAlone) opened.Write(","u8);
        opened.Write(written.WrittenSpan[1..^1]);
    }

    private static (string Name, JsonElement Value) Read(byte[] opening)
    {
        var reader = new Utf8JsonReader(Base64Url.DecodeFromUtf8(opening));
        var parts = JsonElement.ParseValue(ref reader);
        return (parts[1].GetString()!, parts[2]);
    }

    /// <summary>Where digests stand: what to cut, and the end of the object that what they stand for belongs to.</summary>
    private sealed record Place(int Cut, int Length, List<string> Digests)
    {
        public int End { get; set; }

        /// <summary>Whether the object has no other member.</summary>
        public bool IsAlone { get; set; }
    }

    private static List<Place> Places(ReadOnlySpan<byte> json)
    {
        var places = new List<Place>();
        if (json.IndexOf("\"_sd\":"u8) < 0) return places;
        var open = new Stack<(Place? Place, int Members)>();
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    open.Push(default);
                    break;
                case JsonTokenType.PropertyName:
                    var (place, members) = open.Pop();
                    if (reader.ValueTextEquals(Sealable.Member)) places.Add(place = Cut(json, ref reader));
                    open.Push((place, members + 1));
                    break;
                case JsonTokenType.EndObject when open.Pop() is ({ } sealedHere, var all):
                    (sealedHere.End, sealedHere.IsAlone) = ((int)reader.TokenStartIndex, all is 1);
                    break;
            }
        }

        return places;
    }

    private static Place Cut(ReadOnlySpan<byte> json, ref Utf8JsonReader reader)
    {
        var (from, digests) = ((int)reader.TokenStartIndex, new List<string>());
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.String) digests.Add(reader.GetString()!);
        var until = (int)reader.BytesConsumed;
        if (json[from - 1] is (byte)',') from--;
        else if (json[until] is (byte)',') until++;
        return new Place(from, until - from, digests);
    }
}
