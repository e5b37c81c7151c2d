using Trading.Kernel;

namespace Trading.Supervision.Disclosing;

internal static class DisclosingRules
{
    private const string Articles = "政府信息公开条例 第十三条、第十四条、第十八条";

    public static readonly Rule NoticeUnknown = new(
        "disclosing.notice-unknown", RuleKind.Unknown, Articles,
        "本项目中没有该公告。", "The procedure has no such notice.");

    public static readonly Rule AlreadyPublic = new(
        "disclosing.already-public", RuleKind.WrongStage, Articles,
        "公告已经公开。", "The notice is public already.");

    public static readonly Rule Withdrawn = new(
        "disclosing.withdrawn", RuleKind.WrongStage, Articles,
        "公告已撤销，不再公开。", "The notice has been withdrawn and is not disclosed any more.");

    public static readonly Rule NotItselfPublic = new(
        "disclosing.not-public", RuleKind.Unlawful, Articles,
        "公开行为本身须主动公开。", "What makes a notice public has to be public itself.");
}
