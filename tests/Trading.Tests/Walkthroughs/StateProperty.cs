using System.Net;
using Xunit;
using static Trading.Tests.Walkthroughs.Cast;

namespace Trading.Tests.Walkthroughs;

/// <summary>国有产权, 挂牌: a share in a company is disclosed, sold and handed over, though a stranger objects.</summary>
public sealed class StateProperty
{
    private static readonly string Holding = Host("示例市国有资本投资有限公司", "91420500MA0000103J", "郑工");

    [Fact]
    public async Task a_share_in_a_company_is_listed_and_sold()
    {
        await using var story = await Story.Begin("state-property");

        await story.At("2026-06-01 09:00");
        await story.Register($$"""
            {
              "category": "property", "classCode": "E01", "title": "示例市文旅发展有限公司35%股权转让", "regionCode": "420500",
              "method": "listing", "statutory": true, "initiator": {{Holding}}, "agency": {{Agency}},
              "lots": [{"lotId": "001", "title": "35%股权", "estimate": {{Yuan("15200000")}} }]
            }
            """, lots: "001 planned");

        await story.At("2026-06-02 09:00");
        await story.Refused("disclosure-without-floor", "announcement", "{}", HttpStatusCode.UnprocessableEntity, "announcement.listing-missing");
        await story.Post("disclosure", "announcement", """
            {
              "listing": {
                "from": "2026-06-02T09:00:00+08:00", "until": "2026-06-30T17:00:00+08:00", "floorPrice": "15200000", "deposit": "3000000",
                "buyerConditions": "受让方须为依法设立并有效存续的企业法人", "terms": "一次性付款"
              }
            }
            """, records: "announcement-published", stage: "announcing", lots: "001 announced");

        await story.At("2026-06-20 09:00");
        await story.Post("objection", "objections", $$"""
            {"by": {{Bidder6}}, "against": "documents", "receivedAt": "2026-06-19T16:00:00+08:00", "summary": "认为受让条件排斥自然人"}
            """, records: "objection-raised", stage: "announcing", lots: "001 announced");
        await story.Post("answer", "objections/{objectionId:objection}/answer", """
            {"answeredAt": "2026-06-20T08:50:00+08:00", "answer": "受让条件经国资监管机构同意，予以维持。", "upheld": false}
            """, records: "objection-answered", stage: "announcing", lots: "001 announced");

        await story.At("2026-07-01 09:00");
        await story.Post("qualification", "qualification", $$"""
            {"results": [{{Qualified("001", Bidder5)}}]}
            """, records: "qualification-decided", stage: "qualifying", lots: "001 qualified");
        await story.Refused("opening-of-a-listing", "opening", $$"""
            {"openedAt": "2026-07-01T09:00:00+08:00", "bids": [{{Bid("001", Bidder5, "15200000")}}]}
            """, HttpStatusCode.Conflict, "opening.not-in-course");

        await story.At("2026-07-02 09:00");
        await story.Post("award", "awards", $$"""
            {"decidedAt": "2026-07-01T17:00:00+08:00", "results": [{{Awarded("001", Bidder5, "15200000")}}]}
            """, records: "award-announced", stage: "awarding", lots: "001 awarded");

        await story.At("2026-07-08 09:00");
        await story.Post("contract", "contracts", $$"""
            {"number": "示例产交-2026-08", "lots": ["001"], "supplier": {{Bidder5}}, "value": {{Yuan("15200000")}}, "signedOn": "2026-07-07"}
            """, records: "contract-published", stage: "contracting", lots: "001 contracted");

        await story.At("2026-07-15 09:00");
        await story.Post("payment", "contracts/{contractId:contract}/performance", $$"""
            {"kind": "payment", "occurredOn": "2026-07-14", "description": "转让价款全部支付", "amount": {{Yuan("15200000")}} }
            """, records: "performance-reported", stage: "performing", lots: "001 performing");
        await story.Post("acceptance", "contracts/{contractId:contract}/acceptance", """
            {"acceptedOn": "2026-07-15", "result": "accepted", "opinion": "股权变更登记完成"}
            """, records: "acceptance-published", stage: "performing", lots: "001 accepted");
        await story.Post("closure", "closure", "{}",
            records: "procedure-closed", stage: "ended", lots: "001 accepted", status: "complete");

        await story.Ends();
    }
}
