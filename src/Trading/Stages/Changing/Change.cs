using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using static Trading.Stages.Changing.ChangeRules;

namespace Trading.Stages.Changing;

public sealed record ChangeState(Standing Standing, Deadlines Deadlines) : IStage<ChangeState>
{
    public static ChangeState? Fold(ChangeState? state, object fact) => Standing.Fold(state?.Standing, fact) is { } standing
        ? new ChangeState(standing, Deadlines.Fold(state?.Deadlines, fact))
        : null;

    /// <summary>The lots meant: those named, or every one that is out for bids.</summary>
    public IReadOnlyList<LotId> Out(IReadOnlyList<LotId>? named) => Standing.Choose(named, IsOut);

    public static bool IsOut(LotStanding lot) => lot.Progress is LotProgress.Announced or LotProgress.Prequalifying;
}

/// <summary>变更: what was said is explained, corrected, put off, stopped or taken up again.</summary>
public static class Change
{
    public static Decision Clarify(ChangeState state, DocumentsClarified fact, DateTimeOffset now) => Decision.Of(
        Admission.Going(state.Standing)
            .Concat(BeforeDeadline(state, fact.Lots, now))
            .Concat(Moved(state, fact.Lots, fact.Submission, fact.Opening, now)),
        fact);

    public static Decision Extend(ChangeState state, DeadlineExtended fact, DateTimeOffset now) => Decision.Of(
        Admission.Going(state.Standing)
            .Concat(BeforeDeadline(state, fact.Lots, now))
            .Concat(fact.Lots.Select(lot => DeadlineNotLater.If(
                fact.Submission.Deadline <= state.Deadlines.Of(lot).Submission, Lot(lot), Deadline("deadline", fact.Submission.Deadline))))
            .Concat(Moved(state, fact.Lots, fact.Submission, fact.Opening, now)),
        fact);

    public static Decision Correct(ChangeState state, AnnouncementCorrected fact, DateTimeOffset now)
    {
        return Decision.Of(Findings(), fact);

        IEnumerable<Finding> Findings()
        {
            yield return Admission.Ended.If(state.Standing.Ended);
            yield return NoticeUnknown.If(!state.Standing.Notices.ContainsKey(fact.Corrects), Corrected());
            yield return ChangeRules.NoticeWithdrawn.If(state.Standing.Notices[fact.Corrects].Withdrawn, Corrected());
            foreach (var finding in Admission.Named(state.Standing, fact.Lots)) yield return finding;
            if (fact.Submission is null && fact.Opening is null) yield break;
            foreach (var finding in BeforeDeadline(state, fact.Lots, now)) yield return finding;
            foreach (var finding in Moved(state, fact.Lots, fact.Submission, fact.Opening, now)) yield return finding;
        }

        Fact Corrected() => new("corrects", fact.Corrects.ToString());
    }

    public static Decision Suspend(ChangeState state, ProcedureSuspended fact) => Decision.Of(Admission.Going(state.Standing), fact);

    public static Decision Resume(ChangeState state, ProcedureResumed fact) => Decision.Of(
        [Admission.Ended.If(state.Standing.Ended), NotSuspended.If(!state.Standing.Suspended)], fact);

    /// <summary>Time stands still for a procedure that is suspended: a deadline that lay ahead then can still be put off.</summary>
    private static IEnumerable<Finding> BeforeDeadline(ChangeState state, IReadOnlyList<LotId> lots, DateTimeOffset now) =>
        Admission.Lots(state.Standing, lots, ChangeState.IsOut, LotNotOut).Concat(lots.Select(lot => DeadlinePassed.If(
            state.Deadlines.Of(lot).Submission <= (state.Standing.SuspendedAt ?? now),
            Lot(lot), Deadline("deadline", state.Deadlines.Of(lot).Submission))));

    private static IEnumerable<Finding> Moved(
        ChangeState state, IReadOnlyList<LotId> lots, Submission? submission, OpeningPlan? opening, DateTimeOffset now)
    {
        yield return DeadlinePast.If(submission?.Deadline <= now, Deadline("deadline", submission?.Deadline), Deadline("now", now));
        foreach (var lot in lots)
        {
            var before = state.Deadlines.Of(lot);
            var after = before.Changed(submission?.Deadline, opening?.At);
            yield return DeadlineEarlier.If(
                submission?.Deadline < before.Submission, Lot(lot), Deadline("deadline", submission?.Deadline), Deadline("before", before.Submission));
            yield return OpeningBeforeDeadline.If(
                after.Opening < after.Submission, Lot(lot), Deadline("deadline", after.Submission), Deadline("opening", after.Opening));
        }
    }

    private static Fact Lot(LotId lot) => new("lot", lot.ToString());

    private static Fact Deadline(string name, DateTimeOffset? time) => new(name, time is { } t ? TimeConverter.Write(t) : "—");
}
