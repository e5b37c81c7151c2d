using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using static Trading.Stages.Ending.EndingRules;

namespace Trading.Stages.Ending;

public sealed record EndingState(Standing Standing, Deadlines Deadlines) : IStage<EndingState>
{
    public static EndingState? Fold(EndingState? state, object fact) => Standing.Fold(state?.Standing, fact) is { } standing
        ? new EndingState(standing, Deadlines.Fold(state?.Deadlines, fact))
        : null;

    /// <summary>The lots meant: those named, or every one that may end in this way.</summary>
    public IReadOnlyList<LotId> Endable(IReadOnlyList<LotId>? named, TerminationKind kind) => Standing.Choose(
        named, lot => MayEnd(lot) && (lot.IsOpen || kind is not TerminationKind.Failed));

    public static bool MayEnd(LotStanding lot) => lot.IsIdle || lot.IsOpen;
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
            if (fact.Kind is TerminationKind.Failed)
            {
                foreach (var finding in Admission.Lots(state.Standing, fact.Lots, lot => lot.IsOpen, LotNotOut)) yield return finding;
            }

            yield return DecidedInFuture.If(fact.DecidedAt > now, new Fact("decidedAt", TimeConverter.Write(fact.DecidedAt)));
        }
    }

    public static Decision Withdraw(EndingState state, NoticeWithdrawn fact, DateTimeOffset now)
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

            if (notice.Kind != typeof(DocumentsClarified)) yield break;
            var without = Deadlines.Fold(state.Deadlines, fact);
            foreach (var lot in state.Deadlines.OfLot.Keys.Where(lot => without.Of(lot) != state.Deadlines.Of(lot)))
                yield return DeadlinePast.If(
                    without.Of(lot).Submission <= now,
                    new("lot", lot.ToString()), new("deadline", without.Of(lot).Submission is { } time ? TimeConverter.Write(time) : "—"));
        }
    }

    public static Decision Close(EndingState state, ProcedureClosed fact)
    {
        return Decision.Of(Findings(), fact);

        IEnumerable<Finding> Findings()
        {
            foreach (var finding in Admission.Going(state.Standing)) yield return finding;
            yield return Admission.Unopposed(state.Standing);
            foreach (var (lot, standing) in state.Standing.Lots)
                yield return LotsOpen.If(
                    standing.Progress is not (LotProgress.Contracted or LotProgress.Failed or LotProgress.Terminated), new Fact("lot", lot));
        }
    }
}
