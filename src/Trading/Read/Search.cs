using System.Globalization;
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
    private const int MostPassed = 2_000;

    /// <summary>How many rows that fit are sorted; where there are more, the order is gone through by its steps.</summary>
    private const int MostSorted = 5_000;

    // For this statement alone: it runs in a transaction of its own.
    private const string Settings = """
        select set_config('statement_timeout', '5000', true), set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),
            set_config('plan_cache_mode', 'force_custom_plan', true);
        """;

    public async Task<IReadOnlyList<TRow>> Find(Query query, CancellationToken ct)
    {
        var serializer = session.DocumentStore.Options.Serializer();
        await using var command = Command(query, session.DocumentStore.Options.Schema.For<TRow>());
        await using var reader = await session.ExecuteReaderAsync(command, ct);
        await reader.NextResultAsync(ct);
        var rows = new List<TRow>();
        while (await reader.ReadAsync(ct)) rows.Add(await serializer.FromJsonAsync<TRow>(reader, 0, ct));
        return rows;
    }

    /// <summary>Two statements: how to carry out, and what.</summary>
    internal static NpgsqlCommand Command(Query query, string table)
    {
        var command = new NpgsqlCommand();
        var (sort, limit) = (query.Sort, query.Limit + 1);
        var order = $"{sort.Column} {(sort.Descending ? "desc" : "asc")}, d.id {(sort.Descending ? "desc" : "asc")}";
        var next = order.Replace(sort.Column, "key", StringComparison.Ordinal).Replace("d.id", "id", StringComparison.Ordinal);
        var lasts = Ends(query, command);
        var values = new Queue<object>(query.Values);
        var fits = All(query.Conditions.Select(condition => string.Concat(condition.Split('?').SelectMany((part, i) => i is 0 ? (string[])[part] : [Add(command, values.Dequeue()), part]))));
        var terms = Add(command, query.Terms.ToArray());
        var alternatives = query.Alternatives.Select(one => $"d.terms && {Add(command, one)}").ToList();
        var steps = Add(command, Remaining(query));
        var found = All([.. query.Terms.Count is 0 ? (string[])[] : [$"d.terms @> {terms}"], .. alternatives, fits, lasts]);
        var inStep = All([$"d.terms @> ({terms} || s.step)", .. alternatives, fits, lasts]);
        var anyhow = query.Conditions.Count is 0 ? $"order by {order}" : "";   // nothing to look up by but the order itself
        command.CommandText = $"""
            {Settings}
            with near as materialized (
                select d.id from (select * from {table} as d where {lasts} order by {order} limit {MostPassed}) as d where {fits} order by {order} limit {limit}),
            looked as materialized (
                select d.id, {sort.Column} as key from {table} as d where (select count(*) from near) < {limit} and {found} {anyhow} limit {MostSorted + 1}),
            far as materialized (
                select here.id from unnest({steps}) as s (step), lateral (
                    select * from (select d.id, {sort.Column} as key from {table} as d where {inStep} offset 0) as d order by {next} limit {limit}) as here
                where (select count(*) from looked) > {MostSorted} limit {limit})
            select d.data from {table} as d where d.id = any (array(
                select id from near where (select count(*) from near) = {limit}
                union all (select id from looked where (select count(*) from looked) <= {MostSorted} order by {next} limit {limit})
                union all select id from far)) order by {order}
            """;
        return command;
    }

    /// <summary>Between what the order is read: from where the page begins, to where the filters end.</summary>
    private static string Ends(Query query, NpgsqlCommand command)
    {
        var sort = query.Sort;
        var ends = new List<string>();
        if (query.After is { } after)
            ends.Add($"({sort.Column}, d.id) {(sort.Descending ? "<" : ">")} ({Add(command, after.Key)}::{sort.Type}, {Add(command, after.Id)})");
        var (least, most) = Bounds(query);
        if (least is not null) ends.Add($"{sort.Column} >= {Add(command, least)}");
        if (most is not null) ends.Add($"{sort.Column} <= {Add(command, most)}");
        return All(ends);
    }

    /// <summary>The steps of the order that hold anything of the page or of those behind it, in order.</summary>
    private static int[] Remaining(Query query)
    {
        var (order, count) = query.Sort.Name.TrimStart('-') switch
        {
            "publishedAt" => (Steps.Published, Steps.OfTimes),
            "deadline" => (Steps.Deadline, Steps.OfTimes),
            _ => (Steps.Amount, Steps.OfAmounts),
        };
        var (least, most) = Bounds(query);
        var (first, last) = (least is null ? 0 : Step(least), most is null ? count - 1 : Step(most));
        if (query.After is { Key: var key })
        {
            var begin = query.Sort.Type is "numeric" ? Steps.Of(decimal.Parse(key, CultureInfo.InvariantCulture)) : Steps.Of(DateTimeOffset.Parse(key, CultureInfo.InvariantCulture));
            if (query.Sort.Descending) last = Math.Min(last, begin);
            else first = Math.Max(first, begin);
        }

        var steps = Enumerable.Range(first, Math.Max(0, last - first + 1)).Select(step => Terms.OfStep(order, step));
        return [.. query.Sort.Descending ? steps.Reverse() : steps];
    }

    private static (object? Least, object? Most) Bounds(Query query) => query.Bounds(query.Sort.Column.Replace("_order", "", StringComparison.Ordinal));

    private static int Step(object bound) => bound is decimal amount ? Steps.Of(amount) : Steps.Of((DateTimeOffset)bound);

    private static string All(IEnumerable<string> conditions) => string.Join(" and ", conditions.DefaultIfEmpty("true"));

    private static string Add(NpgsqlCommand command, object value)
    {
        var name = $"p{command.Parameters.Count}";
        command.Parameters.Add(new NpgsqlParameter(name, value));
        return "@" + name;
    }
}
