using Trading.Kernel;

namespace Trading.Supervision.Objections;

internal static class ObjectionRules
{
    private const string Raising = "招标投标法 第六十五条；招标投标法实施条例 第二十二条、第四十四条、第五十四条；政府采购法 第五十二条";

    public static readonly Rule ReceivedInFuture = new(
        "objection.received-in-future", RuleKind.Unlawful, Raising,
        "收到异议的时间晚于当前时间。", "The objection was received in the future.");

    public static readonly Rule Unknown = new(
        "objection.unknown", RuleKind.Unknown, Raising,
        "本项目中没有该异议。", "The procedure has no such objection.");

    public static readonly Rule AlreadyAnswered = new(
        "objection.already-answered", RuleKind.WrongStage, Raising,
        "异议已答复。", "The objection has been answered.");

    public static readonly Rule AnsweredBeforeReceived = new(
        "objection.answered-before-received", RuleKind.Unlawful, Raising,
        "答复时间早于收到异议的时间。", "The answer is older than the objection.");

    public static readonly Rule AnsweredInFuture = new(
        "objection.answered-in-future", RuleKind.Unlawful, Raising,
        "答复时间晚于当前时间。", "The answer lies in the future.");
}
