using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trading.Kernel;

/// <summary>An integer from a client: one that every reader of JSON keeps exactly (RFC 7493 §2.2), or the log could not write its event canonically.</summary>
public sealed class ClientIntegerConverter : JsonConverter<long>
{
    public const long Largest = (1L << 53) - 1;

    public static readonly Flaw OutOfRange = new(
        "integer.range", "整数的绝对值不得超过9007199254740991。", "An integer is at most 9007199254740991 in either direction.");

    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.Number || !reader.TryGetInt64(out var number)) throw new JsonException();
        return number is >= -Largest and <= Largest ? number : throw new JsonException(null, new InvalidValueException(OutOfRange));
    }

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
