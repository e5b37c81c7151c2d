using Trading.Kernel;

namespace Trading.Supervision.Mending;

internal static class DefectRules
{
    private const string Article = "政府信息公开条例 第六条";

    public static readonly Rule EventUnknown = new(
        "defect.event-unknown", RuleKind.Unknown, Article,
        "本项目中没有该记录。", "The procedure has no such event.");

    public static readonly Rule AlreadyDisclosed = new(
        "defect.already-disclosed", RuleKind.WrongStage, Article,
        "该记录的缺陷已经说明。", "The defect of the event was disclosed already.");

    public static readonly Rule NoDefect = new(
        "defect.none", RuleKind.WrongStage, Article,
        "该记录可以正常展示，没有缺陷。", "The event can be shown; nothing is wrong with it.");

    public static readonly Rule NotPublic = new(
        "defect.not-public", RuleKind.Unlawful, Article,
        "数据缺陷说明须主动公开。", "A disclosure of a defect has to be public.");
}
