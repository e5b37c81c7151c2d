using Trading.Kernel;

namespace Trading.Stages.Ending;

internal static class EndingRules
{
    private const string Correcting = "招标公告和公示信息发布管理办法 第十六条";

    public static readonly Rule LotAwarded = new(
        "ending.lot-awarded", RuleKind.WrongStage, "招标投标法 第四十五条；招标投标法实施条例 第三十一条",
        "标段已有成交结果或已终止，不得终止。", "The lot has been awarded or has ended; it cannot be terminated.");

    public static readonly Rule LotNotOut = new(
        "ending.lot-not-out", RuleKind.WrongStage, "招标投标法 第二十八条；政府采购法 第三十六条",
        "标段未公告，或已流标，不得再作流标处理。", "The lot is not out; only what was put out can fail.");

    public static readonly Rule DecidedInFuture = new(
        "ending.decided-in-future", RuleKind.Unlawful, "招标投标法实施条例 第三十一条",
        "作出决定的时间晚于当前时间。", "The decision lies in the future.");

    public static readonly Rule NoticeUnknown = new(
        "ending.notice-unknown", RuleKind.Unknown, Correcting,
        "本项目中没有该公告。", "The procedure has no such notice.");

    public static readonly Rule AlreadyWithdrawn = new(
        "ending.already-withdrawn", RuleKind.WrongStage, Correcting,
        "公告已撤销。", "The notice has been withdrawn already.");

    public static readonly Rule NoticeStands = new(
        "ending.notice-stands", RuleKind.Unlawful, "招标投标法 第四十五条；" + Correcting,
        "该类公告不能撤销，应当以取消、变更或终止公告代之。",
        "A notice of this kind is not withdrawn; a cancellation, amendment or termination takes its place.");

    public static readonly Rule Overtaken = new(
        "ending.overtaken", RuleKind.WrongStage, Correcting,
        "标段已进入下一环节，公告不能撤销。", "The lot has gone on since; the notice cannot be withdrawn.");

    public static readonly Rule DeadlinePast = new(
        "ending.deadline-past", RuleKind.Unlawful, "招标投标法 第二十三条；" + Correcting,
        "撤销后恢复的截止时间已过，等于缩短了递交时间。", "The deadline that would stand again has passed; bidders would lose their time.");

    public static readonly Rule LotsOpen = new(
        "ending.lots-open", RuleKind.WrongStage, "国办发〔2017〕97号 第二条",
        "尚有标段没有结果，不能办结。", "There are lots without a result; the procedure cannot be closed.");
}
