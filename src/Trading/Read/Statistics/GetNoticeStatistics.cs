using Marten;
using Trading.Log;
using Trading.Projections;

namespace Trading.Read.Statistics;

/// <summary>公告统计: notices by one to three dimensions.</summary>
/// <param name="By">The dimensions, in the order asked for.</param>
/// <param name="Groups">In the order of their values; only such as have a notice.</param>
/// <param name="Total">Of all groups together.</param>
public sealed record NoticeStatistics(IReadOnlyList<string> By, IReadOnlyList<NoticeGroup> Groups, NoticeTotal Total);

/// <summary>分组: the notices that have the same values.</summary>
/// <param name="Values">By dimension, as they are filtered by; months as <c>2026-03</c>.</param>
/// <param name="Count">How many notices, also such as were withdrawn or corrected, as in the list.</param>
/// <param name="Amount">金额合计: the sum in 元 of what they state as ceiling price, award, contract value or budget; absent where none does.</param>
/// <param name="WithAmount">How many state an amount in 元.</param>
public sealed record NoticeGroup(IReadOnlyDictionary<string, string> Values, long Count, string? Amount, long WithAmount);

/// <summary>总计: all notices that are counted.</summary>
/// <param name="Count">How many notices, also such as were withdrawn or corrected, as in the list.</param>
/// <param name="Amount">金额合计: the sum in 元 of what they state as ceiling price, award, contract value or budget; absent where none does.</param>
/// <param name="WithAmount">How many state an amount in 元.</param>
public sealed record NoticeTotal(long Count, string? Amount, long WithAmount);

public sealed class GetNoticeStatistics(IQuerySession session, Positions positions) : Grouping<NoticeStatistics>(session, positions)
{
    private static readonly string[] covered = ["d.type", "d.category", "d.region", "d.centre", "d.published_at", "d.amount", "d.recorded_at", "d.procedure_id", "d.event_version"];

    protected override IReadOnlyList<Facet> Dimensions { get; } = [Facet.Month, Facet.Year, Facet.Of("region"), Facet.Of("category"), Facet.Of("type"), Facet.Of("centre")];

    protected override IReadOnlyList<string> Amounts { get; } = ["d.amount"];

    protected override bool HasVersions => false;

    public override void Configure() => Count(
        "v1/statistics/notices", "公告统计",
        "How many public notices there are, and how much money they state, by the month or year of their publication, region, category, type or centre: exactly what the list of notices holds under the same filters.",
        new NoticeStatistics(
            ["month", "category"],
            [
                new NoticeGroup(new Dictionary<string, string> { ["month"] = "2026-03", ["category"] = "engineering" }, 12, "222018750.50", 9),
                new NoticeGroup(new Dictionary<string, string> { ["month"] = "2026-03", ["category"] = "land" }, 2, null, 0),
            ],
            new NoticeTotal(14, "222018750.50", 9)),
        FindNotices.Filters);

    protected override string[] Views { get; } = [Register.NoticeBoard];

    protected override Query Narrow(Query query) => FindNotices.Narrow(query);

    private protected override Task<IReadOnlyList<Grouped>> Groups(IQuerySession session, Query query, bool isPast, CancellationToken ct) =>
        new Summing<NoticeRow>(session).Sum(query, Amounts, covered, MostGroups, ct);

    private protected override NoticeStatistics Tell(IReadOnlyList<string> by, IReadOnlyList<Grouped> groups, Grouped total) => new(
        by, [.. groups.Select(group => new NoticeGroup(Named(by, group), group.Count, group.Sums[0].Written, group.Sums[0].Stated))],
        new NoticeTotal(total.Count, total.Sums[0].Written, total.Sums[0].Stated));
}
