using Trading.Kernel;

namespace Trading.Stages.Performing;

internal static class PerformanceRules
{
    private const string Performing = "招标投标法 第四十八条；国办发〔2017〕97号 第二条";

    public static readonly Rule ContractUnknown = new(
        "performance.contract-unknown", RuleKind.Unknown, Performing,
        "本项目中没有该合同。", "The procedure has no such contract.");

    public static readonly Rule ContractTerminated = new(
        "performance.contract-terminated", RuleKind.WrongStage, Performing,
        "合同已终止。", "The contract has been terminated.");

    public static readonly Rule OccurredInFuture = new(
        "performance.occurred-in-future", RuleKind.Unlawful, Performing,
        "所报事项的日期晚于今天。", "What is reported lies in the future.");

    public static readonly Rule AlreadyAccepted = new(
        "performance.already-accepted", RuleKind.WrongStage, "政府采购法 第四十一条；政府采购法实施条例 第四十五条",
        "合同已验收合格。", "The contract has been accepted.");
}
