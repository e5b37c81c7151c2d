using Marten;
using Npgsql;
using Trading.Projections;

namespace Trading.Read;

/// <summary>
/// 检索: a page of a list under any filters, in three ways one after the other, each begun only where the one before has not answered.
/// The planner cannot know how filters go together, so no way may cost more than its bound when it is wrong
/// (<c>ops/decisions/0017-search.md</c>).
/// </summary>
internal sealed class Search<TRow>(IQuerySession session) where TRow : notnull
{
    /// <summary>How many rows are read in the order of the list before it is looked up what fits.</summary>
    private const int MostPassed = 500;

    /// <summary>How many rows that fit are sorted; where there are more, the order is gone through by its steps.</summary>
    private const int MostSorted = 500;

    public async Task<IReadOnlyList<Hit<TRow>>> Find(Query query, CancellationToken ct)
    {
        var rows = new List<Hit<TRow>>();
        var (rank, after) = query is { Sort.IsRelevance: true, After: { } end } ? end.Ranked : (1, query.After);
        if (!query.Sort.IsRelevance) rank = Ranks.Last;
        for (; rank <= Ranks.Last && rows.Count <= query.Limit; rank++, after = null)
            rows.AddRange((await Read(Command(query, Table, query.Sort.IsRelevance ? rank : null, after, query.Limit + 1 - rows.Count), ct)).Select(row => new Hit<TRow>(row, rank)));
        return rows;
    }

    private string Table => session.DocumentStore.Options.Schema.For<TRow>();

    private async Task<IReadOnlyList<TRow>> Read(NpgsqlCommand command, CancellationToken ct)
    {
        var serializer = session.DocumentStore.Options.Serializer();
        await using (command)
        {
            await using var reader = await session.ExecuteReaderAsync(command, ct);
            await reader.NextResultAsync(ct);
            var rows = new List<TRow>();
            while (await reader.ReadAsync(ct)) rows.Add(await serializer.FromJsonAsync<TRow>(reader, 0, ct));
            return rows;
        }
    }

    internal static NpgsqlCommand Command(Query query, string table) => Command(query, table, rank: null, query.After, query.Limit + 1);

    /// <summary>Two statements: how to carry out, and what.</summary>
    /// <param name="rank">The only one that is looked for, if any.</param>
    internal static NpgsqlCommand Command(Query query, string table, int? rank, Cursor? after, int limit)
    {
        var command = new NpgsqlCommand();
        var sort = query.Sort;
        var order = $"{sort.Column} {(sort.Descending ? "desc" : "asc")}, d.id {(sort.Descending ? "desc" : "asc")}";
        var next = order.Replace(sort.Column, "key", StringComparison.Ordinal).Replace("d.id", "id", StringComparison.Ordinal);
        var parts = new Asked(query, command, rank, after);
        var anyhow = query.Conditions.Count is 0 ? $"order by {order}" : "";   // nothing to look up by but the order itself
        command.CommandText = $"""
            {Asked.Settings}
            with near as materialized (
                select d.id from (select * from {table} as d where {parts.Ends} order by {order} limit {MostPassed}) as d where {parts.Fits} order by {order} limit {limit}),
            looked as materialized (
                select d.id, {sort.Column} as key from {parts.Found(table)} and {(parts.IsVast ? "false" : $"(select count(*) from near) < {limit}")} {anyhow} limit {MostSorted + 1}),
            far as materialized (
                select here.id from unnest({parts.Blocks}) with ordinality as b (step, n), lateral (
                    with few as materialized (select d.id, {sort.Column} as key from {parts.FoundOn("b.step", table)} limit {MostSorted + 1})
                    select id, key from few where (select count(*) from few) <= {MostSorted}
                    union all (
                        select one.id, one.key from unnest({parts.Steps}) as s (step, n), lateral (
                            select * from (select d.id, {sort.Column} as key from {parts.FoundOn("s.step", table)}) as d order by {next} limit {limit}) as one
                        where s.n = b.n and (select count(*) from few) > {MostSorted} limit {limit})
                    order by {next} limit {limit}) as here
                where {(parts.IsVast ? $"(select count(*) from near) < {limit}" : $"(select count(*) from looked) > {MostSorted}")} limit {limit})
            select d.data from {table} as d where d.id = any (array(
                select id from near where (select count(*) from near) = {limit}
                union all (select id from looked where (select count(*) from looked) <= {MostSorted} order by {next} limit {limit})
                union all select id from far)) order by {order}
            """;
        return command;
    }
}

/// <param name="Rank">How near to the top of the row the words stand (<see cref="Ranks"/>), in an order by relevance.</param>
public sealed record Hit<TRow>(TRow Row, int Rank) where TRow : notnull
{
    /// <param name="place">Of the row, among all of its rank.</param>
    public Cursor Cursor(Sorting sort, Cursor place) => sort.IsRelevance ? place with { Key = $"{Rank} {place.Key}" } : place;
}
