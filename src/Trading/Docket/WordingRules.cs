using Trading.Kernel;

namespace Trading.Docket;

/// <summary>公告原文: what is looked at in the original wording of every posting.</summary>
public static class WordingRules
{
    public static readonly Rule HiddenText = new(
        "notice.hidden-text", RuleKind.Warning, "政府信息公开条例 第六条",
        "原文中含有读者看不到的隐藏内容，未予公布。", "The original wording held content that its readers do not see; it was not published.");
}
