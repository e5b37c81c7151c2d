using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Trading.Kernel;

namespace Trading.Read;

/// <param name="Name">As the client writes it; a leading <c>-</c> means descending.</param>
/// <param name="Column">Never null in any row.</param>
/// <param name="Type">Of the column, in PostgreSQL: <c>timestamptz</c> or <c>numeric</c>.</param>
public sealed record Sorting(string Name, string Column, string Type)
{
    public bool Descending => Name.StartsWith('-') || IsRelevance;

    /// <summary>By rank first (<see cref="Projections.Ranks"/>), which a cursor's key begins with.</summary>
    public bool IsRelevance => Name is "relevance";
}

/// <summary>Where a page ended: opaque to clients, and good for the same list in the same order only.</summary>
public sealed record Cursor(string Key, Guid Id)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="list">What the list was filtered by.</param>
    public string Write(string list, Sorting sort) => Base64Url.EncodeToString(Utf8.GetBytes($"{list}\n{sort.Name}\n{Key}\n{Id}"));

    public static Cursor? TryRead(string text, string list, Sorting sort)
    {
        try
        {
            return Utf8.GetString(Base64Url.DecodeFromChars(text)).Split('\n') is [var of, var order, var key, var id]
                && of == list && order == sort.Name && IsOf(sort, key) && Guid.TryParseExact(id, "D", out var guid)
                ? new Cursor(key, guid)
                : null;
        }
        catch (Exception forged) when (forged is FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Of an order by relevance: the rank, and where the page ended within it.</summary>
    public (int Rank, Cursor Within) Ranked => (Key[0] - '0', this with { Key = Key[2..] });

    private static bool IsOf(Sorting sort, string key) =>
        sort.IsRelevance ? key is [>= '1' and <= '3', ' ', .. var within] && IsOf(sort.Type, within) : IsOf(sort.Type, key);

    private static bool IsOf(string type, string key) => type is "timestamptz"
        ? DateTimeOffset.TryParseExact(key, TimeConverter.Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        : decimal.TryParse(key, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
}
