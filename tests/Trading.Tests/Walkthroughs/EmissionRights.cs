using System.Net;
using Xunit;
using static Trading.Tests.Walkthroughs.Cast;

namespace Trading.Tests.Walkthroughs;

/// <summary>其他, 排污权: sold at a price for each tonne; the second lot is taken back.</summary>
public sealed class EmissionRights
{
    private static readonly string Bureau = Host("示例市生态环境局", "11420500MB0000043B", "孙工");

    [Fact]
    public async Task emission_rights_are_sold_by_the_tonne_and_one_lot_is_taken_back()
    {
        await using var story = await Story.Begin("emission-rights");

        await story.At("2026-08-03 09:00");
        await story.Register($$"""
            {
              "category": "other", "classCode": "Z01", "title": "示例市2026年度主要污染物排污权出让", "regionCode": "420500",
              "method": "auction", "statutory": false, "initiator": {{Bureau}},
              "lots": [
                {"lotId": "COD", "title": "化学需氧量120吨", "estimate": {"form": "unit", "amount": "8850.00", "per": "吨"} },
                {"lotId": "SO2", "title": "二氧化硫80吨", "estimate": {"form": "unit", "amount": "3950.00", "per": "吨"} }
              ]
            }
            """, lots: "COD planned, SO2 planned");

        await story.At("2026-08-05 08:00");
        await story.Post("announcement", "announcement", """
            {
              "bidding": {"from": "2026-09-01T09:00:00+08:00", "until": "2026-09-01T17:00:00+08:00", "startPrice": "8850", "increment": "50"},
              "text": "示例市生态环境局出让主要污染物排污权，以每吨报价。"
            }
            """, records: "announcement-published", stage: "announcing", lots: "COD announced, SO2 announced");

        await story.At("2026-08-20 08:00");
        await story.Post("taking-back", "termination", """
            {"kind": "withdrawn", "lots": ["SO2"], "reason": "指标统筹用于重点项目", "decidedAt": "2026-08-19T17:00:00+08:00"}
            """, records: "procedure-terminated", stage: "announcing", lots: "COD announced, SO2 withdrawn");

        await story.At("2026-09-01 17:30");
        await story.Refused("award-of-what-was-taken-back", "awards", $$"""
            {"decidedAt": "2026-09-01T17:00:00+08:00", "results": [{{Awarded("SO2", Bidder6, "900000")}}]}
            """, HttpStatusCode.Conflict, "award.lot-not-ready");
        await story.Post("award", "awards", $$"""
            {
              "decidedAt": "2026-09-01T17:00:00+08:00",
              "results": [{
                "lotId": "COD", "outcome": "awarded", "supplier": {{Bidder6}}, "price": {"form": "unit", "amount": "9350.00", "per": "吨"}
              }]
            }
            """, records: "award-announced", stage: "awarding", lots: "COD awarded, SO2 withdrawn");

        await story.At("2026-09-09 10:00");
        await story.Post("contract", "contracts", $$"""
            {
              "number": "示例排污-2026-01", "lots": ["COD"], "supplier": {{Bidder6}}, "value": {{Yuan("1122000")}}, "signedOn": "2026-09-08",
              "period": {"from": "2026-09-08", "until": "2031-09-07"}, "subject": "化学需氧量120吨"
            }
            """, records: "contract-published", stage: "contracting", lots: "COD contracted, SO2 withdrawn");

        await story.At("2026-09-16 10:00");
        await story.Post("payment", "contracts/{contractId:contract}/performance", $$"""
            {"kind": "payment", "occurredOn": "2026-09-15", "description": "出让价款全部缴清", "amount": {{Yuan("1122000")}} }
            """, records: "performance-reported", stage: "performing", lots: "COD performing, SO2 withdrawn");
        await story.Post("acceptance", "contracts/{contractId:contract}/acceptance", """
            {"acceptedOn": "2026-09-16", "result": "accepted", "opinion": "排污权已过户"}
            """, records: "acceptance-published", stage: "performing", lots: "COD accepted, SO2 withdrawn");
        await story.Post("closure", "closure", "{}",
            records: "procedure-closed", stage: "ended", lots: "COD accepted, SO2 withdrawn", status: "complete");

        await story.Ends();
    }
}
