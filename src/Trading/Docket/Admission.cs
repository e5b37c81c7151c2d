using System.Globalization;
using Trading.Kernel;

namespace Trading.Docket;

/// <summary>受理条件: what every posting meets before its stage looks at it.</summary>
public static class Admission
{
    public static readonly Rule Suspended = new(
        "procedure.suspended", RuleKind.WrongStage, "招标投标法实施条例 第五十四条、第六十二条；政府采购法 第五十七条",
        "项目已暂停，恢复前不得进行下一步。", "The procedure is suspended; nothing may go on before it is resumed.");

    public static readonly Rule Ended = new(
        "procedure.ended", RuleKind.WrongStage, "招标投标法实施条例 第三十一条",
        "项目已终止或办结。", "The procedure has been terminated or closed.");

    public static readonly Rule LotUnknown = new(
        "lot.unknown", RuleKind.Unlawful, "公共资源交易平台系统数据规范 V2.0 数据集502（标段）",
        "所列标段不属于本项目。", "A lot that is named does not belong to the procedure.");

    public static readonly Rule LotTwice = new(
        "lot.twice", RuleKind.Unlawful, "公共资源交易平台系统数据规范 V2.0 数据集502（标段）",
        "同一标段出现了两次。", "A lot is named twice.");

    public static readonly Rule LotMissing = new(
        "lot.missing", RuleKind.WrongStage, "公共资源交易平台系统数据规范 V2.0 数据集502（标段）",
        "没有处于相应阶段的标段。", "There is no lot in the stage this is about.");

    public static readonly Rule ObjectionOpen = new(
        "procedure.objection-open", RuleKind.Unlawful, "招标投标法实施条例 第二十二条、第五十四条",
        "异议尚未答复，作出答复前应当暂停招标投标活动。", "An objection waits for its answer; until then the tender stands still.");

    public static readonly Rule ChallengeOpen = new(
        "procedure.challenge-open", RuleKind.Warning, "政府采购法 第五十三条",
        "质疑尚未答复。", "A challenge waits for its answer.");

    /// <summary>Nothing may be posted to what has ended or is suspended.</summary>
    public static IEnumerable<Finding> Going(Standing standing)
    {
        yield return Ended.If(standing.Ended);
        yield return Suspended.If(standing.Suspended);
    }

    /// <summary>A tender waits for the answer to an objection; in procurement a challenge alone stops nothing.</summary>
    public static Finding Unopposed(Standing standing) =>
        (standing.Heading.Category is TradeCategory.Engineering ? ObjectionOpen : ChallengeOpen)
        .If(!standing.OpenObjections.IsEmpty, new Fact("openObjections", standing.OpenObjections.Count.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Each lot is one of the procedure's, is named once, and stands where <paramref name="stands"/> demands.</summary>
    public static IEnumerable<Finding> Lots(
        Standing standing, IReadOnlyList<LotId> lots, Func<LotStanding, bool> stands, Rule otherwise)
    {
        yield return LotMissing.If(lots.Count is 0);
        foreach (var finding in Named(standing, lots)) yield return finding;
        foreach (var lot in lots)
        {
            var standingLot = standing.Lot(lot)!;
            yield return otherwise.If(!stands(standingLot), new("lot", lot.ToString()), new("lotStatus", Written(standingLot.Progress)));
        }
    }

    public static IEnumerable<Finding> Named(Standing standing, IReadOnlyList<LotId> lots)
    {
        var seen = new HashSet<LotId>();
        foreach (var lot in lots)
        {
            yield return LotUnknown.If(standing.Lot(lot) is null, new Fact("lot", lot.ToString()));
            yield return LotTwice.If(!seen.Add(lot), new Fact("lot", lot.ToString()));
        }
    }

    private static string Written(LotProgress progress) => char.ToLowerInvariant(progress.ToString()[0]) + progress.ToString()[1..];
}
