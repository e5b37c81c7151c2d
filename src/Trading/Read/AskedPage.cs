using System.Security.Cryptography;
using System.Text;

namespace Trading.Read;

/// <summary>Which page of a list, and in which order, read from the query string.</summary>
public class AskedPage : AskedRanges
{
    public const int MostItems = 200;
    public const int UsualItems = 50;

    /// <param name="whole">The order in which all of it is gone through, where there are no pages.</param>
    protected AskedPage(HttpContext http, Sorting? whole = null) : base(http)
    {
        path = http.Request.Path;
        if (whole is not null)
        {
            Sort = whole;
            return;
        }

        foreach (var name in (string[])["cursor", "sort"]) Known(name);
        Limit = (int)(Number("limit", 1, MostItems) ?? UsualItems);
    }

    private readonly string path;

    public int Limit { get; }

    public Sorting Sort { get; private set; } = null!;

    /// <summary>Where the page begins, if not at the beginning.</summary>
    public Cursor? After { get; private set; }

    public string Write(Cursor cursor) => cursor.Write(Filters(), Sort);

    protected void ReadOrder(IReadOnlyList<Sorting> allowed)
    {
        var text = Value("sort");
        Sort = allowed.FirstOrDefault(s => s.Name == (text ?? allowed[0].Name)) ?? allowed[0];
        if (text is not null && Sort.Name != text)
            Wrong("sort", "unknown-value", $"须为以下值之一：{string.Join("、", allowed.Select(s => s.Name))}。", $"One of: {string.Join(", ", allowed.Select(s => s.Name))}.");

        if (Value("cursor") is not { } cursor) return;
        After = Cursor.TryRead(cursor, Filters(), Sort);
        if (After is null) Wrong("cursor", "cursor.form", "游标无效，或不属于此列表及其排序。", "The cursor is not one of this list in this order.");
    }

    /// <summary>Tells lists apart, and their filters.</summary>
    private string Filters() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{path}?" + AllBut("limit", "cursor", "sort", "facets", "highlight")))[..8]);
}
