using System.Globalization;
using Trading.Http;
using Trading.Kernel;
using Trading.Log;

namespace Trading.Ocds;

/// <summary>Which page of releases or records is asked for.</summary>
/// <param name="After">The next position wanted.</param>
internal sealed record PageQuestion(string Path, long After, int Limit, ReleaseFilter Filter, string Filters)
{
    public const int MostItems = 100;
    public const int UsualItems = 50;

    /// <summary>Bytes of notices after which a page ends, whatever its limit; an item that is longer is a page of its own.</summary>
    public const long MostBytes = 1024 * 1024;

    public static readonly Parameter[] Pages =
    [
        new("after", "The next position wanted.", typeof(long), Least: 0, Most: Positions.Most, Usual: 0),
        new("limit", "Items a page.", typeof(int), Least: 1, Most: MostItems, Usual: UsualItems),
    ];

    public static readonly Parameter[] Narrowing =
    [
        new("category", "Categories; several with commas.", typeof(TradeCategory), Several: true),
        new("region", "GB/T 2260 code or prefix; everything within it.", typeof(RegionPrefix)),
    ];

    /// <summary>Where this page is read again.</summary>
    public string Self => At(After);

    public static (PageQuestion Question, IReadOnlyList<ProblemError> Errors) Read(HttpContext http, bool narrowed)
    {
        var asked = new AskedParameters(http);
        var (after, limit) = (asked.Number("after", 0, Positions.Most) ?? 0, (int)(asked.Number("limit", 1, MostItems) ?? UsualItems));
        var filter = narrowed ? new ReleaseFilter(asked.Among("category", WireNames.All<TradeCategory>()), asked.Region("region")) : new ReleaseFilter();
        var filters = QueryString.Create(http.Request.Query.Where(p => p.Key is "category" or "region").SelectMany(p => p.Value, (p, value) => KeyValuePair.Create(p.Key, value)));
        return (new PageQuestion(http.Request.Path.Value![1..], after, limit, filter, filters.ToString().Replace('?', '&')), asked.Errors());
    }

    /// <summary>Those that are on this page, and where the next is read; null after the last.</summary>
    public (IReadOnlyList<PlacedRelease> Page, string? Next) Cut(IReadOnlyList<PlacedRelease> placed)
    {
        var bytes = 0L;
        var page = placed.Take(Limit).TakeWhile((item, i) => (bytes += item.Bytes) <= MostBytes || i is 0).ToList();
        return (page, page.Count < placed.Count ? At(placed[page.Count].Position) : null);
    }

    /// <summary>The page that begins with a position.</summary>
    public string At(long position) => string.Create(CultureInfo.InvariantCulture, $"{Path}?after={position}&limit={Limit}{Filters}");
}
