using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Trading.Kernel;

/// <summary>The one JSON dialect of the wire, the store and the OpenAPI document.</summary>
public static class WireJson
{
    public const int DeepestNesting = 32;

    /// <summary>For what clients send: anything the contract does not name is refused.</summary>
    public static JsonSerializerOptions Strict { get; } = ApplyStrict(new JsonSerializerOptions());

    /// <summary>For what the service has written itself: read as it stands, whatever the rules for clients were then and are now.</summary>
    public static JsonSerializerOptions Stored { get; } = ApplyStored(new JsonSerializerOptions());

    public static JsonSerializerOptions ApplyStrict(JsonSerializerOptions options)
    {
        Apply(options);
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.Converters.Insert(0, new ClosedSetConverter());
        options.Converters.Add(new TextConverter());
        options.Converters.Add(new ClientTimeConverter());
        options.Converters.Add(new ClientDayConverter());
        options.Converters.Add(new ClientIntegerConverter());
        ((DefaultJsonTypeInfoResolver)options.TypeInfoResolver!).Modifiers.Add(ForgetSealed);
        return options;
    }

    public static JsonSerializerOptions ApplyStored(JsonSerializerOptions options)
    {
        Apply(options);
        options.Converters.Add(new TimeConverter());
        options.Converters.Add(new StoredConverter());
        return options;
    }

    private static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DictionaryKeyPolicy = null;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.AllowOutOfOrderMetadataProperties = true;
        options.MaxDepth = DeepestNesting;
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Discriminator.Require, ForgetIgnored } };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
    }

    /// <summary><see cref="Stored"/>, but for some members.</summary>
    public static JsonSerializerOptions StoredWithout(Func<JsonTypeInfo, JsonPropertyInfo, bool> left)
    {
        var options = ApplyStored(new JsonSerializerOptions());
        ((DefaultJsonTypeInfoResolver)options.TypeInfoResolver!).Modifiers.Add(type => Forget(type, property => left(type, property)));
        return options;
    }

    private static void Forget(JsonTypeInfo type, Predicate<JsonPropertyInfo> left)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
            if (left(type.Properties[i])) type.Properties.RemoveAt(i);
    }

    // No client may say that something was sealed.
    private static void ForgetSealed(JsonTypeInfo type) => Forget(type, property => property.Name is Sealable.Member);

    // A member the contract does not have must not be one a client may send and nobody reads.
    private static void ForgetIgnored(JsonTypeInfo type) => Forget(type, property => property is { Get: null, Set: null });
}

/// <summary>Text without control characters: PostgreSQL cannot store U+0000, and no reader can show the others.</summary>
public sealed class TextConverter : JsonConverter<string>
{
    public static readonly Flaw ControlCharacter = new(
        "text.control-character", "文本中含有控制字符。", "The text contains a control character.");

    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.String) throw new JsonException();
        string text;
        try
        {
            text = reader.GetString()!;
        }
        catch (InvalidOperationException halfSurrogate)
        {
            throw new JsonException(null, halfSurrogate);
        }

        return text.Any(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r'))
            ? throw new JsonException(null, new InvalidValueException(ControlCharacter))
            : text;
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString()!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value);
}
