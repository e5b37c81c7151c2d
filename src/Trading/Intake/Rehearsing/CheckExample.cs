using System.Text.Json;

namespace Trading.Intake.Rehearsing;

/// <summary>What the OpenAPI document shows of a check.</summary>
internal static class CheckExample
{
    private static readonly DateTimeOffset at = Example.Time("2026-03-03T09:00:00");

    public static CheckBody Body { get; } = new(
        JsonElement.Parse(
            """
            {"title":"示例市第一中学教学楼建设项目","category":"engineering","classCode":"A01","regionCode":"420500","method":"open","statutory":true,
             "initiator":{"name":"示例市教育局","creditCode":"11420500011052607X"},"lots":[{"lotId":"001","title":"教学楼施工"}]}
            """),
        [new CheckedPosting("termination", JsonElement.Parse("""{"kind":"withdrawn","reason":"项目取消","decidedAt":"2026-03-02T17:00:00+08:00"}"""), at)]);

    public static CheckAnswer Answer { get; } = new(
        new RehearsedAnswer(RehearsalOutcome.Recorded, at, Example.Receipt.NoticeId, Events: ["procedure-registered"], Verdicts: []),
        [new RehearsedAnswer(RehearsalOutcome.Recorded, at, Example.Receipt.Events[0].EventId, Events: ["procedure-terminated"], Verdicts: Example.Receipt.Verdicts)]);
}
