using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Trading.Kernel;
using Trading.Tests.Harness;
using Xunit;
using static Trading.Tests.Walkthroughs.Cast;

namespace Trading.Tests.Walkthroughs;

/// <summary>Tenders as they were really published, told anew in their own time. What is real is read where it lies and written down nowhere.</summary>
public sealed partial class RealTender
{
    [Fact]
    public async Task the_tender_of_a_real_notice_runs_from_its_registration_to_its_acceptance()
    {
        var notice = ReadNotice();
        var html = Text(notice, "noticeContent");
        var initiator = Initiator().Match(Words(html)).Groups[1].Value;
        await using var story = await Story.Begin("real-tender", transcribed: false);

        await story.At("2025-05-27 17:00");
        await story.Register($$"""
            {
              "category": "engineering", "classCode": "A01", "title": {{Json(notice, "noticeName")}}, "regionCode": "430802",
              "method": "open", "statutory": true, "fundSource": "财政资金",
              "initiator": {"name": {{JsonSerializer.Serialize(initiator)}}, "contact": {"phone": "{{Story.InitiatorPhone}}"} },
              "agency": {"name": {{Json(notice, "bulletinDuty")}}, "contact": {"phone": "{{Story.AgencyPhone}}"} },
              "lots": [{"lotId": "001", "title": {{Json(notice, "noticeName")}}, "estimate": {{Yuan("16000000")}}, "durationDays": 150}]
            }
            """, lots: "001 planned");

        await story.At(Text(notice, "noticeSendTime"));
        var deadline = Time(notice, "bidDocReferEndTime");
        var refused = await story.Refused(
            "announcement-two-hours-short", "announcement", Announcement(TimeConverter.Write(DateTimeOffset.Parse(deadline, CultureInfo.InvariantCulture).AddHours(-2))),
            HttpStatusCode.UnprocessableEntity, "R-T-03");
        Assert.Contains("招标投标法 第二十四条", (string?)refused["citation"], StringComparison.Ordinal);
        Assert.Equal("2025-06-17T08:00:00+08:00", (string?)refused["facts"]!["earliestLawful"]);
        Assert.EndsWith("最早合法的投标、响应截止时间：2025-06-17T08:00:00+08:00。", (string?)refused["explanation"], StringComparison.Ordinal);

        var announced = await story.Post("announcement", "announcement", Announcement(deadline), records: "announcement-published", stage: "announcing", lots: "001 announced");
        Assert.Equal("compliant", (string?)announced.Json["verdicts"]!.AsArray().Single(verdict => (string?)verdict!["rule"] is "R-T-03")!["outcome"]);

        var shown = (await story.Anyone.Get($"/v1/notices/{story.Id("noticeId:announcement")}")).Json;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(html))), (string?)shown["sha256"]);
        Assert.Equal(Words(html), Words((string)shown["html"]!));
        var deadlines = (await story.Anyone.Get($"/v1/procedures/{story.Id("procedureId")}")).Json["deadlines"]!;
        Assert.Equal((Time(notice, "bidDocReferEndTime"), Time(notice, "docGetEndTime")), ((string?)deadlines["submission"], (string?)deadlines["documentsUntil"]));

        await story.At("2025-06-05 10:00");
        await story.Post("clarification", "clarifications", """
            {"content": "加固工程量清单第7项单位更正为平方米。", "affectsBidPreparation": false}
            """, records: "documents-clarified", stage: "announcing", lots: "001 announced");

        await story.At("2025-06-17 09:30");
        await story.Refused("opening-a-second-early", "opening", Opening("2025-06-17T08:59:59+08:00"), HttpStatusCode.UnprocessableEntity, "opening.before-deadline");
        await story.Post("opening", "opening", Opening(Time(notice, "bidOpeningTimeStart")), records: "bids-opened", stage: "opening", lots: "001 opened");

        await story.At("2025-06-18 17:00");
        await story.Post("qualification", "qualification", $$"""
            {"results": [{{Qualified("001", Bidder1)}}, {{Qualified("001", Bidder2)}}, {{Qualified("001", Bidder3)}}]}
            """, records: "qualification-decided", stage: "opening", lots: "001 opened");

        await story.At("2025-06-19 09:00");
        await story.Post("candidates", "candidates", $$"""
            {
              "lots": [{"lotId": "001", "candidates": [{{Candidate(1, Bidder2, "15204000")}}, {{Candidate(2, Bidder1, "15310000")}}]}],
              "publicity": {"from": "2025-06-19T09:00:00+08:00", "until": "2025-06-23T18:00:00+08:00"}
            }
            """, records: "candidates-publicised", stage: "evaluating", lots: "001 evaluated");

        await Finish(story, "2025-06-24", Bidder2, "15204000", ("2025-07-01", "2025-11-28"));

        string Announcement(string until) => $$"""
            {
              "title": {{Json(notice, "noticeName")}},
              "documents": {
                "availableFrom": "{{Time(notice, "docGetStartTime")}}", "availableUntil": "{{Time(notice, "docGetEndTime")}}",
                "method": {{Json(notice, "tenderDocGetMethod")}}
              },
              "submission": {"deadline": "{{until}}"},
              "opening": {"at": "{{Time(notice, "bidOpeningTimeStart")}}", "method": {{Json(notice, "bidOpenMethod")}} },
              "html": {{JsonSerializer.Serialize(html)}}
            }
            """;

        static string Opening(string at) => $$"""
            {
              "openedAt": "{{at}}",
              "bids": [{{Bid("001", Bidder1, "15310000")}}, {{Bid("001", Bidder2, "15204000")}}, {{Bid("001", Bidder3, "15488000")}}]
            }
            """;
    }

    [Fact]
    public async Task a_tender_with_the_bidders_and_prices_of_a_real_opening_runs_to_its_acceptance()
    {
        var opening = JsonNode.Parse(await File.ReadAllTextAsync(RealData.Find("bid-openings.json"), TestContext.Current.CancellationToken))![0]!;
        var bids = opening["bids"]!.AsArray().Select(bid => new RealBid(
            JsonSerializer.Serialize(new { name = (string)bid!["name"]!, creditCode = (string)bid["creditCode"]! }),
            (string)bid["creditCode"]!, bid["price"]!.ToJsonString())).ToList();
        Assert.Equal(75, bids.Count);
        var lowest = bids.OrderBy(bid => Amount(bid.Price)).Take(3).ToList();
        await using var story = await Story.Begin("real-opening", transcribed: false);

        await story.At("2025-02-17 09:00");
        await story.Register($$"""
            {
              "category": "engineering", "classCode": "A03", "title": {{opening["projectName"]!.ToJsonString()}}, "regionCode": "431081",
              "method": "open", "statutory": true, "initiator": {{Host("示例市公路建设养护中心", "12420500MB0000078T", "张工")}},
              "lots": [{"lotId": "001", "title": {{opening["projectName"]!.ToJsonString()}} }]
            }
            """, lots: "001 planned");

        await story.At("2025-02-24 08:00");
        await story.Post("announcement", "announcement", $$"""
            {
              "submission": {"deadline": "2025-03-18T09:00:00+08:00"}, "opening": {"at": "2025-03-18T09:00:00+08:00"},
              "ceilingPrice": {{Yuan(opening["ceilingPrice"]!.ToJsonString())}}
            }
            """, records: "announcement-published", stage: "announcing", lots: "001 announced");

        await story.At("2025-03-18 10:00");
        var answer = await story.Post("opening", "opening", $$"""
            {"openedAt": "2025-03-18T09:00:00+08:00", "bids": [{{string.Join(", ", bids.Select(bid => Bid("001", bid.Party, bid.Price)))}}]}
            """, records: "bids-opened", stage: "opening", lots: "001 opened");
        Assert.DoesNotContain(answer.Json["verdicts"]!.AsArray(), verdict => ((string?)verdict!["outcome"], (string?)verdict["severity"]) is ("violation", not "I"));

        var shown = (await story.Anyone.Get($"/v1/notices/{story.Id("noticeId:opening")}")).Json["content"]!["bids"]!.AsArray();
        Assert.Equal(bids.Select(bid => bid.CreditCode), shown.Select(bid => (string)bid!["bidder"]!["creditCode"]!));
        Assert.Equal(bids.Select(bid => Amount(bid.Price)), shown.Select(bid => Amount((string)bid!["price"]!["amount"]!)));

        await story.At("2025-03-19 16:00");
        await story.Post("candidates", "candidates", $$"""
            {
              "lots": [{"lotId": "001", "candidates": [{{string.Join(", ", lowest.Select((bid, i) => Candidate(i + 1, bid.Party, bid.Price)))}}]}],
              "publicity": {"from": "2025-03-19T16:00:00+08:00", "until": "2025-03-24T18:00:00+08:00"}
            }
            """, records: "candidates-publicised", stage: "evaluating", lots: "001 evaluated");

        await Finish(story, "2025-03-25", lowest[0].Party, lowest[0].Price, ("2025-04-10", "2025-10-20"));
        foreach (var bidder in (RealBid[])[bids[0], bids[^1]])
            Assert.NotEmpty((await story.Anyone.Get($"/v1/notices?supplier={bidder.CreditCode}&type=bids-opened")).Json["items"]!.AsArray());
    }

    /// <summary>Award, contract, performance and acceptance.</summary>
    private static async Task Finish(Story story, string awarded, string supplier, string price, (string From, string Until) period)
    {
        await story.At($"{awarded} 10:00");
        await story.Post("award", "awards", $$"""
            {"decidedAt": "{{awarded}}T09:00:00+08:00", "results": [{{Awarded("001", supplier, price)}}]}
            """, records: "award-announced", stage: "awarding", lots: "001 awarded");

        await story.At($"{period.From} 10:00");
        await story.Post("contract", "contracts", $$"""
            {
              "number": "2025-001", "lots": ["001"], "supplier": {{supplier}}, "value": {{Yuan(price)}}, "signedOn": "{{period.From}}",
              "period": {"from": "{{period.From}}", "until": "{{period.Until}}"}
            }
            """, records: "contract-published", stage: "contracting", lots: "001 contracted");
        await story.Post("amendment", "contracts/{contractId:contract}/amendments", $$"""
            {
              "reasonCode": "design-change", "reason": "设计变更", "signedOn": "{{period.From}}",
              "changes": [{"field": "subject", "before": null, "after": "施工总承包"}]
            }
            """, records: "contract-amended", stage: "contracting", lots: "001 contracted");

        await story.At($"{period.Until} 10:00");
        await story.Post("completion", "contracts/{contractId:contract}/performance", $$"""
            {"kind": "completion", "occurredOn": "{{period.Until}}", "description": "完工"}
            """, records: "performance-reported", stage: "performing", lots: "001 performing");
        await story.Post("acceptance", "contracts/{contractId:contract}/acceptance", $$"""
            {"acceptedOn": "{{period.Until}}", "result": "accepted"}
            """, records: "acceptance-published", stage: "performing", lots: "001 accepted");
        await story.Post("closure", "closure", "{}", records: "procedure-closed", stage: "ended", lots: "001 accepted", status: "complete");

        await story.Ends();
    }

    private static JsonNode ReadNotice() =>
        JsonNode.Parse(File.ReadAllText(RealData.Find("tender-notice.json")))!["data"]!["noticeList"]![0]!;

    private static string Text(JsonNode notice, string member) => (string)notice[member]!;

    private static string Json(JsonNode notice, string member) => JsonSerializer.Serialize(Text(notice, member));

    /// <summary>A local time of the source, with its offset.</summary>
    private static string Time(JsonNode notice, string member) => Text(notice, member).Replace(' ', 'T') + "+08:00";

    private static decimal Amount(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>What a reader sees of HTML.</summary>
    private static string Words(string html) => Space().Replace(WebUtility.HtmlDecode(Markup().Replace(html, "")), "");

    [GeneratedRegex("招标人为(.+?)。")]
    private static partial Regex Initiator();

    [GeneratedRegex("<(style|script|title).*?</\\1>|<!--.*?-->|<[^>]*>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Markup();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    private sealed record RealBid(string Party, string CreditCode, string Price);
}
