using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trading.Kernel;

/// <summary>
/// Reads a case of a closed set by exactly its wire name. .NET's own converter takes other spellings too, and several names with commas,
/// whose numbers it joins: <c>procurement,land</c> would be read as mineral.
/// </summary>
public sealed class ClosedSetConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Named<>).MakeGenericType(typeToConvert))!;

    private sealed class Named<TCase> : JsonConverter<TCase> where TCase : struct, Enum
    {
        private static readonly FrozenDictionary<string, TCase> cases = Enum.GetValues<TCase>().ToFrozenDictionary(WireNames.Of);

        public override TCase Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType is JsonTokenType.String && cases.TryGetValue(reader.GetString()!, out var found) ? found : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, TCase value, JsonSerializerOptions options) => writer.WriteStringValue(WireNames.Of(value));
    }
}
