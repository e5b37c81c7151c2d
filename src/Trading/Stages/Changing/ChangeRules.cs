using Trading.Kernel;

namespace Trading.Stages.Changing;

internal static class ChangeRules
{
    private const string Clarifying = "招标投标法 第二十三条；招标投标法实施条例 第二十一条；政府采购法实施条例 第三十一条";

    public static readonly Rule LotNotOut = new(
        "change.lot-not-out", RuleKind.WrongStage, Clarifying,
        "标段未在公告期内。", "The lot is not out for bids.");

    public static readonly Rule DeadlinePassed = new(
        "change.deadline-passed", RuleKind.WrongStage, Clarifying,
        "递交截止时间已过，不得再作澄清、修改或延期。", "The deadline has passed; documents and deadlines stand.");

    public static readonly Rule DeadlinePast = new(
        "change.deadline-past", RuleKind.Unlawful, Clarifying,
        "变更后的截止时间已过。", "The changed deadline lies in the past.");

    public static readonly Rule DeadlineEarlier = new(
        "change.deadline-earlier", RuleKind.Unlawful, Clarifying,
        "变更后的截止时间不得早于原截止时间。", "A changed deadline is not earlier than it was.");

    public static readonly Rule DeadlineNotLater = new(
        "change.deadline-not-later", RuleKind.Unlawful, Clarifying,
        "延期后的截止时间须晚于原截止时间。", "An extended deadline is later than it was.");

    public static readonly Rule OpeningBeforeDeadline = new(
        "change.opening-before-deadline", RuleKind.Unlawful, "招标投标法 第三十四条",
        "开标时间不得早于递交截止时间。", "Bids are not opened before the deadline.");

    public static readonly Rule NoticeUnknown = new(
        "change.notice-unknown", RuleKind.Unlawful, "招标公告和公示信息发布管理办法 第十六条",
        "被更正的公告不属于本项目。", "The notice to be corrected is not one of the procedure's.");

    public static readonly Rule NoticeWithdrawn = new(
        "change.notice-withdrawn", RuleKind.WrongStage, "招标公告和公示信息发布管理办法 第十六条",
        "被更正的公告已撤销。", "The notice to be corrected has been withdrawn.");

    public static readonly Rule NotSuspended = new(
        "change.not-suspended", RuleKind.WrongStage, "招标投标法实施条例 第六十二条；政府采购法 第五十七条",
        "项目未暂停。", "The procedure is not suspended.");
}
