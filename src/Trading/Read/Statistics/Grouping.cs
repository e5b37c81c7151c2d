using FastEndpoints;
using Marten;
using Trading.Http;
using Trading.Log;

namespace Trading.Read.Statistics;

/// <summary>统计: what a list with the same filters holds, now or as of a moment, counted and summed by one to three dimensions.</summary>
public abstract class Grouping<TStatistics>(IQuerySession session, Positions positions) : EndpointWithoutRequest<TStatistics> where TStatistics : notnull
{
    public const int MostDimensions = 3, MostGroups = 10_000;

    private static readonly Sorting whole = new("-publishedAt", "d.published_at", "timestamptz");

    /// <summary>By what it can be grouped.</summary>
    protected abstract IReadOnlyList<Facet> Dimensions { get; }

    /// <summary>The columns of amounts that are summed.</summary>
    protected abstract IReadOnlyList<string> Amounts { get; }

    /// <summary>The views from which it answers.</summary>
    protected abstract string[] Views { get; }

    /// <summary>The filters of the list.</summary>
    protected abstract Query Narrow(Query query);

    /// <summary>Whether the past is looked for among versions.</summary>
    protected abstract bool HasVersions { get; }

    private protected abstract Task<IReadOnlyList<Grouped>> Groups(IQuerySession session, Query query, bool isPast, CancellationToken ct);

    /// <param name="groups">In the order of their values.</param>
    private protected abstract TStatistics Tell(IReadOnlyList<string> by, IReadOnlyList<Grouped> groups, Grouped total);

    public override async Task HandleAsync(CancellationToken ct)
    {
        var query = Narrow(new Query(HttpContext, whole)).Groups("by", Dimensions, MostDimensions);
        var asOf = new AsOf(HttpContext, query, positions);
        if (!asOf.IsNow) query.RecordedBy(asOf, HasVersions);
        if (query.Errors() is { Count: > 0 } errors)
        {
            await this.Decline(Problem.Of(HttpContext, ProblemKind.Validation) with { Errors = errors });
            return;
        }

        if (!asOf.IsNow) asOf.Tell(await new Past(session, positions, asOf).Begin(ct));
        var groups = await Groups(session, query, !asOf.IsNow, ct);
        if (groups.Count > MostGroups)
        {
            await this.Decline(ProblemKind.TooManyGroups);
            return;
        }

        await this.Answer(Tell([.. query.Facets.Select(facet => facet.Name)], [.. groups.Order(Comparer<Grouped>.Create(Grouped.Compare))], Grouped.Total(groups, Amounts.Count)), ct);
    }

    protected void Count(string route, string summary, string description, TStatistics example, IReadOnlyList<Parameter> filters)
    {
        Get(route);
        AllowAnonymous();
        Summary(s =>
        {
            s.Summary = summary;
            s.Description = $"{description} Groups stand in the order of their values; more than {MostGroups} are refused.";
            s.ResponseExamples[StatusCodes.Status200OK] = example;
        });
        Description(b => b.Produces(StatusCodes.Status422UnprocessableEntity));
        Options(b => b.WithMetadata(Cost.Bundle, new AnswersFrom(Views), new Parameters(
        [
            new(
                "by", "Dimensions, one to three with commas; months and years in China Standard Time, regions one level below the one asked for.",
                Among: [.. Dimensions.Select(facet => facet.Name)], Several: true, Required: true, MostValues: MostDimensions),
            .. filters, AsOf.Parameter,
        ])));
    }

    private protected static IReadOnlyDictionary<string, string> Named(IReadOnlyList<string> by, Grouped group) =>
        by.Zip(group.Values).ToDictionary(pair => pair.First, pair => pair.Second);
}
