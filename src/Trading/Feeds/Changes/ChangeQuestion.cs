using Trading.Events;
using Trading.Http;
using Trading.Kernel;
using Trading.Log;

namespace Trading.Feeds.Changes;

/// <summary>What a reader of the feed asks for.</summary>
/// <param name="After">The next position wanted.</param>
/// <param name="Wait">How long to wait for it.</param>
public sealed record ChangeQuestion(long After, int Limit, TimeSpan Wait, ChangeFilter Filter)
{
    public const int MostItems = 1000;
    public const int UsualItems = 500;
    public const int MostSeconds = 60;

    public static readonly Parameter[] Filters =
    [
        new("type", "Kinds of notice, by wire name; several with commas.", Among: [.. Catalogue.All.Select(kind => kind.WireName)], Several: true),
        new("category", "Categories; several with commas.", typeof(TradeCategory), Several: true),
        new("region", "GB/T 2260 code or prefix; everything within it.", typeof(RegionPrefix)),
    ];

    public static (ChangeQuestion Question, IReadOnlyList<ProblemError> Errors) Read(HttpContext http, bool paged)
    {
        var asked = new AskedParameters(http);
        var question = new ChangeQuestion(
            asked.Number("after", 0, Positions.Most) ?? 0,
            paged ? (int)(asked.Number("limit", 1, MostItems) ?? UsualItems) : UsualItems,
            TimeSpan.FromSeconds(paged ? asked.Number("wait", 0, MostSeconds) ?? 0 : 0),
            new ChangeFilter(
                asked.Among("type", [.. Catalogue.All.Select(kind => kind.WireName)]), asked.Among("category", WireNames.All<TradeCategory>()), asked.Region("region")));
        return (question, asked.Errors());
    }
}
