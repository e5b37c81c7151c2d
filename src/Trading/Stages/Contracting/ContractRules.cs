using Trading.Kernel;

namespace Trading.Stages.Contracting;

internal static class ContractRules
{
    private const string Signing = "招标投标法 第四十六条；政府采购法 第四十六条";

    public static readonly Rule LotNotAwarded = new(
        "contract.lot-not-awarded", RuleKind.WrongStage, Signing,
        "标段没有成交结果，或已订立合同。", "The lot has not been awarded, or has its contract.");

    public static readonly Rule OtherSupplier = new(
        "contract.other-supplier", RuleKind.Unlawful, Signing,
        "合同当事人不是该标段的中标、成交供应商。", "The contract is not with the supplier the lot was awarded to.");

    public static readonly Rule OtherValue = new(
        "contract.other-value", RuleKind.Warning, Signing,
        "合同金额与成交价不一致，合同不得背离中标结果的实质性内容。", "The value is not the price of the award; a contract keeps to what was awarded.");

    public static readonly Rule NumberTaken = new(
        "contract.number-taken", RuleKind.Unlawful, Signing,
        "本项目中已有相同编号的合同。", "The procedure already has a contract of this number.");

    public static readonly Rule SignedInFuture = new(
        "contract.signed-in-future", RuleKind.Unlawful, Signing,
        "签订日期晚于今天。", "The day of signing lies in the future.");

    public static readonly Rule Unknown = new(
        "contract.unknown", RuleKind.Unknown, Signing,
        "本项目中没有该合同。", "The procedure has no such contract.");

    public static readonly Rule Terminated = new(
        "contract.terminated", RuleKind.WrongStage, "民法典 第五百五十七条",
        "合同已终止。", "The contract has been terminated.");

    public static readonly Rule TerminatedInFuture = new(
        "contract.terminated-in-future", RuleKind.Unlawful, "民法典 第五百五十七条",
        "终止日期晚于今天。", "The day of termination lies in the future.");
}
