using FastEndpoints;
using Marten;
using Trading.Http;

namespace Trading.Read;

/// <summary>A list: filters, an order and keyset pages.</summary>
public abstract class Listing<TRow, TItem>(IQuerySession session) : EndpointWithoutRequest<Page<TItem>> where TRow : notnull
{
    protected IQuerySession Session => session;

    /// <summary>The first is the usual one.</summary>
    protected abstract IReadOnlyList<Sorting> Sorts { get; }

    /// <summary>The views from which it answers.</summary>
    protected abstract string[] Views { get; }

    protected abstract void Filter(Query query);

    /// <summary>Narrows it to the moment that is asked for.</summary>
    protected virtual void AskTime(Query query)
    {
    }

    protected abstract Task<IReadOnlyList<TItem>> Items(IReadOnlyList<TRow> rows, Query query, CancellationToken ct);

    protected abstract Cursor CursorOf(TRow row, Sorting sort);

    /// <summary>Null where nothing is counted.</summary>
    protected virtual Task<IReadOnlyDictionary<string, IReadOnlyList<FacetCount>>?> Counted(Query query, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<string, IReadOnlyList<FacetCount>>?>(null);

    /// <summary>One more than the page holds, where there is one.</summary>
    protected virtual async Task<IReadOnlyList<TRow>> Rows(Query query, CancellationToken ct)
    {
        var (sql, values) = query.Build();
        return await session.QueryAsync<TRow>(sql, ct, values);
    }

    internal Query Asked(HttpContext http)
    {
        var query = new Query(http);
        Filter(query);
        return query.SortBy(Sorts);
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var query = Asked(HttpContext);
        AskTime(query);
        if (query.Errors() is { Count: > 0 } errors)
        {
            await this.Decline(Problem.Of(HttpContext, ProblemKind.Validation) with { Errors = errors });
            return;
        }

        var found = await Find(query, ct);
        var self = HttpContext.Request.Path + HttpContext.Request.QueryString.ToString();
        await this.Answer(new Page<TItem>(found.Items, new PageEnds(self, found.End is null ? null : Next(query.Write(found.End))), found.Facets), ct);
    }

    protected virtual async Task<Found<TItem>> Find(Query query, CancellationToken ct)
    {
        var rows = await Rows(query, ct);
        return new Found<TItem>(await Items([.. rows.Take(query.Limit)], query, ct), rows.Count > query.Limit ? CursorOf(rows[query.Limit - 1], query.Sort) : null, await Counted(query, ct));
    }

    /// <param name="order">What the order says of rows that have nothing to be ordered by.</param>
    protected void List(string route, string summary, string description, string order, TItem example, params Parameter[] filters)
    {
        Get(route);
        Summary(s =>
        {
            s.Summary = summary;
            s.Description = description;
            s.ResponseExamples[StatusCodes.Status200OK] = new Page<TItem>([example], new PageEnds("/" + route));
        });
        Options(b => b.WithMetadata(Cost.Page, new AnswersFrom(Views), new Parameters(
        [
            .. filters,
            new("sort", order, Among: [.. Sorts.Select(sort => sort.Name)], Usual: Sorts[0].Name),
            new("limit", "Items a page.", typeof(int), Least: 1, Most: Read.Query.MostItems, Usual: Read.Query.UsualItems),
            new("cursor", "From links.next."),
        ])));
    }

    private string Next(string cursor)
    {
        // All that is found was counted on the first page.
        var parameters = HttpContext.Request.Query.Where(p => p.Key is not ("cursor" or "facets"))
            .SelectMany(p => p.Value, (p, value) => KeyValuePair.Create(p.Key, value))
            .Append(KeyValuePair.Create("cursor", (string?)cursor));
        return HttpContext.Request.Path + QueryString.Create(parameters);
    }
}
