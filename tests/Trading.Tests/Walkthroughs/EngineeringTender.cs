using System.Net;
using Xunit;
using static Trading.Tests.Walkthroughs.Cast;

namespace Trading.Tests.Walkthroughs;

/// <summary>工程建设: a school in two lots. One fails and is put out again; an objection holds the other up.</summary>
public sealed class EngineeringTender
{
    private static readonly string School = Host("示例市教育局", "11420500011052607X", "张工");

    [Fact]
    public async Task a_school_is_tendered_in_two_lots_one_of_them_twice()
    {
        await using var story = await Story.Begin("engineering-tender");

        await story.At("2026-01-05 09:00");
        await story.Register($$"""
            {
              "category": "engineering", "classCode": "A01", "title": "示例市第一中学教学楼建设项目", "regionCode": "420500",
              "description": "新建教学楼一栋、风雨操场一座，建筑面积约9000平方米。", "method": "open", "statutory": true,
              "initiator": {{School}}, "agency": {{Agency}}, "fundSource": "财政资金",
              "lots": [
                {"lotId": "001", "title": "教学楼施工", "estimate": {{Yuan("18500000.00")}}, "durationDays": 365},
                {"lotId": "002", "title": "风雨操场施工", "estimate": {{Yuan("6200000.00")}}, "durationDays": 180}
              ]
            }
            """, lots: "001 planned, 002 planned");

        await story.Post("plan", "plan", $$"""
            {"expectedMonth": "2026-03", "summary": "教学楼、风雨操场施工总承包", "budget": {{Yuan("24700000")}} }
            """, records: "plan-published", stage: "planning", lots: "001 planned, 002 planned");

        await story.At("2026-03-02 08:00");
        await story.Refused("announcement-without-deadline", "announcement", """
            {"opening": {"at": "2026-03-24T09:00:00+08:00"}}
            """, HttpStatusCode.UnprocessableEntity, "announcement.deadline-missing");

        await story.Post("announcement", "announcement", $$"""
            {
              "documents": {"availableFrom": "2026-03-02T08:00:00+08:00", "availableUntil": "2026-03-09T17:00:00+08:00", "method": "在交易系统下载"},
              "submission": {"deadline": "2026-03-24T09:00:00+08:00", "method": "在交易系统上传"},
              "opening": {"at": "2026-03-24T09:00:00+08:00", "place": "第一开标室"},
              "qualification": "具备建筑工程施工总承包二级及以上资质", "consortiumAllowed": false,
              "ceilingPrice": {{Yuan("18500000.00")}}, "evaluationMethod": "综合评估法", "objectionChannel": "向招标人书面提出",
              "html": "<h1>招标公告</h1><p>本招标项目已由主管部门批准建设。</p><script>alert(1)</script>",
              "media": ["中国招标投标公共服务平台"]
            }
            """, records: "announcement-published", stage: "announcing", lots: "001 announced, 002 announced");

        await story.At("2026-03-06 15:00");
        await story.Post("clarification", "clarifications", """
            {"content": "工程量清单第12项数量更正为1200平方米。", "affectsBidPreparation": true}
            """, records: "documents-clarified", stage: "announcing", lots: "001 announced, 002 announced");

        await story.At("2026-03-24 09:40");
        await story.Refused("opening-of-two-bids", "opening", $$"""
            {
              "openedAt": "2026-03-24T09:00:00+08:00",
              "bids": [{{Bid("002", Bidder2, "6100000")}}, {{Bid("002", Bidder3, "6150000")}}]
            }
            """, HttpStatusCode.UnprocessableEntity, "opening.too-few-bidders");

        await story.Post("opening", "opening", $$"""
            {
              "openedAt": "2026-03-24T09:00:00+08:00", "place": "第一开标室",
              "bids": [{{Bid("001", Bidder1, "18120535.85")}}, {{Bid("001", Bidder2, "18236000")}}, {{Bid("001", Bidder3, "18301200.50")}}]
            }
            """, records: "bids-opened", stage: "opening", lots: "001 opened, 002 announced");

        await story.Post("failure", "termination", """
            {"kind": "failed", "lots": ["002"], "reason": "投标人少于三个", "decidedAt": "2026-03-24T09:30:00+08:00"}
            """, records: "procedure-terminated", stage: "opening", lots: "001 opened, 002 failed");

        await story.At("2026-03-25 16:00");
        await story.Post("qualification", "qualification", $$"""
            {
              "results": [
                {{Qualified("001", Bidder1)}}, {{Qualified("001", Bidder2)}},
                {"lotId": "001", "bidder": {{Bidder3}}, "result": "rejected", "reason": "安全生产许可证已过期"}
              ]
            }
            """, records: "qualification-decided", stage: "opening", lots: "001 opened, 002 failed");

        await story.At("2026-03-26 08:30");
        await story.Post("candidates", "candidates", $$"""
            {
              "evaluationReportReceivedAt": "2026-03-25T17:00:00+08:00",
              "lots": [{
                "lotId": "001",
                "candidates": [{{Candidate(1, Bidder1, "18120535.85")}}, {{Candidate(2, Bidder2, "18236000")}}],
                "rejected": [{"bidder": {{Bidder3}}, "reason": "资格审查未通过"}]
              }],
              "publicity": {"from": "2026-03-26T08:30:00+08:00", "until": "2026-03-29T18:00:00+08:00"}, "objectionChannel": "向招标人书面提出"
            }
            """, records: "candidates-publicised", stage: "evaluating", lots: "001 evaluated, 002 failed");

        await story.At("2026-03-28 10:00");
        await story.Post("objection", "objections", $$"""
            {"by": {{Bidder2}}, "against": "evaluation", "receivedAt": "2026-03-28T09:30:00+08:00", "summary": "对第一候选人业绩提出异议"}
            """, records: "objection-raised", stage: "evaluating", lots: "001 evaluated, 002 failed");

        await story.At("2026-03-30 09:00");
        var award = $$"""
            {"decidedAt": "2026-03-30T08:30:00+08:00", "results": [{{Awarded("001", Bidder1, "18120535.85")}}]}
            """;
        await story.Refused("award-before-the-answer", "awards", award, HttpStatusCode.UnprocessableEntity, "procedure.objection-open");
        await story.Post("answer", "objections/{objectionId:objection}/answer", """
            {"answeredAt": "2026-03-30T08:45:00+08:00", "answer": "经核实，第一候选人业绩符合招标文件要求。", "upheld": false}
            """, records: "objection-answered", stage: "evaluating", lots: "001 evaluated, 002 failed");
        await story.Post("award", "awards", award, records: "award-announced", stage: "awarding", lots: "001 awarded, 002 failed");

        await story.At("2026-04-02 08:00");
        await story.Post("second-announcement", "announcement", """
            {
              "lots": ["002"],
              "documents": {"availableFrom": "2026-04-02T08:00:00+08:00", "availableUntil": "2026-04-09T17:00:00+08:00", "method": "在交易系统下载"},
              "submission": {"deadline": "2026-04-23T09:00:00+08:00", "method": "在交易系统上传"},
              "opening": {"at": "2026-04-23T09:00:00+08:00", "place": "第二开标室"}
            }
            """, records: "announcement-published", stage: "awarding", lots: "001 awarded, 002 announced");
        await story.Rounds("001 1, 002 2");

        await story.At("2026-04-10 10:00");
        await story.Post("contract", "contracts", $$"""
            {
              "number": "示例教建-2026-001", "lots": ["001"], "supplier": {{Bidder1}}, "value": {{Yuan("18120535.85")}},
              "signedOn": "2026-04-09", "period": {"from": "2026-04-20", "until": "2027-04-19"}, "subject": "教学楼施工"
            }
            """, records: "contract-published", stage: "contracting", lots: "001 contracted, 002 announced");

        await story.At("2026-04-23 09:30");
        await story.Post("second-opening", "opening", $$"""
            {
              "openedAt": "2026-04-23T09:00:00+08:00", "place": "第二开标室",
              "bids": [{{Bid("002", Bidder2, "6100000")}}, {{Bid("002", Bidder3, "6150000")}}, {{Bid("002", Bidder1, "6180000")}}]
            }
            """, records: "bids-opened", stage: "contracting", lots: "001 contracted, 002 opened");

        await story.At("2026-04-24 09:00");
        await story.Post("second-candidates", "candidates", $$"""
            {
              "lots": [{"lotId": "002", "candidates": [{{Candidate(1, Bidder2, "6100000")}}, {{Candidate(2, Bidder3, "6150000")}}]}],
              "publicity": {"from": "2026-04-24T09:00:00+08:00", "until": "2026-04-27T18:00:00+08:00"}
            }
            """, records: "candidates-publicised", stage: "contracting", lots: "001 contracted, 002 evaluated");

        await story.At("2026-04-28 10:00");
        await story.Post("second-award", "awards", $$"""
            {"decidedAt": "2026-04-28T09:00:00+08:00", "results": [{{Awarded("002", Bidder2, "6100000")}}]}
            """, records: "award-announced", stage: "contracting", lots: "001 contracted, 002 awarded");

        await story.At("2026-05-08 10:00");
        await story.Post("second-contract", "contracts", $$"""
            {"number": "示例教建-2026-002", "lots": ["002"], "supplier": {{Bidder2}}, "value": {{Yuan("6100000")}}, "signedOn": "2026-05-07"}
            """, records: "contract-published", stage: "contracting", lots: "001 contracted, 002 contracted");

        await story.At("2026-08-21 10:00");
        await story.Post("amendment", "contracts/{contractId:contract}/amendments", """
            {
              "reasonCode": "design-change", "reason": "设计变更增加工程量", "signedOn": "2026-08-20",
              "changes": [{"field": "value", "before": "18120535.85", "after": "18520535.85"}]
            }
            """, records: "contract-amended", stage: "contracting", lots: "001 contracted, 002 contracted");

        await story.At("2026-11-10 10:00");
        await story.Post("completion", "contracts/{contractId:second-contract}/performance", """
            {"kind": "completion", "occurredOn": "2026-11-06", "description": "风雨操场完工"}
            """, records: "performance-reported", stage: "performing", lots: "001 contracted, 002 performing");
        await story.Post("second-acceptance", "contracts/{contractId:second-contract}/acceptance", """
            {"acceptedOn": "2026-11-09", "result": "accepted", "opinion": "验收合格"}
            """, records: "acceptance-published", stage: "performing", lots: "001 contracted, 002 accepted");

        await story.At("2027-04-21 10:00");
        await story.Post("payment", "contracts/{contractId:contract}/performance", $$"""
            {"kind": "payment", "occurredOn": "2027-04-16", "description": "支付至合同价款的百分之九十", "amount": {{Yuan("16668482.27")}} }
            """, records: "performance-reported", stage: "performing", lots: "001 performing, 002 accepted");
        await story.Post("rejection", "contracts/{contractId:contract}/acceptance", """
            {"acceptedOn": "2027-04-20", "result": "rejected", "opinion": "屋面渗漏，限期整改"}
            """, records: "acceptance-published", stage: "performing", lots: "001 performing, 002 accepted");

        await story.At("2027-05-12 10:00");
        await story.Post("acceptance", "contracts/{contractId:contract}/acceptance", """
            {"acceptedOn": "2027-05-11", "result": "accepted", "opinion": "整改后验收合格"}
            """, records: "acceptance-published", stage: "performing", lots: "001 accepted, 002 accepted");
        await story.Post("closure", "closure", """
            {"reason": "全部标段已履约完毕"}
            """, records: "procedure-closed", stage: "ended", lots: "001 accepted, 002 accepted", status: "complete");

        await story.Ends();
    }
}
