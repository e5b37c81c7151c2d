using System.Text.Json;
using System.Text.Json.Nodes;
using Trading.Events;
using Trading.Kernel;
using static Trading.Tests.Harness.Samples;
using Yuan = Trading.Kernel.Yuan;

namespace Trading.Tests.Harness;

/// <summary>Notices that say everything their kind can say.</summary>
internal static class CompleteNotices
{
    private static readonly IReadOnlyList<Supply> supplies = [new("课桌椅", "1200×400毫米", "500套", Yuan.Parse("360.00"), "送货并安装"), new("讲台", "1000×600毫米", "20张", Yuan.Parse("900.00"), "送货")];
    private static readonly Period days = new(AnnouncedAt, At("2026-03-09T17:00:00"));
    private static readonly Documents documents = new(AnnouncedAt, At("2026-03-09T17:00:00"), "在交易系统下载", Yuan.Parse("0"));
    private static readonly Submission submission = new(ClosesAt, "在交易系统上传");
    private static readonly OpeningPlan opening = new(OpenedAt, "第一开标室", "网上开标");

    /// <summary>The registration such notices follow.</summary>
    public static ProcedureRegistered Registration(TradeCategory category, ProcedureMethod method)
    {
        var bare = Registered(category, method);
        return bare with
        {
            Code = "示例-2026-001",
            Description = "新建教学楼一栋，建筑面积约6000平方米。",
            FundSource = "财政资金",
            Agency = new Party("示例招标代理有限公司", Stranger.CreditCode, "示例市建设路2号", new Contact("李工", "0717-0000001", "agency@example.org")),
            Lots = [.. bare.Lots.Select(lot => lot with { Estimate = Samples.Yuan("18500000.00") })],
        };
    }

    /// <summary>One of every kind that rules of contents ask.</summary>
    public static IReadOnlyList<INoticed> Of(TradeCategory category, ProcedureMethod method) =>
    [
        .. new INoticed[]
        {
            Registration(category, method),
            Planned(), Intended(),
            Prequalified(L1) with
            {
                Documents = documents, Submission = submission, Opening = opening, Qualification = "二级及以上", ConsortiumAllowed = false,
                ObjectionChannel = "向招标人书面提出", NoticePeriod = days,
            },
            Announcement, Proposed(L1) with { Supplier = Addressed(First) },
            Clarified(L1) with { Submission = submission, Opening = opening },
            Corrected(Announced().Notice.NoticeId, L1) with { Submission = submission, Opening = opening },
            Extended("2026-03-24T09:00:00", L1) with { Opening = opening },
            Qualified(L1), Opening, Candidates, Award,
            Contracted(L1) with
            {
                Supplier = Addressed(First), Period = new DayRange(new DateOnly(2026, 4, 15), new DateOnly(2027, 4, 9)), Subject = "教学楼施工总承包",
                Supplies = supplies, Place = "示例市建设路1号",
            },
            Amended(), Performed() with { Kind = PerformanceKind.Settlement, Amount = Samples.Yuan("18120535.85") },
            Accepted() with { Opinion = "验收合格" },
            Terminated(TerminationKind.Terminated, L1) with { Refund = "五日内退还文件费用、投标保证金及利息。" },
        }.Select(fact => Published(fact, category)),
    ];

    private static AnnouncementPublished Announcement => new(
        Notice(5), [new AnnouncedLot(L1, 1)], Initiator, null, documents, submission, opening, "二级及以上", ConsortiumAllowed: false, Samples.Yuan("18500000.00"),
        "综合评估法", "向招标人书面提出",
        new Parcel(
            "示例2026-01", "建设路北侧", new Area("20000", AreaUnit.SquareMetre), "见界址图", "净地", "居住", "70年", "不大于2.0", "不大于25%", "不小于35%", "石灰岩",
            "120万吨", "2026年9月开工，2029年9月竣工"),
        new Bidding(AnnouncedAt, ClosesAt, Yuan.Parse("1000000"), Yuan.Parse("50000"), Yuan.Parse("200000"), "网上交易系统", "网上挂牌，价高者得"),
        new Listing(
            AnnouncedAt, ClosesAt, Yuan.Parse("1000000"), Yuan.Parse("200000"), "无", "一次性付款", "国有独资", "国资委批准", "净资产900万元", "管理层不参与", "网络竞价"),
        days, new Display(AnnouncedAt, At("2026-03-05T17:00:00"), "示例市建设路1号"), "资源储量存在不确定性");

    private static BidsOpened Opening => Opened(L1) with
    {
        Place = "第一开标室",
        Bids = [.. Opened(L1).Bids.Select(bid => bid with { DurationDays = 360, SubmittedAt = ClosesAt, ProjectLeader = new ProjectLeader("王工", "示例-0001") })],
    };

    private static CandidatesPublicised Candidates => Shown(L1, L2) with
    {
        ObjectionChannel = "向招标人书面提出",
        Lots = [.. Shown(L1, L2).Lots.Select(lot => lot with { Candidates = [.. lot.Candidates.Select(Full)] })],
    };

    private static AwardAnnounced Award => Decided(
        new LotResult.Awarded(L1, Addressed(First), Samples.Yuan("18120535.85"), null, supplies, Samples.Yuan("18000000.00"), "三十日内一次付清"), None(L2)) with
    {
        NoticePeriod = days, Evaluators = ["赵一", "钱二（采购人代表）"], ObjectionChannel = "向出让人书面提出",
    };

    private static Candidate Full(Candidate candidate) => candidate with
    {
        Quality = "合格", DurationDays = 360, ProjectLeader = new ProjectLeader("王工", "一级建造师 示例-0001"), Evaluation = "综合得分92.35",
        QualificationResponse = "符合招标文件要求",
    };

    private static Party Addressed(Party party) => party with { Address = "示例市工业路8号" };

    private static INoticed Published(INoticed fact, TradeCategory category)
    {
        var json = JsonNode.Parse(Stored.Json(fact))!;
        json["notice"] = JsonNode.Parse(Stored.Json(fact.Notice with
        {
            Heading = Heading(category),
            Media = ["中国招标投标公共服务平台"],
            Attachments = [new Attachment("采购文件.pdf", "tender-documents", "application/pdf", 12345, new string('0', 64), new Uri("https://example.org/files/tender.pdf"))],
        }));
        return (INoticed)json.Deserialize(fact.GetType(), WireJson.Stored)!;
    }
}
