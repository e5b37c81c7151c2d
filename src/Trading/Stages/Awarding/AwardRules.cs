using Trading.Kernel;

namespace Trading.Stages.Awarding;

internal static class AwardRules
{
    public static readonly Rule LotNotReady = new(
        "award.lot-not-ready", RuleKind.WrongStage, "招标投标法 第四十条；招标投标法实施条例 第五十四条",
        "标段尚未走完成交前的法定环节，或已有结果。", "The lot has not been through what comes before an award, or is already decided.");

    public static readonly Rule LotNotOpen = new(
        "award.lot-not-open", RuleKind.WrongStage, "招标投标法实施条例 第十九条、第四十四条",
        "标段未公告，或已有结果。", "The lot has not been announced, or is already decided.");

    public static readonly Rule DecidedInFuture = new(
        "award.decided-in-future", RuleKind.Unlawful, "招标投标法 第四十五条",
        "确定结果的时间晚于当前时间。", "The decision lies in the future.");

    public static readonly Rule BiddingRunning = new(
        "award.bidding-running", RuleKind.Unlawful, "招标投标法 第三十四条；国土资源部令第39号 第十九条；企业国有资产交易监督管理办法 第十三条",
        "递交、挂牌期限未满，不得确定结果。", "Nothing is awarded while bids may still be handed in.");

    public static readonly Rule NotACandidate = new(
        "award.not-a-candidate", RuleKind.Unlawful, "招标投标法 第四十条；招标投标法实施条例 第五十五条",
        "中标人不在公示的候选人之中。", "The supplier is not among the candidates that were shown.");

    public static readonly Rule DidNotBid = new(
        "award.did-not-bid", RuleKind.Unlawful, "招标投标法 第四十条；政府采购法实施条例 第四十三条",
        "中标、成交供应商不在开标记录的投标人之中。", "The supplier is not among the bidders whose bids were opened.");

    public static readonly Rule NotTheProposed = new(
        "award.not-the-proposed", RuleKind.Unlawful, "政府采购法实施条例 第三十八条",
        "成交供应商不是公示的唯一供应商。", "The supplier is not the one that was proposed.");

    public static readonly Rule NotFirstCandidate = new(
        "award.not-first-candidate", RuleKind.Warning, "招标投标法实施条例 第五十五条",
        "未确定排名第一的候选人为中标人，且未说明原因。", "The first candidate was passed over and no reason is given.");

    public static readonly Rule BelowStartPrice = new(
        "award.below-start-price", RuleKind.Unlawful, "国土资源部令第39号 第十九条；企业国有资产交易监督管理办法 第十七条",
        "成交价低于起始价或底价。", "The price is below the start or floor price.");

    public static readonly Rule NotAwarded = new(
        "award.not-awarded", RuleKind.WrongStage, "招标投标法实施条例 第八十一条",
        "标段没有可取消的成交结果。", "The lot has no award that could be cancelled.");
}
