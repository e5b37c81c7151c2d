using Trading.Kernel;

namespace Trading.Stages.Planning;

internal static class PlanRules
{
    private const string DataSpecification = "公共资源交易平台系统数据规范 V2.0（发改办法规〔2018〕1156号）";

    public static readonly Rule OtherCategory = new(
        "plan.class-code-other-category", RuleKind.Unlawful, DataSpecification + " 公共资源交易分类",
        "公共资源交易分类代码与交易类别不符。", "The class code belongs to another category.");

    public static readonly Rule LotTwice = new(
        "plan.lot-twice", RuleKind.Unlawful, DataSpecification + " 数据集502（标段）",
        "标段标识重复。", "Two lots have the same id.");

    public static readonly Rule LotCodeOutsideChain = new(
        "plan.lot-code-outside-chain", RuleKind.Unlawful, "电子招标投标系统技术规范 第1部分 附录B.3",
        "标段编号须以招标项目编号开头，后接三位。", "A section number begins with the number of its tender project and adds three characters.");

    public static readonly Rule CodeOutsideNumbering = new(
        "plan.code-outside-numbering", RuleKind.Warning, "电子招标投标系统技术规范 第1部分 附录B.3",
        "招标项目编号不是20位的规范编号。", "The code is not a tender project number of 20 characters.");

    public static readonly Rule DealCodeCheckWrong = new(
        "deal-code.check-mismatch", RuleKind.Warning, DataSpecification + " 统一交易标识码；ISO 7064 MOD 37-2",
        "统一交易标识码的校验码不符，已照录。", "The check character of the unified deal code is wrong; it was recorded as given.");

    public static readonly Rule RegionAbolished = new(
        "plan.region-abolished", RuleKind.Warning, "GB/T 2260 中华人民共和国行政区划代码",
        "该行政区划代码已撤销。", "The region code has been abolished.");

    public static readonly Rule AlreadyAnnounced = new(
        "plan.already-announced", RuleKind.WrongStage, "国办发〔2017〕97号 第二条",
        "项目已公告，不再发布计划或意向。", "The procedure has been announced; a plan comes before that.");
}
