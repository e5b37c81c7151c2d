using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using static Trading.Stages.Planning.PlanRules;

namespace Trading.Stages.Planning;

public sealed record PlanState(Standing Standing) : IStage<PlanState>
{
    public static PlanState? Fold(PlanState? state, object fact) =>
        Standing.Fold(state?.Standing, fact) is { } standing ? new PlanState(standing) : null;
}

/// <summary>登记与计划: a procedure comes into being, and what it will put out is made known.</summary>
public static class Plan
{
    public static Decision Register(ProcedureRegistered fact)
    {
        return Decision.Of(Findings(), fact);

        IEnumerable<Finding> Findings()
        {
            var heading = fact.Notice.Heading;
            yield return OtherCategory.If(
                heading.ClassCode?.Category != heading.Category, new Fact("classCode", heading.ClassCode?.ToString() ?? "—"));
            yield return RegionAbolished.If(heading.Region.IsAbolished, new Fact("regionCode", heading.Region.ToString()));
            foreach (var lots in fact.Lots.GroupBy(lot => lot.LotId))
                yield return LotTwice.If(lots.Count() > 1, new Fact("lot", lots.Key.ToString()));
            foreach (var lot in fact.Lots)
                yield return DealCodeCheckWrong.If(!lot.DealCode.CheckHolds, new Fact("dealCode", lot.DealCode.ToString()));
            if (heading.Category is not TradeCategory.Engineering || fact.Code is null) yield break;

            var project = Written.TryParse<TenderNumber>(fact.Code) is { Kind: TenderNumberKind.TenderProject } number ? number : null;
            yield return CodeOutsideNumbering.If(project is null, new Fact("code", fact.Code));
            foreach (var lot in fact.Lots)
            {
                if (project is not null && Written.TryParse<TenderNumber>(lot.Code) is { } section)
                    yield return LotCodeOutsideChain.If(!section.Continues(project), new Fact("lot", lot.LotId.ToString()));
            }
        }
    }

    public static Decision Publish(PlanState state, INoticed plan)
    {
        return Decision.Of(Findings(), plan);

        IEnumerable<Finding> Findings()
        {
            foreach (var finding in Admission.Going(state.Standing)) yield return finding;
            yield return AlreadyAnnounced.If(state.Standing.Lots.Values.All(lot => lot.Progress is not LotProgress.Registered));
        }
    }
}
