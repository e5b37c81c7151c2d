using System.Net;
using Xunit;
using static Trading.Tests.Walkthroughs.Cast;

namespace Trading.Tests.Walkthroughs;

/// <summary>政府采购, 单一来源: the only supplier is proposed to the public, and no other gets the contract, which ends early.</summary>
public sealed class SoleSourcePurchase
{
    private static readonly string DataOffice = Host("示例市数据局", "11420500MB0000019T", "王工");

    [Fact]
    public async Task a_system_is_extended_by_its_only_maker_until_the_contract_is_dissolved()
    {
        await using var story = await Story.Begin("sole-source-purchase");

        await story.At("2026-05-06 09:00");
        await story.Register($$"""
            {
              "category": "procurement", "classCode": "D03", "title": "示例市电子证照系统扩容项目", "regionCode": "420500",
              "method": "sole-source", "statutory": true, "initiator": {{DataOffice}},
              "lots": [{"lotId": "1", "title": "电子证照系统扩容", "estimate": {{Yuan("1200000")}} }]
            }
            """, lots: "1 planned");

        await story.At("2026-05-11 09:00");
        await story.Post("sole-source", "sole-source", $$"""
            {
              "supplier": {{Bidder4}}, "grounds": "须与原有系统配套，只能从原供应商处采购。",
              "opinions": ["系统核心由原供应商独家开发，建议采用单一来源方式采购。", "接口未公开，无其他供应商可以实施。"],
              "publicity": {"from": "2026-05-11T09:00:00+08:00", "until": "2026-05-18T17:00:00+08:00"}
            }
            """, records: "sole-source-publicised", stage: "announcing", lots: "1 announced");

        await story.At("2026-05-15 09:00");
        await story.Refused("award-within-publicity", "awards", $$"""
            {"decidedAt": "2026-05-15T08:30:00+08:00", "results": [{{Awarded("1", Bidder4, "1180000")}}]}
            """, HttpStatusCode.UnprocessableEntity, "R-G-10b");

        await story.At("2026-05-19 15:00");
        await story.Refused("award-to-another", "awards", $$"""
            {"decidedAt": "2026-05-19T14:00:00+08:00", "results": [{{Awarded("1", Bidder5, "1100000")}}]}
            """, HttpStatusCode.UnprocessableEntity, "award.not-the-proposed");
        await story.Post("award", "awards", $$"""
            {"decidedAt": "2026-05-19T14:00:00+08:00", "results": [{{Awarded("1", Bidder4, "1180000")}}]}
            """, records: "award-announced", stage: "awarding", lots: "1 awarded");

        await story.At("2026-05-27 10:00");
        await story.Post("contract", "contracts", $$"""
            {"number": "示例数采-2026-003", "lots": ["1"], "supplier": {{Bidder4}}, "value": {{Yuan("1180000")}}, "signedOn": "2026-05-26"}
            """, records: "contract-published", stage: "contracting", lots: "1 contracted");

        await story.At("2026-06-15 10:00");
        await story.Post("amendment", "contracts/{contractId:contract}/amendments", """
            {
              "reasonCode": "scope", "reason": "减少一个子系统", "signedOn": "2026-06-12",
              "changes": [{"field": "value", "before": "1180000", "after": "1050000"}]
            }
            """, records: "contract-amended", stage: "contracting", lots: "1 contracted");

        await story.At("2026-09-01 10:00");
        await story.Post("delay", "contracts/{contractId:contract}/performance", """
            {"kind": "delay", "occurredOn": "2026-08-31", "description": "第一阶段逾期未交付"}
            """, records: "performance-reported", stage: "performing", lots: "1 performing");

        await story.At("2026-10-12 10:00");
        await story.Post("contract-termination", "contracts/{contractId:contract}/termination", """
            {"reason": "双方协商解除", "terminatedOn": "2026-10-10"}
            """, records: "contract-terminated", stage: "performing", lots: "1 performing");
        await story.Refused("acceptance-after-the-end", "contracts/{contractId:contract}/acceptance", """
            {"acceptedOn": "2026-10-12", "result": "accepted"}
            """, HttpStatusCode.Conflict, "performance.contract-terminated");
        await story.Post("closure", "closure", """
            {"reason": "合同已解除"}
            """, records: "procedure-closed", stage: "ended", lots: "1 performing", status: "complete");

        await story.Ends();
    }
}
