using System.Text;

namespace Trading.Tests.Ops;

/// <summary>
/// The names of the metrics in an export request of OTLP (opentelemetry.proto.collector.metrics.v1), as Prometheus translates them: dots
/// become underscores, the unit is appended, and what counts ends with _total or _count.
/// </summary>
internal static class OtlpMetrics
{
    private const int Resources = 1, Scopes = 2, Metrics = 2, Name = 1, Unit = 3, Sum = 7, Histogram = 9;

    public static IEnumerable<string> Names(byte[] request) =>
        from resource in Fields(request)
        where resource.Number is Resources
        from scope in Fields(resource.Bytes)
        where scope.Number is Scopes
        from metric in Fields(scope.Bytes)
        where metric.Number is Metrics
        select Translated([.. Fields(metric.Bytes)]);

    private static string Translated(List<(int Number, byte[] Bytes)> metric)
    {
        string Text(int number) => Encoding.UTF8.GetString(metric.FirstOrDefault(field => field.Number == number).Bytes ?? []);
        var kind = metric.Exists(field => field.Number is Histogram) ? "_count" : metric.Exists(field => field.Number is Sum && IsMonotonic(field.Bytes)) ? "_total" : "";
        var unit = Text(Unit) switch { "s" => "_seconds", "By" => "_bytes", "1" => kind.Length is 0 ? "_ratio" : "", _ => "" };
        return Text(Name).Replace('.', '_') + unit + kind;
    }

    private static bool IsMonotonic(byte[] sum) => Fields(sum).Any(field => field is { Number: 3, Bytes: [1] });

    /// <summary>The fields of a message, without knowing it: varints as their bytes.</summary>
    private static IEnumerable<(int Number, byte[] Bytes)> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            var start = at;
            var length = (tag & 7) switch { 0 => 0, 1 => 8, 5 => 4, _ => (int)Varint(message, ref at) };
            if ((tag & 7) is 0) Varint(message, ref at);
            else start = at;
            at += length;
            yield return ((int)(tag >> 3), message[start..at]);
        }
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80) return value;
        }
    }
}
