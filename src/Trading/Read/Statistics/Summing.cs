using Marten;
using Npgsql;

namespace Trading.Read.Statistics;

/// <summary>汇总: how many of all that the filters leave have which values together, and the sums of what they state.</summary>
internal sealed class Summing<TRow>(IQuerySession session) where TRow : notnull
{
    /// <param name="sums">Columns of amounts.</param>
    /// <param name="covered">As for <see cref="Asked.Counted"/>.</param>
    /// <param name="most">There is one more where there are more.</param>
    public async Task<IReadOnlyList<Grouped>> Sum(Query query, IReadOnlyList<string> sums, IReadOnlyList<string> covered, int most, CancellationToken ct)
    {
        var dimensions = query.Facets;
        await using var command = Command(query, sums, covered, most + 1);
        await using var reader = await session.ExecuteReaderAsync(command, ct);
        for (var settings = 0; settings < 2; settings++) await reader.NextResultAsync(ct);
        var groups = new List<Grouped>();
        while (await reader.ReadAsync(ct))
            groups.Add(new Grouped([.. dimensions.Select((facet, i) => facet.Write(reader.GetValue(i)))], reader.GetInt64(dimensions.Count), [.. sums.Select((_, i) => Summed(dimensions.Count + 1 + 2 * i))]));
        return groups;

        Sum Summed(int at) => new(reader.IsDBNull(at) ? null : reader.GetDecimal(at), reader.GetInt64(at + 1));
    }

    // Groups are few and rows are many: sorting these first takes half the time of all.
    private NpgsqlCommand Command(Query query, IReadOnlyList<string> sums, IReadOnlyList<string> covered, int most)
    {
        var command = new NpgsqlCommand();
        var values = string.Join(", ", query.Facets.Select((_, i) => $"v{i}"));
        command.CommandText = $"""
            {Asked.Settings}
            select set_config('enable_sort', 'off', true);
            select {values}, count(*), {string.Join(", ", sums.Select((_, i) => $"sum(s{i}), count(s{i})"))} from (
                select {string.Join(", ", [.. query.Facets.Select((facet, i) => $"{facet.In(query)} as v{i}"), .. sums.Select((sum, i) => $"{sum} as s{i}")])}
                from {new Asked(query, command).Counted(session.DocumentStore.Options.Schema.For<TRow>(), covered)}) as d
            group by {values} limit {most}
            """;
        return command;
    }
}
