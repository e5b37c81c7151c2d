using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trading.Kernel;

/// <summary>
/// Reads written values from our own store without checking them again: the standard may have become stricter since they were accepted, and
/// what was accepted stays readable.
/// </summary>
public sealed class StoredConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        Array.Exists(typeToConvert.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IWritten<>) && i.GenericTypeArguments[0] == typeToConvert);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(WrittenConverter<>).MakeGenericType(typeToConvert), [true])!;
}
