using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using static Trading.Stages.Ending.EndingRules;

namespace Trading.Stages.Ending;

public sealed record EndingState(Standing Standing) : IStage<EndingState>
{
    public static EndingState? Fold(EndingState? state, object fact) =>
        Standing.Fold(state?.Standing, fact) is { } standing ? new EndingState(standing) : null;

    /// <summary>The lots meant: those named, or every one that may still be ended.</summary>
    public IReadOnlyList<LotId> Endable(IReadOnlyList<LotId>? named) => Standing.Choose(named, MayEnd);

    public static bool MayEnd(LotStanding lot) => lot.Progress is LotProgress.Registered or LotProgress.Failed || lot.IsOpen;
}

/// <summary>终止、撤销、办结: how a lot, a notice or the whole procedure comes to its end.</summary>
public static class Ending
{
    private static readonly HashSet<Type> Withdrawable =
    [
        typeof(PlanPublished), typeof(ProcurementIntentionPublished), typeof(PrequalificationAnnounced), typeof(AnnouncementPublished),
        typeof(SoleSourcePublicised), typeof(DocumentsClarified), typeof(QualificationDecided), typeof(CandidatesPublicised),
        typeof(PerformanceReported),
    ];

    public static Decision Terminate(EndingState state, ProcedureTerminated fact, DateTimeOffset now)
    {
        return Decision.Of(Findings(), fact);

        IEnumerable<Finding> Findings()
        {
            yield return Admission.Ended.If(state.Standing.Ended);
            foreach (var finding in Admission.Lots(state.Standing, fact.Lots, EndingState.MayEnd, LotAwarded)) yield return finding;
            yield return DecidedInFuture.If(fact.DecidedAt > now, new Fact("decidedAt", TimeConverter.Write(fact.DecidedAt)));
        }
    }

    public static Decision Withdraw(EndingState state, NoticeWithdrawn fact)
    {
        return Decision.Of(Findings(), fact);

        IEnumerable<Finding> Findings()
        {
            yield return NoticeUnknown.If(!state.Standing.Notices.ContainsKey(fact.Withdraws));
            yield return Admission.Ended.If(state.Standing.Ended);

            var notice = state.Standing.Notices[fact.Withdraws];
            yield return NoticeStands.If(!Withdrawable.Contains(notice.Kind), new Fact("type", Catalogue.Name(notice.Kind)));
            yield return AlreadyWithdrawn.If(notice.Withdrawn);
            foreach (var (lot, standing) in state.Standing.Lots)
                yield return Overtaken.If(
                    standing.WasBroughtBy(fact.Withdraws) && standing.By != fact.Withdraws, new Fact("lot", lot));
        }
    }

    public static Decision Close(EndingState state, ProcedureClosed fact)
    {
        return Decision.Of(Findings(), fact);

        IEnumerable<Finding> Findings()
        {
            foreach (var finding in Admission.Going(state.Standing)) yield return finding;
            foreach (var (lot, standing) in state.Standing.Lots)
                yield return LotsOpen.If(
                    standing.Progress is not (LotProgress.Contracted or LotProgress.Failed or LotProgress.Terminated), new Fact("lot", lot));
        }
    }
}
