using Trading.Kernel;

namespace Trading.Stages.Announcing;

internal static class AnnouncementRules
{
    public static readonly Rule LotAlreadyOut = new(
        "announcement.lot-already-out", RuleKind.WrongStage, "招标投标法实施条例 第十五条",
        "标段已公告且尚未流标。", "The lot has been announced and has not failed.");

    public static readonly Rule DeadlineMissing = new(
        "announcement.deadline-missing", RuleKind.Unlawful, "招标公告和公示信息发布管理办法 第五条；政府采购货物和服务招标投标管理办法 第十三条",
        "公告须载明递交截止时间。", "The announcement states until when bids may be handed in.");

    public static readonly Rule OpeningMissing = new(
        "announcement.opening-missing", RuleKind.Unlawful, "招标投标法 第三十四条；政府采购货物和服务招标投标管理办法 第十三条",
        "公告须载明开标时间。", "The announcement states when bids are opened.");

    public static readonly Rule DeadlinePast = new(
        "announcement.deadline-past", RuleKind.Unlawful, "招标投标法 第二十四条；政府采购法 第三十五条",
        "递交截止时间已过。", "The deadline lies in the past.");

    public static readonly Rule OpeningBeforeDeadline = new(
        "announcement.opening-before-deadline", RuleKind.Unlawful, "招标投标法 第三十四条",
        "开标时间不得早于递交截止时间。", "Bids are not opened before the deadline.");

    public static readonly Rule BiddingMissing = new(
        "announcement.bidding-missing", RuleKind.Unlawful, "国土资源部令第39号 第九条；矿产资源法 第十九条",
        "出让公告须载明招拍挂的时间和起始价。", "The announcement states when, and from which price on, is bid.");

    public static readonly Rule ListingMissing = new(
        "announcement.listing-missing", RuleKind.Unlawful, "企业国有资产交易监督管理办法 第十五条",
        "挂牌披露须载明披露期间和转让底价。", "The disclosure states its period and the floor price.");

    public static readonly Rule OfferingPast = new(
        "announcement.offering-past", RuleKind.Unlawful, "国土资源部令第39号 第八条",
        "挂牌、拍卖时间已过。", "The time for bidding lies in the past.");

    public static readonly Rule NotSoleSource = new(
        "announcement.not-sole-source", RuleKind.Unlawful, "政府采购法 第三十一条；政府采购法实施条例 第三十八条",
        "采购方式不是单一来源采购。", "The procedure is not one of a sole source.");

    public static readonly Rule PublicityPast = new(
        "announcement.publicity-past", RuleKind.Unlawful, "政府采购法实施条例 第三十八条",
        "公示期已过。", "The publicity period lies in the past.");
}
