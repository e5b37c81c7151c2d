using System.Collections.Frozen;
using Trading.Kernel;

namespace Trading.Events;

/// <summary>What the catalogue says of one kind of event.</summary>
/// <param name="WireName">Never renamed, never reused.</param>
/// <param name="Titles">The name of the notice, by category.</param>
/// <param name="Citations">The article that asks for the notice, by category.</param>
public sealed record EventKind(
    string WireName, Type Type, Func<TradeCategory, string> Titles, Func<TradeCategory, string> Citations);

/// <summary>A kind of event that is no notice.</summary>
public sealed record InternalKind(string WireName, Type Type);

/// <summary>Every kind of event there is. A type that does not stand here does not exist.</summary>
public static class Catalogue
{
    private const string OpenDisclosure = "国办发〔2017〕97号 第二条";

    public static IReadOnlyList<EventKind> All { get; } =
    [
        Kind<ProcedureRegistered>("procedure-registered", "项目登记", "公共资源交易平台管理暂行办法 第十三条"),
        Kind<PlanPublished>("plan-published",
            c => c is TradeCategory.Engineering ? "招标计划" : "交易计划", _ => OpenDisclosure),
        Kind<ProcurementIntentionPublished>("procurement-intention-published", "采购意向公告", "财库〔2020〕10号 第二条"),
        Kind<PrequalificationAnnounced>("prequalification-announced", "资格预审公告", c => c is TradeCategory.Procurement
            ? "政府采购法实施条例 第二十一条" : "招标投标法实施条例 第十五条"),
        Kind<AnnouncementPublished>("announcement-published", AnnouncementTitle, AnnouncementCitation),
        Kind<SoleSourcePublicised>("sole-source-publicised", "单一来源采购公示", "政府采购法实施条例 第三十八条"),
        Kind<DocumentsClarified>("documents-clarified", "澄清公告", c => c is TradeCategory.Procurement
            ? "政府采购法实施条例 第三十一条" : "招标投标法实施条例 第二十一条"),
        Kind<AnnouncementCorrected>("announcement-corrected", "更正公告", "招标公告和公示信息发布管理办法 第十六条"),
        Kind<DeadlineExtended>("deadline-extended", "延期公告", c => c is TradeCategory.Procurement
            ? "政府采购法实施条例 第三十一条" : "招标投标法实施条例 第二十一条"),
        Kind<ProcedureSuspended>("procedure-suspended", "暂停公告", Changes),
        Kind<ProcedureResumed>("procedure-resumed", "恢复公告", Changes),
        Kind<QualificationDecided>("qualification-decided", "资格审查结果", "招标投标法实施条例 第十九条"),
        Kind<BidsOpened>("bids-opened", "开标记录", "招标投标法 第三十六条"),
        Kind<CandidatesPublicised>("candidates-publicised", "中标候选人公示", "招标投标法实施条例 第五十四条"),
        Kind<AwardAnnounced>("award-announced", AwardTitle, AwardCitation),
        Kind<AwardCancelled>("award-cancelled", "成交结果取消公告", "招标投标法实施条例 第八十一条"),
        Kind<ContractPublished>("contract-published", "合同公告", c => c is TradeCategory.Procurement
            ? "政府采购法实施条例 第五十条" : OpenDisclosure),
        Kind<ContractAmended>("contract-amended", "合同变更公告", OpenDisclosure),
        Kind<ContractTerminated>("contract-terminated", "合同终止公告", OpenDisclosure),
        Kind<PerformanceReported>("performance-reported", "履约信息", OpenDisclosure),
        Kind<AcceptancePublished>("acceptance-published", "验收结果公告", c => c is TradeCategory.Procurement
            ? "政府采购法实施条例 第四十五条" : OpenDisclosure),
        Kind<ProcedureTerminated>("procedure-terminated", "终止公告", "招标投标法实施条例 第三十一条"),
        Kind<NoticeWithdrawn>("notice-withdrawn", "公告撤销", "招标公告和公示信息发布管理办法 第十六条"),
        Kind<ProcedureClosed>("procedure-closed", "办结", OpenDisclosure),
        Kind<ObjectionRaised>("objection-raised", c => c is TradeCategory.Procurement ? "质疑" : "异议", ObjectionCitation),
        Kind<ObjectionAnswered>("objection-answered", c => c is TradeCategory.Procurement ? "质疑答复" : "异议答复", ObjectionCitation),
        Kind<NoticeDisclosed>("notice-disclosed", "公告公开", "政府信息公开条例 第十八条"),
        Kind<PersonalDataErased>("personal-data-erased", "个人信息删除公告", "个人信息保护法 第四十七条"),
        Kind<DefectDisclosed>("defect-disclosed", "数据缺陷说明", "政府信息公开条例 第六条"),
        Kind<LegacyNoticeImported>("legacy-notice-imported", "历史公告", "招标公告和公示信息发布管理办法 第十一条"),
    ];

    /// <summary>What happens to alerts, in streams of their own.</summary>
    public static IReadOnlyList<InternalKind> Alerts { get; } =
    [
        new("alert-raised", typeof(AlertRaised)),
        new("alert-settled", typeof(AlertSettled)),
    ];

    private static readonly FrozenDictionary<Type, EventKind> ByType = All.ToFrozenDictionary(kind => kind.Type);

    private static readonly FrozenDictionary<string, EventKind> ByName = All.ToFrozenDictionary(kind => kind.WireName);

    public static EventKind Of(object fact) => ByType[fact.GetType()];

    public static EventKind Of<TFact>() where TFact : INoticed => ByType[typeof(TFact)];

    public static string Name(Type type) => ByType[type].WireName;

    public static EventKind? Find(string wireName) => ByName.GetValueOrDefault(wireName);

    private static EventKind Kind<T>(string wireName, Func<TradeCategory, string> titles, Func<TradeCategory, string> citations)
        where T : INoticed => new(wireName, typeof(T), titles, citations);

    private static EventKind Kind<T>(string wireName, string title, Func<TradeCategory, string> citations)
        where T : INoticed => Kind<T>(wireName, _ => title, citations);

    private static EventKind Kind<T>(string wireName, Func<TradeCategory, string> titles, string citation)
        where T : INoticed => Kind<T>(wireName, titles, _ => citation);

    private static EventKind Kind<T>(string wireName, string title, string citation)
        where T : INoticed => Kind<T>(wireName, _ => title, _ => citation);

    private static string AnnouncementTitle(TradeCategory category) => category switch
    {
        TradeCategory.Engineering => "招标公告",
        TradeCategory.Procurement => "采购公告",
        TradeCategory.Land or TradeCategory.Mineral => "出让公告",
        TradeCategory.Property => "挂牌披露",
        _ => "交易公告",
    };

    private static string AnnouncementCitation(TradeCategory category) => category switch
    {
        TradeCategory.Engineering => "招标投标法 第十六条",
        TradeCategory.Procurement => "政府采购货物和服务招标投标管理办法 第十三条",
        TradeCategory.Land => "国土资源部令第39号 第八条",
        TradeCategory.Mineral => "矿产资源法 第十九条",
        TradeCategory.Property => "企业国有资产交易监督管理办法 第十三条",
        _ => OpenDisclosure,
    };

    private static string AwardTitle(TradeCategory category) => category switch
    {
        TradeCategory.Engineering => "中标结果公告",
        TradeCategory.Procurement => "中标(成交)结果公告",
        TradeCategory.Land or TradeCategory.Mineral => "出让结果公示",
        TradeCategory.Property => "交易结果公告",
        _ => "成交公告",
    };

    private static string AwardCitation(TradeCategory category) => category switch
    {
        TradeCategory.Engineering => "招标公告和公示信息发布管理办法 第六条",
        TradeCategory.Procurement => "政府采购法实施条例 第四十三条",
        TradeCategory.Land => "国土资源部令第39号 第二十二条",
        TradeCategory.Mineral => "自然资规〔2023〕1号",
        TradeCategory.Property => "企业国有资产交易监督管理办法 第三十条",
        _ => OpenDisclosure,
    };

    private static string Changes(TradeCategory category) => OpenDisclosure;

    private static string ObjectionCitation(TradeCategory category) => category is TradeCategory.Procurement
        ? "政府采购法 第五十二条、第五十三条" : "招标投标法实施条例 第五十四条";
}
