using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trading.Kernel;

/// <summary>A value that has exactly one written form; <c>ToString</c> gives it, <c>Parse</c> reads it and nothing else.</summary>
public interface IWritten<TSelf> : IParsable<TSelf> where TSelf : IWritten<TSelf>
{
    /// <exception cref="InvalidValueException">The text fails the value's standard.</exception>
    static abstract TSelf Parse(string text);

    /// <summary>The value of a text that was checked when it was recorded; nothing is checked again that reading does not need.</summary>
    static abstract TSelf Stored(string text);

    static TSelf IParsable<TSelf>.Parse(string s, IFormatProvider? provider) => TSelf.Parse(s);

    static bool IParsable<TSelf>.TryParse(string? s, IFormatProvider? provider, out TSelf result)
    {
        try
        {
            result = TSelf.Parse(s ?? "");
            return true;
        }
        catch (InvalidValueException)
        {
            result = default!;
            return false;
        }
    }
}

/// <summary>JSON form of a written value: a string, checked when read from a client.</summary>
/// <param name="stored">Whether it comes from our own store.</param>
public sealed class WrittenConverter<T>(bool stored) : JsonConverter<T> where T : IWritten<T>
{
    public WrittenConverter() : this(stored: false)
    {
    }

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.String) throw new JsonException();
        try
        {
            return stored ? T.Stored(reader.GetString()!) : T.Parse(reader.GetString()!);
        }
        catch (InvalidValueException invalid)
        {
            throw new JsonException(null, invalid);
        }
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader, typeToConvert, options);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.ToString()!);
}

public static class Written
{
    /// <summary>The value, or null when there is no text or it fails its standard.</summary>
    public static T? TryParse<T>(string? text) where T : class, IWritten<T> =>
        text is not null && TryRead<T>(text, out var value) ? value : null;

    public static bool TryRead<T>(string text, out T value) where T : IWritten<T> => T.TryParse(text, null, out value!);
}
