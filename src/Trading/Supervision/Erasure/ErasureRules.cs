using Trading.Kernel;

namespace Trading.Supervision.Erasure;

internal static class ErasureRules
{
    private const string Article = "个人信息保护法 第四十七条";

    public static readonly Rule NoticeUnknown = new(
        "erasure.notice-unknown", RuleKind.Unknown, Article,
        "本项目中没有该公告。", "The procedure has no such notice.");

    public static readonly Rule MemberUnknown = new(
        "erasure.member-unknown", RuleKind.WrongStage, Article,
        "公告在该处没有可删除的个人信息，或者已经删除。", "The notice has no personal data there, or not any more.");

    public static readonly Rule NothingLeft = new(
        "erasure.nothing-left", RuleKind.WrongStage, Article,
        "公告没有可删除的个人信息。", "The notice has no personal data to erase.");
}
