using Trading.Kernel;
using Trading.Law.Counting;
using Trading.Law.Packs;

namespace Trading.Supervision.Replaying;

/// <summary>What the OpenAPI document shows of a replay.</summary>
internal static class ReplayExample
{
    private const string Rule = "R-T-03", Citation = "示例市条例 第一条";
    private static readonly Wording explanation = new("不得少于30日。", "At least 30 days.");

    private static readonly Dictionary<string, string> facts = new()
    {
        ["lots"] = "001", ["documentsFrom"] = "2026-03-03T09:00:00+08:00", ["submissionDeadline"] = "2026-03-30T09:00:00+08:00", ["earliestLawful"] = "2026-04-02T09:00:00+08:00",
    };

    private static readonly DateTimeOffset announcedAt = new(2026, 3, 3, 9, 0, 0, LegalTime.Offset);
    private static readonly JudgedVerdict broken = new(Rule, VerdictOutcome.Violation, "E", Citation, explanation.Zh, facts);

    public static ReplayBody Body { get; } = new(
    [
        new PackBody("yichang", "2027.1", new Wording("宜昌市时限", "Time limits of Yichang"), new Dictionary<string, Wording>(),
        [
            new RuleText(
                Rule, ProvisionStage.Announcing, Computation.Minimum, "documents-from", "submission-deadline", "E", Citation, Provenance.Unchecked, explanation,
                30, TimeUnit.CalendarDay, Categories: [TradeCategory.Engineering], Jurisdiction: RegionPrefix.Parse("4205")),
        ]),
    ]);

    public static ReplayAnswer Answer { get; } = new(
        Guid.Parse("019c0a5e-7a10-7000-8000-000000000001"), ["cn-engineering@2026.1", "yichang@2027.1"], 1, 1,
        [
            new ReplayedNotice(
                2, Guid.Parse("019c0a5e-7a10-7000-8000-000000000002"), "announcement-published", "示例市第一中学教学楼建设项目招标公告", announcedAt,
                Refused: true, broken, [new ReplayedVerdict(Rule, VerdictOutcome.Compliant, "E", "001")],
                [broken],
                [new ReplayedChange(Rule, "001", new ReplayedOutcome(VerdictOutcome.Compliant, "E"), new ReplayedOutcome(VerdictOutcome.Violation, "E"))]),
        ]);
}
