using Trading.Kernel;

namespace Trading.Stages.Qualifying;

internal static class QualificationRules
{
    private const string Articles = "招标投标法实施条例 第十八条、第十九条；政府采购法实施条例 第二十一条";

    public static readonly Rule LotNotOut = new(
        "qualification.lot-not-out", RuleKind.WrongStage, Articles,
        "标段未公告，或已有结果。", "The lot has not been announced, or is already decided.");

    public static readonly Rule BidderTwice = new(
        "qualification.bidder-twice", RuleKind.Unlawful, Articles,
        "同一标段中同一申请人出现两次。", "A bidder stands twice in one lot.");

    public static readonly Rule ReasonMissing = new(
        "qualification.reason-missing", RuleKind.Unlawful, "招标投标法实施条例 第十九条；政府采购货物和服务招标投标管理办法 第六十九条",
        "未通过资格审查的，须说明原因。", "Whoever is rejected is told why.");
}
