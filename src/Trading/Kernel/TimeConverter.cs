using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Trading.Kernel;

/// <summary>An instant as RFC 3339 demands it: date, time and offset; a time without an offset names no instant.</summary>
public sealed partial class TimeConverter : JsonConverter<DateTimeOffset>
{
    public static readonly Flaw WrongForm = new(
        "time.form", "时间须为带时区偏移的RFC 3339格式，如2025-05-27T17:20:00+08:00，且在北京时间1900-01-02至2200-12-30之内。",
        "A time has the form of RFC 3339 with an offset, such as 2025-05-27T17:20:00+08:00, and lies within 1900-01-02 and 2200-12-30 in China Standard Time.");

    /// <summary>How the service writes an instant.</summary>
    public const string Form = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && TryRead(reader.GetString()!, out var time)
            ? time
            : throw new JsonException(null, new InvalidValueException(WrongForm));

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Write(value));

    /// <summary>Reads what a client wrote: within <see cref="TimeRange"/>.</summary>
    public static bool TryParse(string text, out DateTimeOffset time) => TryRead(text, out time) && TimeRange.Holds(time);

    public static string Write(DateTimeOffset time) =>
        time.ToString(Form, CultureInfo.InvariantCulture);

    private static bool TryRead(string text, out DateTimeOffset time)
    {
        time = default;
        return Rfc3339().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)\z")]
    private static partial Regex Rfc3339();
}

/// <summary>An instant from a client: within <see cref="TimeRange"/>.</summary>
public sealed class ClientTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && TimeConverter.TryParse(reader.GetString()!, out var time)
            ? time
            : throw new JsonException(null, new InvalidValueException(TimeConverter.WrongForm));

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(TimeConverter.Write(value));
}

/// <summary>A legal day from a client, <c>yyyy-MM-dd</c>: within <see cref="TimeRange"/>.</summary>
public sealed class ClientDayConverter : JsonConverter<DateOnly>
{
    public override DateOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.String || !TryRead(reader.GetString()!, out var day)) throw new JsonException();
        return TimeRange.Holds(day) ? day : throw new JsonException(null, new InvalidValueException(TimeRange.DayOutside));
    }

    public override void Write(Utf8JsonWriter writer, DateOnly value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>Any day there is, in its form alone.</summary>
    public static bool TryRead(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary>Reads what a client wrote.</summary>
    public static bool TryParse(string text, out DateOnly day) => TryRead(text, out day) && TimeRange.Holds(day);
}
