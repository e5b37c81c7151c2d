using System.Globalization;
using FastEndpoints;
using Marten;
using Trading.Http;
using Trading.Kernel;

namespace Trading.Read;

/// <summary>A list: filters, an order and keyset pages.</summary>
public abstract class Listing<TRow, TItem>(IQuerySession session) : EndpointWithoutRequest<Page<TItem>> where TRow : notnull
{
    // The first is the usual one.
    private static readonly IReadOnlyList<Sorting> Sorts =
    [
        new("-publishedAt", "d.published_at", "timestamptz"),
        new("publishedAt", "d.published_at", "timestamptz"),
        new("deadline", "d.deadline_order", "timestamptz"),
        new("-deadline", "d.deadline_order", "timestamptz"),
        new("-amount", "d.amount_order", "numeric"),
        new("amount", "d.amount_order", "numeric"),
    ];

    protected abstract void Filter(Query query);

    /// <param name="position">In the public feed, once it has one.</param>
    protected abstract TItem Item(TRow row, long? position);

    protected abstract Guid IdOf(TRow row);

    /// <summary>As far as they are published, by the ids of the rows.</summary>
    protected abstract Task<IReadOnlyDictionary<Guid, long>> PositionsOf(IReadOnlyList<TRow> rows, CancellationToken ct);

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
        var next = rows.Count > query.Limit ? Next(query.Write(CursorOf(rows[query.Limit - 1], query.Sort))) : null;
        var page = rows.Take(query.Limit).ToList();
        var positions = await PositionsOf(page, ct);
        var items = page.Select(row => Item(row, positions.TryGetValue(IdOf(row), out var position) ? position : null));
        await this.Answer(new Page<TItem>([.. items], new PageEnds(self, next)), ct);
    }

    protected void List(string route, string summary, string description, TRow example, params Parameter[] filters)
    {
        Get(route);
        AllowAnonymous();
        Summary(s =>
        {
            s.Summary = summary;
            s.Description = description;
            s.ResponseExamples[StatusCodes.Status200OK] = new Page<TItem>([Item(example, ExampleProcedure.Position)], new PageEnds("/" + route));
        });
        Options(b => b.WithMetadata(new Parameters(
        [
            .. filters,
            new("sort", "The order. What has no deadline or amount stands where the latest or the least would.", Among: [.. Sorts.Select(sort => sort.Name)], Usual: Sorts[0].Name),
            new("limit", "Items a page.", typeof(int), Least: 1, Most: Read.Query.MostItems, Usual: Read.Query.UsualItems),
            new("cursor", "From links.next."),
        ])));
    }

    protected static string Key(Sorting sort, DateTimeOffset published, DateTimeOffset deadline, decimal amount) => sort.Name.TrimStart('-') switch
    {
        "publishedAt" => TimeConverter.Write(published),
        "deadline" => TimeConverter.Write(deadline),
        _ => amount.ToString(CultureInfo.InvariantCulture),
    };

    private string Next(string cursor)
    {
        var parameters = HttpContext.Request.Query.Where(p => p.Key != "cursor")
            .SelectMany(p => p.Value, (p, value) => KeyValuePair.Create(p.Key, value))
            .Append(KeyValuePair.Create("cursor", (string?)cursor));
        return HttpContext.Request.Path + QueryString.Create(parameters);
    }
}
