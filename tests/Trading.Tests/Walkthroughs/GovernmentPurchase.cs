using System.Net;
using Xunit;
using static Trading.Tests.Walkthroughs.Cast;

namespace Trading.Tests.Walkthroughs;

/// <summary>政府采购, 公开招标: the deadline is put off, the procedure suspended, an award cancelled, one notice kept back.</summary>
public sealed class GovernmentPurchase
{
    private static readonly string Hospital = Host("示例市中心医院", "12420500MB0000078T", "李工");

    [Fact]
    public async Task a_hospital_buys_scanners_after_a_suspension_and_a_cancelled_award()
    {
        await using var story = await Story.Begin("government-purchase");

        await story.At("2026-02-02 09:00");
        await story.Register($$"""
            {
              "category": "procurement", "classCode": "D01", "title": "示例市中心医院医疗设备采购项目", "regionCode": "420503",
              "method": "open", "statutory": true, "initiator": {{Hospital}}, "agency": {{Agency}}, "fundSource": "财政资金",
              "lots": [{"lotId": "1", "title": "计算机断层扫描仪2台", "estimate": {{Yuan("9800000")}} }]
            }
            """, lots: "1 planned");

        await story.Post("intention", "plan", $$"""
            {"expectedMonth": "2026-03", "summary": "计算机断层扫描仪2台，含安装和三年维护", "budget": {{Yuan("9800000")}} }
            """, records: "procurement-intention-published", stage: "planning", lots: "1 planned");

        await story.At("2026-03-10 09:00");
        await story.Post("announcement", "announcement", """
            {
              "documents": {"availableFrom": "2026-03-10T09:00:00+08:00", "availableUntil": "2026-03-17T17:00:00+08:00", "method": "在政府采购系统下载"},
              "submission": {"deadline": "2026-03-31T09:30:00+08:00", "method": "在政府采购系统上传"},
              "opening": {"at": "2026-03-31T09:30:00+08:00", "place": "不见面开标大厅"},
              "qualification": "具备医疗器械经营许可", "evaluationMethod": "综合评分法"
            }
            """, records: "announcement-published", stage: "announcing", lots: "1 announced");

        await story.At("2026-03-13 10:00");
        await story.Post("correction", "corrections", """
            {
              "corrects": "{noticeId:announcement}", "subject": "notice",
              "changes": [{"item": "供应商资格", "before": "具备医疗器械经营许可", "after": "具备第三类医疗器械经营许可"}]
            }
            """, records: "announcement-corrected", stage: "announcing", lots: "1 announced");

        await story.At("2026-03-16 10:00");
        await story.Post("clarification", "clarifications", """
            {"content": "技术参数第3条指探测器排数不少于64排。", "affectsBidPreparation": false}
            """, records: "documents-clarified", stage: "announcing", lots: "1 announced");

        await story.At("2026-03-20 10:00");
        await story.Post("suspension", "suspension", """
            {"reason": "投诉处理期间暂停采购活动", "orderedBy": "示例市财政局"}
            """, records: "procedure-suspended", stage: "announcing", lots: "1 announced", status: "suspended");
        await story.Refused("clarification-while-suspended", "clarifications", """
            {"content": "补充说明。", "affectsBidPreparation": false}
            """, HttpStatusCode.Conflict, "procedure.suspended");

        // the deadline lay ahead when the procedure was suspended, so it can still be put off
        await story.At("2026-04-08 10:00");
        await story.Post("correction-of-the-deadline", "corrections", """
            {
              "corrects": "{noticeId:announcement}", "subject": "notice",
              "changes": [{"item": "投标截止时间", "before": "2026年3月31日9时30分", "after": "2026年4月22日9时30分"}],
              "submission": {"deadline": "2026-04-22T09:30:00+08:00"}
            }
            """, records: "announcement-corrected", stage: "announcing", lots: "1 announced", status: "suspended");
        await story.Post("resumption", "resumption", """
            {"reason": "投诉事项不成立", "orderedBy": "示例市财政局"}
            """, records: "procedure-resumed", stage: "announcing", lots: "1 announced");

        await story.At("2026-04-15 10:00");
        await story.Post("extension", "extensions", """
            {
              "submission": {"deadline": "2026-04-27T09:30:00+08:00"}, "opening": {"at": "2026-04-27T09:30:00+08:00", "place": "不见面开标大厅"},
              "reason": "供应商集中咨询，延长投标文件编制时间"
            }
            """, records: "deadline-extended", stage: "announcing", lots: "1 announced");

        await story.At("2026-04-27 10:30");
        await story.Post("opening", "opening", $$"""
            {
              "openedAt": "2026-04-27T09:30:00+08:00", "place": "不见面开标大厅",
              "bids": [{{Bid("1", Bidder4, "9310000")}}, {{Bid("1", Bidder5, "9280000")}}, {{Bid("1", Bidder6, "9650000")}}]
            }
            """, records: "bids-opened", stage: "opening", lots: "1 opened");

        // what a reviewer has found to hold trade secrets is on record, and read by those alone who may
        await story.Post("qualification", "qualification", $$"""
            {
              "results": [{{Qualified("1", Bidder4)}}, {{Qualified("1", Bidder5)}}, {{Qualified("1", Bidder6)}}],
              "disclosure": {"attribute": "withheld"}
            }
            """, records: "qualification-decided", stage: "opening", lots: "1 opened");

        await story.At("2026-04-28 15:00");
        await story.Post("candidates", "candidates", $$"""
            {
              "lots": [{"lotId": "1", "candidates": [{{Candidate(1, Bidder5, "9280000")}}, {{Candidate(2, Bidder4, "9310000")}}]}],
              "publicity": {"from": "2026-04-28T15:00:00+08:00", "until": "2026-04-29T17:00:00+08:00"}
            }
            """, records: "candidates-publicised", stage: "evaluating", lots: "1 evaluated");

        await story.At("2026-04-30 09:00");
        await story.Post("award", "awards", $$"""
            {"decidedAt": "2026-04-30T08:30:00+08:00", "results": [{{Awarded("1", Bidder5, "9280000")}}]}
            """, records: "award-announced", stage: "awarding", lots: "1 awarded");

        await story.At("2026-05-11 09:00");
        await story.Post("award-cancellation", "award-cancellations", """
            {"lotId": "1", "reason": "中标供应商放弃中标"}
            """, records: "award-cancelled", stage: "evaluating", lots: "1 evaluated");
        await story.Post("second-award", "awards", $$"""
            {"decidedAt": "2026-05-11T08:30:00+08:00", "results": [{{Awarded("1", Bidder4, "9310000")}}]}
            """, records: "award-announced", stage: "awarding", lots: "1 awarded");

        await story.At("2026-05-20 16:00");
        await story.Post("contract", "contracts", $$"""
            {
              "number": "示例医采-2026-017", "lots": ["1"], "supplier": {{Bidder4}}, "value": {{Yuan("9310000")}}, "signedOn": "2026-05-19",
              "period": {"from": "2026-05-20", "until": "2026-09-20"}, "subject": "计算机断层扫描仪2台"
            }
            """, records: "contract-published", stage: "contracting", lots: "1 contracted");

        await story.At("2026-07-02 09:00");
        await story.Post("amendment", "contracts/{contractId:contract}/amendments", """
            {
              "reasonCode": "delivery", "reason": "机房改造推迟", "signedOn": "2026-07-01",
              "changes": [{"field": "period.until", "before": "2026-09-20", "after": "2026-10-20"}]
            }
            """, records: "contract-amended", stage: "contracting", lots: "1 contracted");

        await story.At("2026-10-19 09:00");
        await story.Post("completion", "contracts/{contractId:contract}/performance", """
            {"kind": "completion", "occurredOn": "2026-10-16", "description": "设备安装调试完毕"}
            """, records: "performance-reported", stage: "performing", lots: "1 performing");
        await story.Post("acceptance", "contracts/{contractId:contract}/acceptance", """
            {"acceptedOn": "2026-10-18", "result": "accepted", "opinion": "验收合格"}
            """, records: "acceptance-published", stage: "performing", lots: "1 accepted");
        await story.Post("closure", "closure", """
            {"reason": "履约完毕"}
            """, records: "procedure-closed", stage: "ended", lots: "1 accepted", status: "complete");

        await story.Ends();
    }
}
