using System.Globalization;
using Marten;
using Npgsql;
using Trading.Kernel;
using Trading.Log;
using Trading.Projections;

namespace Trading.Read.Parties;

/// <summary>参与: what one party was in all procedures at a moment, counted where it lies: nobody knows how many there are.</summary>
internal sealed class Involvements(IQuerySession session, CreditCode code, AsOf asOf)
{
    public async Task<IReadOnlyList<RoleSummary>> Roles(CancellationToken ct)
    {
        var roles = await Read(
            """
            select role, sum(procedures)::bigint, sum(lots)::bigint, sum(amount), min(first_at), max(last_at), array_agg(category order by procedures desc, category), array_agg(procedures order by procedures desc, category)
            from (select role, category, count(*) as procedures, sum(lots) as lots, sum(amount) as amount, min(first_at) as first_at, max(last_at) as last_at from involved where role is not null group by role, category) as c
            group by role
            """,
            r => new RoleSummary(
                Role(r.GetString(0)), r.GetInt64(1), r.IsDBNull(2) ? null : r.GetInt64(2), r.IsDBNull(3) ? null : r.GetDecimal(3).ToString(CultureInfo.InvariantCulture),
                LegalTime.Here(r.GetFieldValue<DateTimeOffset>(4)), LegalTime.Here(r.GetFieldValue<DateTimeOffset>(5)),
                [.. r.GetFieldValue<string[]>(6).Zip(r.GetFieldValue<long[]>(7), (category, count) => new FacetCount(category, count))], ""),
            ct);
        return [.. roles.OrderBy(role => role.Role).Select(role => role with { Link = asOf.Keep(List(role.Role)) })];
    }

    /// <summary>The last first.</summary>
    public Task<IReadOnlyList<string>> Names(CancellationToken ct) =>
        Read("select name from involved group by name order by max(last_at) desc, name", r => r.GetString(0), ct);

    /// <summary>In which it was named last, and what it is in them.</summary>
    public Task<IReadOnlyList<(Guid Procedure, IReadOnlyList<PartyRole> Roles)>> Latest(int most, CancellationToken ct) => Read<(Guid, IReadOnlyList<PartyRole>)>(
        // A procedure has no more rows than there are roles, so that those named last are all among so many times as many of the last rows.
        $"""
        , last as materialized (
            select procedure_id, max(last_at) as named_at from (
                select procedure_id, last_at from involved where role is not null order by last_at desc, procedure_id desc limit {most * Enum.GetValues<PartyRole>().Length}) as l
            group by procedure_id order by named_at desc, procedure_id desc limit {most})
        select procedure_id, array_agg(role) from last join involved using (procedure_id) where role is not null
        group by procedure_id, named_at order by named_at desc, procedure_id desc
        """,
        r => (r.GetGuid(0), [.. r.GetFieldValue<string[]>(1).Select(Role).Order()]), ct);

    private static PartyRole Role(string name) => Enum.GetValues<PartyRole>().Single(role => WireNames.Of(role) == name);

    private string List(PartyRole role) => role switch
    {
        PartyRole.Initiator => $"/v1/procedures?initiator={code}",
        PartyRole.Agency => $"/v1/procedures?agency={code}",
        PartyRole.Supplier => $"/v1/procedures?supplier={code}",
        _ => $"/v1/notices?supplier={code}",
    };

    private async Task<IReadOnlyList<T>> Read<T>(string question, Func<NpgsqlDataReader, T> told, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand();
        command.Parameters.Add(new NpgsqlParameter("code", code.ToString()));
        command.CommandText = $"""
            {Asked.Settings}
            with involved as not materialized (select d.* from {session.DocumentStore.Options.Schema.For<PartyVersion>()} as d where d.credit_code = @code and {Then(command)})
            {question}
            """;
        await using var reader = (NpgsqlDataReader)await session.ExecuteReaderAsync(command, ct);
        await reader.NextResultAsync(ct);
        var all = new List<T>();
        while (await reader.ReadAsync(ct)) all.Add(told(reader));
        return all;
    }

    private string Then(NpgsqlCommand command)
    {
        if (asOf.IsNow) return "d.superseded_by is null";
        command.Parameters.Add(new NpgsqlParameter("moment", asOf.Time?.ToUniversalTime() ?? (object)asOf.Position!));
        return asOf.Position is null
            ? "d.recorded_at <= @moment and (d.superseded_at is null or d.superseded_at > @moment)"
            : $"{IsReached("d.event_version")} and not {IsReached("d.superseded_by")}";
    }

    // Row by row: the log is looked up by the party's rows, however many of it lie before the position.
    private static string IsReached(string version) =>
        $"coalesce((select l.position from {LogSchema.Name}.leaf as l where l.stream = d.procedure_id and l.version = {version}) <= @moment, false)";
}
