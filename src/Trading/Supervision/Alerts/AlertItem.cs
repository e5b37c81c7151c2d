using Trading.Events;
using Trading.Kernel;
using Trading.Law;
using Trading.Projections;

namespace Trading.Supervision.Alerts;

/// <summary>预警: one time the law sets a procedure, and how it stands.</summary>
/// <param name="Title">Of the procedure.</param>
/// <param name="State">Open while it is awaited, settled once it has come or lapsed.</param>
/// <param name="Since">Since when the light is on, by the law.</param>
/// <param name="DueAt">The last second that is in time.</param>
/// <param name="Explanation">What the rule asks, and how it stood at the last step.</param>
/// <param name="Lots">For which it was still awaited at the last step.</param>
/// <param name="Facts">What the rule was applied to.</param>
/// <param name="StartedBy">The notice with which the time began.</param>
/// <param name="Outcome">Absent while open: kept in time, late, or lapsed because nobody waits any more.</param>
/// <param name="SettledBy">The notice that settled it.</param>
/// <param name="Course">All that has happened to the alert, in order; each is an event with a receipt.</param>
public sealed record AlertItem(
    Guid AlertId,
    Guid ProcedureId,
    string Ocid,
    string Title,
    TradeCategory Category,
    RegionCode RegionCode,
    string Region,
    Centre Centre,
    string Rule,
    string Citation,
    AlertLight Light,
    string State,
    DateTimeOffset Since,
    DateTimeOffset DueAt,
    Wording Explanation,
    IReadOnlyList<LotId> Lots,
    IReadOnlyDictionary<string, string> Facts,
    Guid StartedBy,
    AlertOutcome? Outcome,
    Guid? SettledBy,
    IReadOnlyList<AlertLine> Course)
{
    public AlertLinks Links => new($"/v1/procedures/{ProcedureId}", $"/v1/notices/{StartedBy}", $"/v1/rules/{Rule}");

    public static AlertItem Of(AlertRow row)
    {
        var (raised, heading) = (row.Raised, row.Raised.Heading);
        return new AlertItem(
            row.Id, row.ProcedureId, heading.Ocid, heading.ProcedureTitle, heading.Category, heading.Region, heading.Region.FullName, heading.Centre,
            row.Rule, raised.Citation, row.Settled?.Light ?? raised.Light, row.State, LegalTime.Here(row.Since), LegalTime.Here(row.DueAt),
            raised.Explanation, raised.Lots, raised.Facts.ToDictionary(fact => fact.Name, fact => fact.Value), raised.StartedBy,
            row.Settled?.Outcome, row.Settled?.SettledBy, row.Course);
    }

    internal static AlertItem Example
    {
        get
        {
            var (procedure, award) = (Guid.Parse("019c0a5e-7a10-7000-8000-000000000001"), Guid.Parse("019c0a5e-7a10-7000-8000-000000000005"));
            var (awarded, half) = (new DateTimeOffset(2026, 4, 8, 10, 0, 0, LegalTime.Offset), new DateTimeOffset(2026, 4, 24, 0, 0, 0, LegalTime.Offset));
            var rule = Lawbook.Embedded.Provisions.First(p => p.Id is "R-T-14");
            return new AlertItem(
                Guid.Parse("5f7c2e0a-9d1b-8c3e-a4f5-0123456789ab"), procedure, $"ocds-000000-{procedure}", "示例市第一中学教学楼建设项目", TradeCategory.Engineering,
                RegionCode.Parse("420500"), "湖北省宜昌市", new Centre(CreditCode.Parse("12420500MB0000019P"), "示例市公共资源交易中心"),
                rule.Id, rule.Citation, AlertLight.Yellow, AlertBoardProjection.Open, half, LegalTime.EndOf(new DateOnly(2026, 5, 8)),
                AlertWording.Of(rule, AlertStep.Half, LegalTime.EndOf(new DateOnly(2026, 5, 8))),
                [LotId.Parse("001")],
                new Dictionary<string, string> { ["lots"] = "001", ["awardPublishedAt"] = TimeConverter.Write(awarded), ["contractSignedOn"] = "—", ["latestLawful"] = "2026-05-08" },
                award, null, null,
                [
                    new AlertLine(Guid.Parse("019c0a5e-7a10-7000-8000-0000000000a1"), AlertStep.Begun, null, AlertLight.Green, awarded, awarded),
                    new AlertLine(Guid.Parse("019c0a5e-7a10-7000-8000-0000000000a2"), AlertStep.Half, null, AlertLight.Yellow, half, half),
                ]);
        }
    }
}

/// <summary>Where to read on; addresses relative to the service.</summary>
/// <param name="Notice">With which the time began.</param>
public sealed record AlertLinks(string Procedure, string Notice, string Rule);
