using System.Text;
using Trading.Http;

namespace Trading.Intake;

/// <summary>A line of a body, counted from 1.</summary>
/// <param name="Text">Null where the line is longer than <see cref="BodyLines.Longest"/>.</param>
public readonly record struct BodyLine(int Number, ReadOnlyMemory<byte>? Text);

/// <summary>Reads the lines of a body as they come, so that no body is held in memory as a whole. Lines that are empty are passed over.</summary>
public static class BodyLines
{
    /// <summary>In bytes.</summary>
    public const int Longest = 1 << 20;

    private const int ReadAtOnce = 16 * 1024;

    public static async IAsyncEnumerable<BodyLine> Read(
        HttpContext http, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var buffer = new byte[ReadAtOnce];
        var line = new MemoryStream();
        var (number, tooLong) = (1, false);
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer, ct)) > 0)
        {
            Account.Of(http)?.Count(read);
            for (var rest = buffer.AsMemory(0, read); rest.Length > 0;)
            {
                var end = rest.Span.IndexOf((byte)'\n');
                var part = end < 0 ? rest : rest[..end];
                rest = end < 0 ? default : rest[(end + 1)..];
                tooLong |= line.Length + part.Length > Longest;
                if (!tooLong) line.Write(part.Span);
                if (end < 0) continue;
                if (Of(number, line, tooLong) is { } whole) yield return whole;
                (number, tooLong) = (number + 1, false);
                line.SetLength(0);
            }
        }

        if (Of(number, line, tooLong) is { } last) yield return last;
    }

    private static BodyLine? Of(int number, MemoryStream line, bool tooLong)
    {
        if (tooLong) return new BodyLine(number, null);
        ReadOnlyMemory<byte> text = line.ToArray();
        if (number is 1 && text.Span.StartsWith(Encoding.UTF8.Preamble)) text = text[Encoding.UTF8.Preamble.Length..];
        return text.Span.Trim(" \t\r"u8).Length > 0 ? new BodyLine(number, text) : null;
    }
}
