using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Trading.Kernel;

/// <summary>
/// One JSON value, one sequence of bytes: the JSON Canonicalization Scheme (RFC 8785) over I-JSON without fractions. Amounts are strings
/// here, so that none of the scheme's number rules is ever needed.
/// </summary>
public static class CanonicalJson
{
    private const long LargestInteger = ClientIntegerConverter.Largest;
    private static readonly SearchValues<char> escaped = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (char)c), '"', '\\']);

    /// <exception cref="InvalidDataException">A number is no integer that every reader keeps exactly, or a name is there twice.</exception>
    public static byte[] Write(JsonElement value)
    {
        var bytes = new ArrayBufferWriter<byte>();
        Write(bytes, value);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>An object of members that are canonical already.</summary>
    public static byte[] Object(params IEnumerable<(string Name, byte[] Value)> members)
    {
        var bytes = new ArrayBufferWriter<byte>();
        bytes.Write("{"u8);
        foreach (var (name, value) in members.OrderBy(m => m.Name, StringComparer.Ordinal))
        {
            if (bytes.WrittenCount > 1) bytes.Write(","u8);
            Write(bytes, name);
            bytes.Write(":"u8);
            bytes.Write(value);
        }

        bytes.Write("}"u8);
        return bytes.WrittenSpan.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> bytes, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = value.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal).ToList();   // by UTF-16 code units
                bytes.Write("{"u8);
                for (var i = 0; i < members.Count; i++)
                {
                    if (i > 0) bytes.Write(","u8);
                    if (i > 0 && members[i].Name == members[i - 1].Name) throw new InvalidDataException($"{members[i].Name} is there twice.");
                    Write(bytes, members[i].Name);
                    bytes.Write(":"u8);
                    Write(bytes, members[i].Value);
                }

                bytes.Write("}"u8);
                break;
            case JsonValueKind.Array:
                bytes.Write("["u8);
                var first = true;
                foreach (var item in value.EnumerateArray())
                {
                    if (!first) bytes.Write(","u8);
                    first = false;
                    Write(bytes, item);
                }

                bytes.Write("]"u8);
                break;
            case JsonValueKind.String:
                Write(bytes, value.GetString()!);
                break;
            case JsonValueKind.Number:
                if (!value.TryGetInt64(out var number) || number is < -LargestInteger or > LargestInteger || value.GetRawText().Contains('.', StringComparison.Ordinal))
                    throw new InvalidDataException($"{value.GetRawText()} is no integer that every reader keeps exactly.");
                bytes.Write(Encoding.ASCII.GetBytes(number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
                break;
            case JsonValueKind.True:
                bytes.Write("true"u8);
                break;
            case JsonValueKind.False:
                bytes.Write("false"u8);
                break;
            default:
                bytes.Write("null"u8);
                break;
        }
    }

    /// <summary>An array of items that are canonical already.</summary>
    public static byte[] Array(params ReadOnlySpan<byte[]> items)
    {
        var bytes = new ArrayBufferWriter<byte>();
        bytes.Write("["u8);
        foreach (var item in items)
        {
            if (bytes.WrittenCount > 1) bytes.Write(","u8);
            bytes.Write(item);
        }

        bytes.Write("]"u8);
        return bytes.WrittenSpan.ToArray();
    }

    public static byte[] String(string text)
    {
        var bytes = new ArrayBufferWriter<byte>();
        Write(bytes, text);
        return bytes.WrittenSpan.ToArray();
    }

    public static byte[] Integer(long number) => number is >= -LargestInteger and <= LargestInteger
        ? Encoding.ASCII.GetBytes(number.ToString(System.Globalization.CultureInfo.InvariantCulture))
        : throw new InvalidDataException($"{number} is no integer that every reader keeps exactly.");

    private static void Write(ArrayBufferWriter<byte> bytes, string text)
    {
        bytes.Write("\""u8);
        var rest = text.AsSpan();
        for (var next = rest.IndexOfAny(escaped); next >= 0; next = rest.IndexOfAny(escaped))
        {
            Encoding.UTF8.GetBytes(rest[..next], bytes);
            bytes.Write(Escape(rest[next]));
            rest = rest[(next + 1)..];
        }

        Encoding.UTF8.GetBytes(rest, bytes);
        bytes.Write("\""u8);
    }

    private static ReadOnlySpan<byte> Escape(char c) => c switch
    {
        '"' => "\\\""u8,
        '\\' => "\\\\"u8,
        '\b' => "\\b"u8,
        '\f' => "\\f"u8,
        '\n' => "\\n"u8,
        '\r' => "\\r"u8,
        '\t' => "\\t"u8,
        _ => Encoding.ASCII.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")),
    };
}
