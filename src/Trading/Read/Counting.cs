using Marten;
using Npgsql;

namespace Trading.Read;

/// <summary>计数: how many of all that the filters leave have which value. Every filter narrows every facet, its own too.</summary>
internal sealed class Counting<TRow>(IQuerySession session) where TRow : notnull
{
    /// <param name="covered">As for <see cref="Asked.Counted"/>.</param>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<FacetCount>>> Count(Query query, IReadOnlyList<string> covered, CancellationToken ct)
    {
        var counted = query.Facets.ToDictionary(facet => facet.Name, _ => new List<FacetCount>());
        var columns = query.Facets.Where(facet => facet.Member is null).ToList();
        foreach (var together in query.IsWithin(covered) ? columns.Select(facet => (List<Facet>)[facet]) : columns.Count > 0 ? [columns] : []) await Read(Columns(query, together, covered), together);
        foreach (var facet in query.Facets.Where(facet => facet.Member is not null)) await Read(Members(query, facet), [facet]);
        return counted.ToDictionary(facet => facet.Key, facet => (IReadOnlyList<FacetCount>)[.. facet.Value.OrderByDescending(each => each.Count).ThenBy(each => each.Value, StringComparer.Ordinal).Take(Facet.MostValues)]);

        async Task Read(NpgsqlCommand command, List<Facet> facets)
        {
            await using (command)
            {
                await using var reader = await session.ExecuteReaderAsync(command, ct);
                await reader.NextResultAsync(ct);
                while (await reader.ReadAsync(ct))
                {
                    var which = Enumerable.Range(0, facets.Count).First(i => !reader.IsDBNull(i));
                    counted[facets[which].Name].Add(new FacetCount(facets[which].Write(reader.GetValue(which)), reader.GetInt64(facets.Count)));
                }
            }
        }
    }

    // What has to be looked for is gone through once for all of them; of each row of the result one value is not null.
    private NpgsqlCommand Columns(Query query, List<Facet> facets, IReadOnlyList<string> covered)
    {
        var command = new NpgsqlCommand();
        var asked = new Asked(query, command);
        var names = facets.Select((_, i) => $"v{i}").ToList();
        command.CommandText = $"""
            {Asked.Settings}
            select {string.Join(", ", names)}, count(*) from (
                select {string.Join(", ", facets.Select((facet, i) => $"{facet.In(query)} as v{i}"))} from {asked.Counted(Table, covered)}) as d
            group by grouping sets ({string.Join(", ", names.Select(name => $"({name})"))})
            """;
        return command;
    }

    private NpgsqlCommand Members(Query query, Facet facet)
    {
        var command = new NpgsqlCommand();
        command.CommandText = $"""
            {Asked.Settings}
            select value, count(*) from (select d.data -> '{facet.Member}' as members from {new Asked(query, command).Found(Table)}) as d, jsonb_array_elements_text(members) as value group by value
            """;
        return command;
    }

    private string Table => session.DocumentStore.Options.Schema.For<TRow>();
}
