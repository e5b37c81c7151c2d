using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trading.Kernel;

/// <summary>
/// A span of time, both ends included. On the wire an end may be an instant, or a date, which stands for that whole day in China
/// Standard Time; it is kept as an instant.
/// </summary>
public sealed record Period
{
    public static readonly Flaw EndsBeforeItBegins = new(
        "period.ends-before-it-begins", "期间的结束时间早于开始时间。", "The period ends before it begins.");

    [JsonConstructor]
    public Period(DateTimeOffset from, DateTimeOffset until)
    {
        From = from;
        Until = until;
    }

    [JsonConverter(typeof(FirstInstantConverter))]
    public DateTimeOffset From { get; init; }

    [JsonConverter(typeof(LastInstantConverter))]
    public DateTimeOffset Until { get; init; }

    [JsonIgnore]
    public bool IsOrdered => From <= Until;

    private sealed class FirstInstantConverter() : InstantConverter(LegalTime.StartOf);

    private sealed class LastInstantConverter() : InstantConverter(LegalTime.EndOf);

    private abstract class InstantConverter(Func<DateOnly, DateTimeOffset> ofDay) : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType is not JsonTokenType.String || !ClientDayConverter.TryRead(reader.GetString()!, out var day))
                return ((JsonConverter<DateTimeOffset>)options.GetConverter(typeof(DateTimeOffset))).Read(ref reader, typeToConvert, options);
            return TimeRange.Holds(day) ? ofDay(day) : throw new JsonException(null, new InvalidValueException(TimeConverter.WrongForm));
        }

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(TimeConverter.Write(value));
    }
}

/// <summary>Whole calendar days, first and last both included.</summary>
public sealed record DayRange(DateOnly From, DateOnly Until)
{
    [JsonIgnore]
    public bool IsOrdered => From <= Until;
}
