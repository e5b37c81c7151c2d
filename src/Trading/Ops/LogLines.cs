using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Trading.Ops;

/// <summary>
/// The log as it is written: one line of JSON each. It holds nothing that a caller sent. Our own messages are written in full, for we know
/// what we put into them; those of libraries by their templates, with numbers and times but without texts, among which are statements,
/// their parameters and addresses; exceptions by kind, code and place.
/// </summary>
public sealed class LogLines() : ConsoleFormatter(Format)
{
    public const string Format = "trading";
    private const string Template = "{OriginalFormat}";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("Timestamp", TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteNumber("EventId", logEntry.EventId.Id);
            json.WriteString("LogLevel", logEntry.LogLevel.ToString());
            json.WriteString("Category", logEntry.Category);
            if (IsOurs(logEntry.Category)) json.WriteString("Message", logEntry.Formatter(logEntry.State, null));
            else WriteTemplate(json, logEntry.State as IReadOnlyList<KeyValuePair<string, object?>> ?? []);
            if (logEntry.Exception is { } exception) json.WriteString("Exception", Faults.Written(exception));
            json.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(line.WrittenSpan));
    }

    /// <summary>Also where the server says at which address it listens.</summary>
    private static bool IsOurs(string category) => category.StartsWith("Trading.", StringComparison.Ordinal) || category is "Microsoft.Hosting.Lifetime";

    private static void WriteTemplate(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> state)
    {
        json.WriteString("Message", state.FirstOrDefault(part => part.Key is Template).Value as string ?? "");
        json.WriteStartObject("State");
        foreach (var (name, value) in state.Where(part => part.Key is not Template))
        {
            if (value is bool or byte or short or int or long or double or decimal or Guid or TimeSpan or DateTime or DateTimeOffset or Enum)
                json.WriteString(name, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture));
        }

        json.WriteEndObject();
    }
}
