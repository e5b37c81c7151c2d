using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trading.Events;
using Trading.Kernel;
using Trading.Vault;

namespace Trading.Tests.Harness;

/// <summary>A made-up procedure of three lots in March 2026, from its registration to its end. Tests vary one thing with <c>with</c>.</summary>
internal static class Samples
{
    public static readonly LotId L1 = LotId.Parse("001");
    public static readonly LotId L2 = LotId.Parse("002");
    public static readonly LotId L3 = LotId.Parse("003");
    public static readonly LotId NoLot = LotId.Parse("999");

    public static readonly DateTimeOffset RegisteredAt = At("2026-03-01T09:00:00");
    public static readonly DateTimeOffset AnnouncedAt = At("2026-03-02T08:00:00");
    public static readonly DateTimeOffset ClosesAt = At("2026-03-23T09:00:00");
    public static readonly DateTimeOffset OpenedAt = At("2026-03-23T09:00:00");
    public static readonly DateTimeOffset ShownAt = At("2026-03-25T08:00:00");
    public static readonly DateTimeOffset ShownUntil = At("2026-03-28T18:00:00");
    public static readonly DateTimeOffset DecidedAt = At("2026-03-30T10:00:00");

    /// <summary>Later than everything that happens in these samples.</summary>
    public static readonly DateTimeOffset Later = At("2026-06-01T09:00:00");

    public static readonly DateOnly Today = new(2026, 6, 1);

    public static readonly Guid ContractId = Id(900);
    public static readonly Guid ObjectionId = Id(901);

    public static readonly Party First = new("示例第一建设有限公司", CreditCode.Parse("91420500MA4AAAA17B"));
    public static readonly Party Second = new("示例第二建设有限公司", CreditCode.Parse("91420500MA4AAAA256"));
    public static readonly Party Third = new("示例第三建设有限公司", CreditCode.Parse("91420500MA4AAAA331"));
    public static readonly Party Stranger = new("示例第四建设有限公司", CreditCode.Parse("91420500MA4AAAA41U"));

    public static readonly Party Initiator = new(
        "示例市教育局", CreditCode.Parse("11420500011052607X"), "示例市建设路1号", new Contact("张工", "0717-0000000", "office@example.org"));

    public static readonly Centre Centre = new(CreditCode.Parse("12420500420000015P"), "示例市公共资源交易中心");

    private static readonly Dictionary<TradeCategory, string> classCodes = new()
    {
        [TradeCategory.Engineering] = "A01",
        [TradeCategory.Procurement] = "D01",
        [TradeCategory.Land] = "B01",
        [TradeCategory.Mineral] = "C02",
        [TradeCategory.Property] = "E01",
        [TradeCategory.Other] = "Z01",
    };

    /// <summary>A local time of China Standard Time.</summary>
    public static DateTimeOffset At(string local) =>
        new(DateTime.ParseExact(local, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture), LegalTime.Offset);

    public static Guid Id(int number) => new($"01900000-0000-7000-8000-{number:D12}");

    public static Price Yuan(string amount) => new AmountPrice(Trading.Kernel.Yuan.Parse(amount));

    public static Heading Heading(TradeCategory category = TradeCategory.Engineering) => new(
        "ocds-example-01900000", "示例市第一中学教学楼建设项目", category, RegionCode.Parse("420500"), Centre,
        ClassCode.Parse(classCodes[category]), Initiator.Named);

    public static Notice Notice(int number, DateTimeOffset? publishedAt = null, TradeCategory category = TradeCategory.Engineering) => new(
        Id(number), Heading(category), "示例公告", publishedAt ?? AnnouncedAt,
        new Disclosure(DisclosureKind.Active, new SecrecyReview("李审查", RegisteredAt, ReviewResult.Passed)));

    public static ProcedureRegistered Registered(
        TradeCategory category = TradeCategory.Engineering, ProcedureMethod method = ProcedureMethod.Open, bool statutory = true) => new(
        Notice(1, RegisteredAt, category), method, statutory, Initiator, [Lot(L1, 1, category), Lot(L2, 2, category), Lot(L3, 3, category)]);

    public static Lot Lot(LotId lot, int serial, TradeCategory category = TradeCategory.Engineering) => new(
        lot, $"第{serial}标段",
        UnifiedDealCode.Issue(ClassCode.Parse(classCodes[category]), Centre.Code, new DateOnly(2026, 3, 1), serial), DealCodeGiven: false);

    public static PlanPublished Planned() => new(Notice(2), "2026-03", "教学楼施工总承包", Yuan("18500000.00"));

    public static ProcurementIntentionPublished Intended() => new(Notice(3), "2026-03", "教学设备采购", Yuan("500000.00"));

    public static PrequalificationAnnounced Prequalified(params LotId[] lots) => new(
        Notice(4), Put(lots), Initiator, Submission: new Submission(At("2026-03-10T09:00:00")));

    /// <summary>招标公告: until when bids are handed in, and when they are opened.</summary>
    public static AnnouncementPublished Announced(params LotId[] lots) => new(
        Notice(5), Put(lots), Initiator, Submission: new Submission(ClosesAt), Opening: new OpeningPlan(OpenedAt));

    /// <summary>采购公告 of a negotiation: answers until a deadline, no public opening.</summary>
    public static AnnouncementPublished Invited(params LotId[] lots) => Announced(lots) with { Opening = null };

    /// <summary>出让公告 of land or mineral rights.</summary>
    public static AnnouncementPublished Offered(params LotId[] lots) => new(
        Notice(5), Put(lots), Initiator, Parcel: new Parcel("示例2026-01"),
        Bidding: new Bidding(At("2026-03-13T09:00:00"), ClosesAt, Trading.Kernel.Yuan.Parse("1000000")));

    /// <summary>挂牌披露 of state property.</summary>
    public static AnnouncementPublished Listed(params LotId[] lots) => new(
        Notice(5), Put(lots), Initiator, Listing: new Listing(AnnouncedAt, ClosesAt, Trading.Kernel.Yuan.Parse("1000000")));

    public static SoleSourcePublicised Proposed(params LotId[] lots) => new(
        Notice(6), Put(lots), Initiator, First, "须与原有系统配套", ["建议采用单一来源方式采购。"], new Period(AnnouncedAt, At("2026-03-10T18:00:00")));

    public static DocumentsClarified Clarified(params LotId[] lots) => new(Notice(7), lots, "工程量清单第12项数量更正。", AffectsBidPreparation: false);

    public static AnnouncementCorrected Corrected(Guid notice, params LotId[] lots) => new(
        Notice(8), lots, notice, CorrectionSubject.Notice, [new TextChange("开标地点", "第一开标室", "第二开标室")]);

    public static DeadlineExtended Extended(string until, params LotId[] lots) => new(
        Notice(9), lots, new Submission(At(until)), "部分图纸补充发布");

    public static ProcedureSuspended Suspended(string at = "2026-03-15T09:00:00") => new(Notice(10, At(at)), "异议核查期间暂停");

    public static ProcedureResumed Resumed(string at = "2026-03-20T09:00:00") => new(Notice(11, At(at)), "核查完毕");

    public static QualificationDecided Qualified(params LotId[] lots) => new(
        Notice(12), [.. lots.Select(lot => new QualificationResult(lot, First, QualificationOutcome.Qualified))]);

    public static BidsOpened Opened(params LotId[] lots) => new(
        Notice(13), OpenedAt, [.. lots.SelectMany(lot => new[] { First, Second, Third }.Select(party => Bid(lot, party)))]);

    public static OpenedBid Bid(LotId lot, Party bidder, string? submittedAt = null) => new(
        lot, bidder, Yuan("18120535.85"), SubmittedAt: submittedAt is null ? null : At(submittedAt));

    public static CandidatesPublicised Shown(params LotId[] lots) => Shown(14, lots);

    public static CandidatesPublicised Shown(int notice, params LotId[] lots) => new(
        Notice(notice, ShownAt), [.. lots.Select(lot => Ranked(lot, First, Second, Third))], new Period(ShownAt, ShownUntil));

    public static LotCandidates Ranked(LotId lot, params Party[] bidders) => new(
        lot, [.. bidders.Select((bidder, index) => new Candidate(index + 1, bidder, Yuan("18120535.85")))]);

    public static AwardAnnounced Decided(params LotResult[] results) => new(Notice(15, DecidedAt), DecidedAt, results);

    public static LotResult To(Party supplier, LotId lot, string amount = "18120535.85") => new LotResult.Awarded(lot, supplier, Yuan(amount));

    public static LotResult None(LotId lot) => new LotResult.Failed(lot, "投标人少于三个");

    public static AwardCancelled Cancelled(LotId lot) => new(Notice(16), lot, "中标人放弃中标");

    public static ContractPublished Contracted(params LotId[] lots) => new(
        Notice(17), ContractId, "示例-2026-001", lots, First, Yuan("18120535.85"), new DateOnly(2026, 4, 10));

    public static ContractAmended Amended() => new(
        Notice(18), ContractId, "design-change", "设计变更", [new FieldChange("value", "18120535.85", "18520535.85")], Today);

    public static ContractTerminated TerminatedContract() => new(Notice(19), ContractId, "双方协商解除", Today);

    public static PerformanceReported Performed() => new(Notice(20), ContractId, PerformanceKind.Payment, Today, "支付第一期工程款");

    public static AcceptancePublished Accepted(AcceptanceResult result = AcceptanceResult.Accepted) => new(
        Notice(21), ContractId, Today, result);

    public static ProcedureTerminated Terminated(TerminationKind kind, params LotId[] lots) => new(
        Notice(22), kind, lots, "不再实施", DecidedAt);

    public static NoticeWithdrawn Withdrawn(INoticed notice) => new(Notice(23), notice.Notice.NoticeId, "公告内容有误");

    public static ProcedureClosed Closed() => new(Notice(24));

    public static ObjectionRaised Objected() => new(
        Notice(25), ObjectionId, Second, ObjectionTarget.Evaluation, At("2026-03-26T10:00:00"), "对第一候选人业绩提出异议");

    public static ObjectionAnswered Answered() => new(
        Notice(26), ObjectionId, At("2026-03-27T16:00:00"), "经核实，业绩符合要求。", Upheld: false);

    /// <param name="notice">As it was recorded.</param>
    public static NoticeDisclosed Disclosed(INoticed notice, int version = 2) => new(
        Notice(28), notice.Notice.NoticeId, "保密期限届满", Commitment.Opening(new string('A', 22), "event", JsonSerializer.SerializeToElement(
            new { type = Catalogue.Of(notice).WireName, stream = Id(1), version, data = JsonSerializer.SerializeToElement(Sealing.Of(notice).Fact, notice.GetType(), WireJson.Stored) })));

    public static PersonalDataErased Erased(INoticed notice) => new(
        Notice(27), notice.Notice.NoticeId, ErasureGround.PeriodEnded, "保存期限已届满", [new ErasedMember("/content/initiator/contact", new string('A', 43))]);

    public static DefectDisclosed Explained(INoticed notice) => new(Notice(29), notice.Notice.NoticeId, "合同签订日期录入有误，应为2026-04-10。");

    /// <summary>The same fact, published at another time.</summary>
    public static TFact Published<TFact>(this TFact fact, string at) where TFact : INoticed
    {
        var json = JsonNode.Parse(Stored.Json(fact))!;
        json["notice"]!["publishedAt"] = TimeConverter.Write(At(at));
        return (TFact)json.Deserialize(fact.GetType(), WireJson.Stored)!;
    }

    /// <summary>The same fact as another notice.</summary>
    public static Notice Another(this INoticed fact, int number) => fact.Notice with { NoticeId = Id(number) };

    private static IReadOnlyList<AnnouncedLot> Put(LotId[] lots) => [.. lots.Select(lot => new AnnouncedLot(lot, 1))];
}
