using System.Globalization;
using FastEndpoints;
using Marten;
using Trading.Http;
using Trading.Kernel;

namespace Trading.Read;

/// <summary>A list: filters, an order and keyset pages.</summary>
public abstract class Listing<TRow, TItem>(IQuerySession session) : EndpointWithoutRequest<Page<TItem>> where TRow : notnull
{
    private static readonly DateTimeOffset NoDeadline = new(2200, 12, 31, 0, 0, 0, TimeSpan.Zero);

    // The first is the usual one. What has no deadline or amount stands where the latest or the least would.
    private static readonly IReadOnlyList<Sorting> Sorts =
    [
        new("-publishedAt", "d.published_at", "timestamptz"),
        new("publishedAt", "d.published_at", "timestamptz"),
        new("deadline", "coalesce(d.deadline, '2200-12-31T00:00:00Z')", "timestamptz"),
        new("-deadline", "coalesce(d.deadline, '2200-12-31T00:00:00Z')", "timestamptz"),
        new("-amount", "coalesce(d.amount, -1)", "numeric"),
        new("amount", "coalesce(d.amount, -1)", "numeric"),
    ];

    protected abstract void Filter(Query query);

    protected abstract TItem Item(TRow row);

    protected abstract Cursor CursorOf(TRow row, Sorting sort);

    public override async Task HandleAsync(CancellationToken ct)
    {
        var query = new Query(HttpContext);
        Filter(query);
        query.SortBy(Sorts);
        if (query.Errors() is { Count: > 0 } errors)
        {
            await this.Decline(Problem.Of(HttpContext, ProblemKind.Validation) with { Errors = errors });
            return;
        }

        var (sql, values) = query.Build();
        var rows = await session.QueryAsync<TRow>(sql, ct, values);
        var self = HttpContext.Request.Path + HttpContext.Request.QueryString.ToString();
        var next = rows.Count > query.Limit ? Next(CursorOf(rows[query.Limit - 1], query.Sort).Write(query.Sort.Name)) : null;
        await this.Answer(new Page<TItem>([.. rows.Take(query.Limit).Select(Item)], new PageEnds(self, next)), ct);
    }

    protected void List(string route, string summary, string description, params Parameter[] filters)
    {
        Get(route);
        AllowAnonymous();
        Summary(s =>
        {
            s.Summary = summary;
            s.Description = description;
        });
        Options(b => b.WithMetadata(new Parameters(
        [
            .. filters,
            new("sort", $"One of: {string.Join(", ", Sorts.Select(sort => sort.Name))}."),
            new("limit", $"1 to {Read.Query.MostItems} items a page."),
            new("cursor", "From links.next."),
        ])));
    }

    protected static string Key(Sorting sort, DateTimeOffset published, DateTimeOffset? deadline, decimal? amount) => sort.Name.TrimStart('-') switch
    {
        "publishedAt" => TimeConverter.Write(published.ToUniversalTime()),
        "deadline" => TimeConverter.Write((deadline ?? NoDeadline).ToUniversalTime()),
        _ => (amount ?? -1).ToString(CultureInfo.InvariantCulture),
    };

    private string Next(string cursor)
    {
        var parameters = HttpContext.Request.Query.Where(p => p.Key != "cursor")
            .SelectMany(p => p.Value, (p, value) => KeyValuePair.Create(p.Key, value))
            .Append(KeyValuePair.Create("cursor", (string?)cursor));
        return HttpContext.Request.Path + QueryString.Create(parameters);
    }
}
