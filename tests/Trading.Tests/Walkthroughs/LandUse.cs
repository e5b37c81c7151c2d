using System.Net;
using Xunit;
using static Trading.Tests.Walkthroughs.Cast;

namespace Trading.Tests.Walkthroughs;

/// <summary>土地使用权, 挂牌: two parcels. The notice of one was wrong and is withdrawn; nobody bids for the other at first.</summary>
public sealed class LandUse
{
    private static readonly string Bureau = Host("示例市自然资源和规划局", "11420500MB0000027M", "周工");

    [Fact]
    public async Task two_parcels_are_listed_after_a_withdrawn_notice_and_one_of_them_twice()
    {
        await using var story = await Story.Begin("land-use");

        await story.At("2026-03-01 09:00");
        await story.Register($$"""
            {
              "category": "land", "classCode": "B01", "title": "示例市2026年第一批国有建设用地使用权出让", "regionCode": "420502",
              "method": "listing", "statutory": true, "initiator": {{Bureau}},
              "lots": [{"lotId": "P1", "title": "示例2026-01号宗地"}, {"lotId": "P2", "title": "示例2026-02号宗地"}]
            }
            """, lots: "P1 planned, P2 planned");

        await story.At("2026-03-09 08:00");
        await story.Post("wrong-announcement", "announcement", """
            {
              "lots": ["P1"],
              "parcel": {"number": "示例2026-01", "location": "示例区建设路东侧", "area": {"value": "12350.5", "unit": "square-metre"}, "use": "商服用地", "term": "70年"},
              "bidding": {"from": "2026-04-01T09:00:00+08:00", "until": "2026-04-13T15:00:00+08:00", "startPrice": "35000000", "deposit": "7000000"}
            }
            """, records: "announcement-published", stage: "announcing", lots: "P1 announced, P2 planned");

        await story.At("2026-03-10 09:00");
        await story.Post("withdrawal", "notices/{noticeId:wrong-announcement}/withdrawal", """
            {"reason": "出让年限有误"}
            """, records: "notice-withdrawn", stage: "planning", lots: "P1 planned, P2 planned");

        await story.At("2026-03-11 08:00");
        await story.Refused("announcement-without-parcel", "announcement", """
            {"bidding": {"from": "2026-04-01T09:00:00+08:00", "until": "2026-04-13T15:00:00+08:00", "startPrice": "35000000"}}
            """, HttpStatusCode.UnprocessableEntity, "C-L-09-02");
        await story.Post("announcement", "announcement", """
            {
              "parcel": {
                "number": "示例2026-01、02", "location": "示例区建设路东侧", "area": {"value": "12350.5", "unit": "square-metre"}, "use": "商服用地", "term": "40年",
                "plotRatio": "不大于2.0", "buildingDensity": "不大于40%", "greenRatio": "不小于30%"
              },
              "bidding": {
                "from": "2026-04-01T09:00:00+08:00", "until": "2026-04-13T15:00:00+08:00",
                "startPrice": "35000000", "increment": "500000", "deposit": "7000000"
              }
            }
            """, records: "announcement-published", stage: "announcing", lots: "P1 announced, P2 announced");

        await story.At("2026-04-10 17:00");
        await story.Post("qualification", "qualification", $$"""
            {"results": [{{Qualified("P1", Bidder1)}}, {{Qualified("P1", Bidder2)}}]}
            """, records: "qualification-decided", stage: "qualifying", lots: "P1 qualified, P2 announced");

        await story.At("2026-04-13 14:00");
        await story.Refused("award-while-listed", "awards", $$"""
            {"decidedAt": "2026-04-13T14:00:00+08:00", "results": [{{Awarded("P1", Bidder1, "38500000")}}]}
            """, HttpStatusCode.UnprocessableEntity, "award.bidding-running");

        await story.At("2026-04-13 16:00");
        await story.Refused("award-below-the-start-price", "awards", $$"""
            {"decidedAt": "2026-04-13T15:00:00+08:00", "results": [{{Awarded("P1", Bidder1, "34999999.99")}}]}
            """, HttpStatusCode.UnprocessableEntity, "award.below-start-price");
        await story.Post("award", "awards", $$"""
            {
              "decidedAt": "2026-04-13T15:00:00+08:00",
              "results": [{{Awarded("P1", Bidder1, "38500000")}}, {"lotId": "P2", "outcome": "failed", "reason": "挂牌期限内无人报价"}]
            }
            """, records: "award-announced", stage: "awarding", lots: "P1 awarded, P2 failed");

        await story.At("2026-04-22 09:00");
        await story.Post("contract", "contracts", $$"""
            {"number": "示例出让-2026-01", "lots": ["P1"], "supplier": {{Bidder1}}, "value": {{Yuan("38500000")}}, "signedOn": "2026-04-21"}
            """, records: "contract-published", stage: "contracting", lots: "P1 contracted, P2 failed");

        await story.At("2026-06-01 08:00");
        await story.Post("second-announcement", "announcement", """
            {
              "lots": ["P2"],
              "parcel": {"number": "示例2026-02", "location": "示例区建设路东侧", "area": {"value": "9.8", "unit": "mu"}, "use": "商服用地", "term": "40年"},
              "bidding": {"from": "2026-06-22T09:00:00+08:00", "until": "2026-07-03T15:00:00+08:00", "startPrice": "30000000"}
            }
            """, records: "announcement-published", stage: "contracting", lots: "P1 contracted, P2 announced");
        await story.Rounds("P1 1, P2 2");

        await story.At("2026-06-10 09:00");
        await story.Post("termination", "termination", """
            {"kind": "terminated", "lots": ["P2"], "reason": "规划条件调整，不再出让", "decidedAt": "2026-06-10T08:30:00+08:00"}
            """, records: "procedure-terminated", stage: "contracting", lots: "P1 contracted, P2 terminated");

        await story.At("2026-07-22 09:00");
        await story.Post("payment", "contracts/{contractId:contract}/performance", $$"""
            {"kind": "payment", "occurredOn": "2026-07-20", "description": "出让价款全部缴清", "amount": {{Yuan("38500000")}} }
            """, records: "performance-reported", stage: "performing", lots: "P1 performing, P2 terminated");
        await story.Post("acceptance", "contracts/{contractId:contract}/acceptance", """
            {"acceptedOn": "2026-07-21", "result": "accepted", "opinion": "宗地已交付"}
            """, records: "acceptance-published", stage: "performing", lots: "P1 accepted, P2 terminated");
        await story.Post("closure", "closure", "{}",
            records: "procedure-closed", stage: "ended", lots: "P1 accepted, P2 terminated", status: "complete");

        await story.Ends();
    }
}
