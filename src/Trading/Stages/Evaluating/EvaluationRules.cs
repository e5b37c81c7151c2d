using Trading.Kernel;

namespace Trading.Stages.Evaluating;

internal static class EvaluationRules
{
    public const int MostCandidates = 3;

    public static readonly Rule NotInCourse = new(
        "evaluation.not-in-course", RuleKind.WrongStage, "国土资源部令第39号 第十七条至第十九条",
        "挂牌、拍卖项目没有候选人公示环节。", "What is sold by listing or auction has no candidates.");

    public static readonly Rule BidsNotOpened = new(
        "evaluation.bids-not-opened", RuleKind.WrongStage, "招标投标法 第三十六条",
        "标段尚未开标，或候选人已公示。", "The lot's bids are not open, or its candidates have been shown.");

    public static readonly Rule OneToThreeCandidates = new(
        "evaluation.one-to-three-candidates", RuleKind.Unlawful, "招标投标法实施条例 第五十三条",
        "中标候选人应当为1至3个。", "There are one to three candidates.");

    public static readonly Rule RanksNotConsecutive = new(
        "evaluation.ranks-not-consecutive", RuleKind.Unlawful, "招标投标法实施条例 第五十三条",
        "中标候选人应当标明排序，自1起连续且不重复。", "Candidates are ranked from one, without gaps or ties.");

    public static readonly Rule CandidateTwice = new(
        "evaluation.candidate-twice", RuleKind.Unlawful, "招标投标法实施条例 第五十三条",
        "同一标段中同一候选人出现两次。", "A candidate stands twice in one lot.");

    public static readonly Rule CandidateDidNotBid = new(
        "evaluation.candidate-did-not-bid", RuleKind.Unlawful, "招标投标法 第四十条",
        "候选人不在开标记录的投标人之中。", "The candidate is not among the bidders whose bids were opened.");

    public static readonly Rule AboveCeiling = new(
        "evaluation.above-ceiling", RuleKind.Unlawful, "招标投标法实施条例 第五十一条",
        "投标报价高于最高投标限价的，应当否决。", "A bid above the ceiling price is rejected.");

    public static readonly Rule PublicityPast = new(
        "evaluation.publicity-past", RuleKind.Unlawful, "招标投标法实施条例 第五十四条",
        "公示期已过。", "The publicity period lies in the past.");

    public static readonly Rule ReportInFuture = new(
        "evaluation.report-in-future", RuleKind.Unlawful, "招标投标法实施条例 第五十四条",
        "收到评标报告的时间晚于当前时间。", "The evaluation report was received in the future.");
}
