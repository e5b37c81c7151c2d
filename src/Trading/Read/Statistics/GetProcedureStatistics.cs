using Marten;
using Trading.Log;
using Trading.Projections;

namespace Trading.Read.Statistics;

/// <summary>项目统计: procedures by one to three dimensions.</summary>
/// <param name="By">The dimensions, in the order asked for.</param>
/// <param name="Groups">In the order of their values; only such as have a procedure.</param>
/// <param name="Total">Of all groups together.</param>
public sealed record ProcedureStatistics(IReadOnlyList<string> By, IReadOnlyList<ProcedureGroup> Groups, ProcedureTotal Total);

/// <summary>分组: the procedures that have the same values.</summary>
/// <param name="Values">By dimension, as they are filtered by; months as <c>2026-03</c>.</param>
/// <param name="Count">How many procedures.</param>
/// <param name="Estimated">估算合计: the sum in 元 of the estimates of their lots; absent where no lot has one in 元.</param>
/// <param name="WithEstimate">How many have a lot with an estimate in 元.</param>
/// <param name="Awarded">成交合计: the sum in 元 of the awards of their lots; absent where no lot has one in 元.</param>
/// <param name="WithAward">How many have a lot with an award in 元.</param>
public sealed record ProcedureGroup(IReadOnlyDictionary<string, string> Values, long Count, string? Estimated, long WithEstimate, string? Awarded, long WithAward);

/// <summary>总计: all procedures that are counted.</summary>
/// <param name="Count">How many procedures.</param>
/// <param name="Estimated">估算合计: the sum in 元 of the estimates of their lots; absent where no lot has one in 元.</param>
/// <param name="WithEstimate">How many have a lot with an estimate in 元.</param>
/// <param name="Awarded">成交合计: the sum in 元 of the awards of their lots; absent where no lot has one in 元.</param>
/// <param name="WithAward">How many have a lot with an award in 元.</param>
public sealed record ProcedureTotal(long Count, string? Estimated, long WithEstimate, string? Awarded, long WithAward);

public sealed class GetProcedureStatistics(IQuerySession session, Positions positions) : Grouping<ProcedureStatistics>(session, positions)
{
    private static readonly string[] covered = ["d.stage", "d.status", "d.category", "d.region", "d.centre", "d.published_at"];
    private static readonly string[] coveredOfVersions = [.. covered, "d.recorded_at", "d.superseded_at", "d.procedure_id", "d.event_version", "d.superseded_by"];

    protected override IReadOnlyList<Facet> Dimensions { get; } =
        [Facet.Month, Facet.Year, Facet.Of("region"), Facet.Of("category"), Facet.Of("stage"), Facet.Of("status"), Facet.Of("centre")];

    protected override IReadOnlyList<string> Amounts { get; } = ["d.estimated", "d.awarded"];

    protected override bool HasVersions => true;

    public override void Configure() => Count(
        "v1/statistics/procedures", "项目统计",
        "How many procedures there are, and how much money was estimated and awarded in them, by the month or year of their registration, region, category, stage, status or centre: exactly what the list of procedures holds under the same filters.",
        new ProcedureStatistics(
            ["region", "stage"],
            [
                new ProcedureGroup(Values("420500", "awarding"), 3, "56500000.00", 3, "53120535.85", 3),
                new ProcedureGroup(Values("420500", "planning"), 2, "18500000.00", 1, null, 0),
            ],
            new ProcedureTotal(5, "75000000.00", 4, "53120535.85", 3)),
        FindProcedures.Filters);

    protected override string[] Views { get; } = [Register.ProcedureBoard, Register.ProcedureVersions];

    protected override Query Narrow(Query query) => FindProcedures.Narrow(query);

    private protected override Task<IReadOnlyList<Grouped>> Groups(IQuerySession session, Query query, bool isPast, CancellationToken ct) => isPast
        ? new Summing<ProcedureVersion>(session).Sum(query, Amounts, coveredOfVersions, MostGroups, ct)
        : new Summing<ProcedureRow>(session).Sum(query, Amounts, covered, MostGroups, ct);

    private protected override ProcedureStatistics Tell(IReadOnlyList<string> by, IReadOnlyList<Grouped> groups, Grouped total) => new(
        by,
        [
            .. groups.Select(group => new ProcedureGroup(
                Named(by, group), group.Count, group.Sums[0].Written, group.Sums[0].Stated, group.Sums[1].Written, group.Sums[1].Stated)),
        ],
        new ProcedureTotal(total.Count, total.Sums[0].Written, total.Sums[0].Stated, total.Sums[1].Written, total.Sums[1].Stated));

    private static Dictionary<string, string> Values(string region, string stage) => new() { ["region"] = region, ["stage"] = stage };
}
