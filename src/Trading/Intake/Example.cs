using System.Globalization;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Intake;

/// <summary>Values the OpenAPI document's examples share.</summary>
public static class Example
{
    public static Party Supplier { get; } = new("示例建设集团有限公司", CreditCode.Parse("91350100M000100Y43"), "示例市工业路8号");

    public static Party Initiator { get; } = new(
        "示例市教育局", CreditCode.Parse("11420500011052607X"), "示例市建设路1号", new Contact("张工", "0717-0000000"));

    public static Receipt Receipt { get; } = new(
        Guid.Parse("019c0a5e-7a10-7000-8000-000000000001"), "ocds-000000-019c0a5e-7a10-7000-8000-000000000001", 3,
        Guid.Parse("019c0a5e-7a10-7000-8000-000000000002"),
        [new ReceiptEvent(Guid.Parse("019c0a5e-7a10-7000-8000-000000000002"), "candidates-publicised")],
        [
            new ReceiptVerdict(
                "evaluation.one-to-three-candidates", VerdictOutcome.Compliant, "E", "招标投标法实施条例 第五十三条", "中标候选人应当为1至3个。",
                new Dictionary<string, string> { ["candidates"] = "3" }),
        ],
        new ReceiptLinks(
            "/v1/procedures/019c0a5e-7a10-7000-8000-000000000001", "/v1/notices/019c0a5e-7a10-7000-8000-000000000002",
            "/v1/events/019c0a5e-7a10-7000-8000-000000000002/receipt"));

    /// <summary>The same, only shown.</summary>
    public static Receipt Shown { get; } = Receipt with { DryRun = true };

    public static LegacyLine LegacyLine { get; } = new(
        "former-0001", RegionCode.Parse("420500"), TradeCategory.Engineering, LegacyNoticeType.CandidatesPublicised,
        "示例市第二中学操场改造工程中标候选人公示", Day("2025-06-12"), "示例市第二中学操场改造工程",
        [new LegacyCandidate(1, Supplier.Name, "3312590.00"), new LegacyCandidate(2, "示例市第二建筑有限公司", "下浮率20.50%")],
        "https://example.org/notices/1", Time("2025-06-12T19:30:00"), Time("2025-06-16T07:00:00"));

    public static LegacyAnswer LegacyAnswer { get; } = new(
        2, 1, 0, [new LegacyRefusal(2, "former-0002", "legacy.foreign-region", "该地区不在授权范围之内。", "/regionCode")],
        [new LegacyVerdicts("R-T-10", VerdictOutcome.Violation, "W", 1)],
        [new LegacyWarning(1, "former-0001", "R-T-10", "W", "依法必须招标的项目，中标候选人公示期不得少于3日；期满之日为休息日的，以延至其后第一个工作日为妥。")]);

    /// <summary>A time of China Standard Time.</summary>
    public static DateTimeOffset Time(string local) =>
        new(DateTime.ParseExact(local, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture), LegalTime.Offset);

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static Price Yuan(string amount) => new AmountPrice(Kernel.Yuan.Parse(amount));
}
