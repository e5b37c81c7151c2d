using System.Globalization;
using Marten;
using Trading.Http;
using Trading.Kernel;
using Trading.Log;
using Trading.Projections;

namespace Trading.Read;

/// <summary>A list of what is public, each item with its position in the feed.</summary>
public abstract class PublicListing<TRow, TItem>(IQuerySession session, Positions positions) : Listing<Hit<TRow>, TItem>(session) where TRow : IWorded
{
    private AsOf asOf = null!;

    protected Positions Positions => positions;

    protected override IReadOnlyList<Sorting> Sorts { get; } =
    [
        new("-publishedAt", "d.published_at", "timestamptz"),
        new("publishedAt", "d.published_at", "timestamptz"),
        new("deadline", "d.deadline_order", "timestamptz"),
        new("-deadline", "d.deadline_order", "timestamptz"),
        new("-amount", "d.amount_order", "numeric"),
        new("amount", "d.amount_order", "numeric"),
        new("relevance", "d.published_at", "timestamptz"),
    ];

    /// <summary>Whether what rows are found by changes, so that the past is looked for among versions.</summary>
    protected abstract bool HasVersions { get; }

    /// <summary>A page as of a moment that is not now.</summary>
    protected abstract Task<Found<Told<TRow>>> Find(Query query, Past past, CancellationToken ct);

    /// <param name="position">In the public feed, once it has one.</param>
    /// <param name="highlights">Where they are wished.</param>
    protected abstract TItem Item(TRow row, long? position, IReadOnlyList<Highlight>? highlights);

    protected abstract Guid IdOf(TRow row);

    /// <summary>Where it ends in its order; of that by relevance, among all of its rank.</summary>
    protected abstract Cursor PlaceOf(TRow row, Sorting sort);

    /// <summary>Texts of rows that do not stand in them, by their ids.</summary>
    protected virtual Task<ILookup<Guid, string>> OtherTexts(IReadOnlyList<TRow> rows, CancellationToken ct) =>
        Task.FromResult(Array.Empty<string>().ToLookup(_ => Guid.Empty));

    /// <summary>The columns of one index that has all that facets count by.</summary>
    protected abstract IReadOnlyList<string> Covered { get; }

    /// <summary>As far as they are published, by the ids of the rows.</summary>
    protected abstract Task<IReadOnlyDictionary<Guid, long>> PositionsOf(IReadOnlyList<TRow> rows, CancellationToken ct);

    protected override void AskTime(Query query)
    {
        asOf = new AsOf(HttpContext, query, positions);
        if (!asOf.IsNow) query.RecordedBy(asOf, HasVersions);
    }

    protected override async Task<Found<TItem>> Find(Query query, CancellationToken ct)
    {
        if (asOf.IsNow) return await base.Find(query, ct);
        var past = new Past(Session, positions, asOf);
        asOf.Tell(await past.Begin(ct));
        var found = await Find(query, past, ct);
        return new Found<TItem>(await Items(found.Items, query, ct), found.End, found.Facets);
    }

    protected override Task<IReadOnlyList<Hit<TRow>>> Rows(Query query, CancellationToken ct) => new Search<TRow>(Session).Find(query, ct);

    protected override async Task<IReadOnlyDictionary<string, IReadOnlyList<FacetCount>>?> Counted(Query query, CancellationToken ct) =>
        query.Facets.Count is 0 ? null : await new Counting<TRow>(Session).Count(query, Covered, ct);

    protected override Cursor CursorOf(Hit<TRow> hit, Sorting sort) => hit.Cursor(sort, PlaceOf(hit.Row, sort));

    protected override async Task<IReadOnlyList<TItem>> Items(IReadOnlyList<Hit<TRow>> rows, Query query, CancellationToken ct)
    {
        var positions = await PositionsOf([.. rows.Select(hit => hit.Row)], ct);
        return await Items([.. rows.Select(hit => new Told<TRow>(hit.Row, positions.TryGetValue(IdOf(hit.Row), out var position) ? position : null))], query, ct);
    }

    private async Task<IReadOnlyList<TItem>> Items(IReadOnlyList<Told<TRow>> told, Query query, CancellationToken ct)
    {
        if (!query.Highlight) return [.. told.Select(one => Item(one.Row, one.Position, null))];
        var others = await OtherTexts([.. told.Select(one => one.Row)], ct);
        return [.. told.Select(one => Item(one.Row, one.Position, Highlight.Of([.. one.Row.Texts, .. others[IdOf(one.Row)]], query.Words)))];
    }

    protected void List(string route, string summary, string description, TRow example, params Parameter[] filters)
    {
        List(
            route, summary, description, "The order. What has no deadline or amount stands where the latest or the least would. By relevance, with q: where all words stand in titles, where they do in titles, names and codes, all else; each newest first.",
            Item(example, ExampleProcedure.Position, highlights: null), [.. filters, AsOf.Parameter]);
        AllowAnonymous();
    }

    protected static string Key(Sorting sort, DateTimeOffset published, DateTimeOffset deadline, decimal amount) => sort.Name.TrimStart('-') switch
    {
        "publishedAt" or "relevance" => TimeConverter.Write(published),
        "deadline" => TimeConverter.Write(deadline),
        _ => amount.ToString(CultureInfo.InvariantCulture),
    };
}

/// <param name="Position">In the public feed, once it has one.</param>
public sealed record Told<TRow>(TRow Row, long? Position);
