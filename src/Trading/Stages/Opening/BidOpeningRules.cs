using Trading.Kernel;

namespace Trading.Stages.Opening;

internal static class BidOpeningRules
{
    public static readonly Rule NotInCourse = new(
        "opening.not-in-course", RuleKind.WrongStage, "招标投标法 第三十四条；国土资源部令第39号 第十七条",
        "挂牌、拍卖项目没有开标环节。", "What is sold by listing or auction has no opening of bids.");

    public static readonly Rule LotNotAnnounced = new(
        "opening.lot-not-announced", RuleKind.WrongStage, "招标投标法 第三十四条",
        "标段未公告，或已开标。", "The lot has not been announced, or its bids are open already.");

    public static readonly Rule InFuture = new(
        "opening.in-future", RuleKind.Unlawful, "招标投标法 第三十四条",
        "开标时间晚于当前时间。", "The opening lies in the future.");

    public static readonly Rule BeforeDeadline = new(
        "opening.before-deadline", RuleKind.Unlawful, "招标投标法 第三十四条",
        "开标须在投标截止时间进行，不得提前。", "Bids are opened at the deadline, not before.");

    public static readonly Rule TooFewBidders = new(
        "opening.too-few-bidders", RuleKind.Unlawful, "招标投标法 第二十八条；招标投标法实施条例 第四十四条；政府采购法 第三十六条",
        "投标人少于3个的，不得开标，应当重新招标。", "With fewer than three bidders bids are not opened; the lot is announced again.");

    public static readonly Rule BidderTwice = new(
        "opening.bidder-twice", RuleKind.Unlawful, "招标投标法实施条例 第五十一条",
        "同一投标人在同一标段递交了两份投标。", "A bidder has two bids in one lot.");

    public static readonly Rule LateBid = new(
        "opening.late-bid", RuleKind.Unlawful, "招标投标法 第二十八条；招标投标法实施条例 第三十六条",
        "逾期送达的投标文件应当拒收。", "A bid that came after the deadline is not accepted.");
}
