using System.Net;
using Xunit;
using static Trading.Tests.Walkthroughs.Cast;

namespace Trading.Tests.Walkthroughs;

/// <summary>矿业权, 拍卖: at an auction the hammer may fall once it has begun.</summary>
public sealed class MineralRights
{
    private static readonly string Bureau = Host("示例省自然资源厅", "11420500MB0000035G", "吴工");

    [Fact]
    public async Task a_limestone_quarry_is_auctioned()
    {
        await using var story = await Story.Begin("mineral-rights");

        await story.At("2026-04-01 09:00");
        await story.Register($$"""
            {
              "category": "mineral", "classCode": "C02", "title": "示例县白石岭建筑用石灰岩矿采矿权出让", "regionCode": "420526",
              "method": "auction", "statutory": true, "initiator": {{Bureau}},
              "lots": [{"lotId": "001", "title": "白石岭石灰岩矿采矿权"}]
            }
            """, lots: "001 planned");

        await story.Post("plan", "plan", """
            {"expectedMonth": "2026-04", "summary": "白石岭建筑用石灰岩矿采矿权出让"}
            """, records: "plan-published", stage: "planning", lots: "001 planned");

        await story.At("2026-04-08 08:00");
        await story.Post("announcement", "announcement", """
            {
              "parcel": {
                "number": "示例采-2026-01", "location": "示例县白石镇", "area": {"value": "0.1862", "unit": "square-kilometre"},
                "mineral": "建筑用石灰岩", "reserves": "1260万吨", "term": "12年"
              },
              "bidding": {
                "from": "2026-05-15T10:00:00+08:00", "until": "2026-05-15T12:00:00+08:00",
                "startPrice": "21600000", "increment": "200000", "deposit": "4320000"
              }
            }
            """, records: "announcement-published", stage: "announcing", lots: "001 announced");

        await story.At("2026-04-20 10:00");
        await story.Post("correction", "corrections", """
            {
              "corrects": "{noticeId:announcement}", "subject": "notice",
              "changes": [{"item": "资源储量", "before": "1260万吨", "after": "1206万吨"}]
            }
            """, records: "announcement-corrected", stage: "announcing", lots: "001 announced");

        await story.At("2026-05-14 17:00");
        await story.Post("qualification", "qualification", $$"""
            {"results": [{{Qualified("001", Bidder2)}}, {{Qualified("001", Bidder3)}}]}
            """, records: "qualification-decided", stage: "qualifying", lots: "001 qualified");

        await story.At("2026-05-15 11:00");
        await story.Refused("candidates-at-an-auction", "candidates", $$"""
            {
              "lots": [{"lotId": "001", "candidates": [{{Candidate(1, Bidder3, "26400000")}}]}],
              "publicity": {"from": "2026-05-15T11:00:00+08:00", "until": "2026-05-18T18:00:00+08:00"}
            }
            """, HttpStatusCode.Conflict, "evaluation.not-in-course");
        await story.Post("award", "awards", $$"""
            {"decidedAt": "2026-05-15T10:42:00+08:00", "results": [{{Awarded("001", Bidder3, "26400000")}}]}
            """, records: "award-announced", stage: "awarding", lots: "001 awarded");

        await story.At("2026-06-05 10:00");
        await story.Post("contract", "contracts", $$"""
            {
              "number": "示例采出-2026-01", "lots": ["001"], "supplier": {{Bidder3}}, "value": {{Yuan("26400000")}}, "signedOn": "2026-06-04",
              "period": {"from": "2026-07-01", "until": "2038-06-30"}
            }
            """, records: "contract-published", stage: "contracting", lots: "001 contracted");

        await story.At("2026-06-30 10:00");
        await story.Post("settlement", "contracts/{contractId:contract}/performance", $$"""
            {"kind": "settlement", "occurredOn": "2026-06-29", "description": "首期出让收益缴清", "amount": {{Yuan("5280000")}} }
            """, records: "performance-reported", stage: "performing", lots: "001 performing");
        await story.Post("acceptance", "contracts/{contractId:contract}/acceptance", """
            {"acceptedOn": "2026-06-30", "result": "accepted", "opinion": "采矿许可证已颁发"}
            """, records: "acceptance-published", stage: "performing", lots: "001 accepted");
        await story.Post("closure", "closure", "{}",
            records: "procedure-closed", stage: "ended", lots: "001 accepted", status: "complete");

        await story.Ends();
    }
}
