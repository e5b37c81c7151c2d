using System.Collections.Immutable;
using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using Trading.Law.Calendars;
using Trading.Law.Counting;
using Trading.Law.Packs;

namespace Trading.Supervision.Alerts;

/// <summary>
/// What the law awaits of a procedure within a time: from the fact with which the time begins until the one it is for, or until nobody
/// waits for it any more. A value: the same facts make the same alerts, whenever they are looked at.
/// </summary>
/// <param name="By">The fact with which the time began.</param>
/// <param name="From">The moment from which it runs; <paramref name="By"/> may have told of it later.</param>
/// <param name="Lots">For which it has not come yet.</param>
public sealed record Awaited(
    Guid ProcedureId, Heading Heading, Provision Provision, Countdown Countdown, INoticed By, Moment From, ImmutableList<LotId> Lots)
{
    private static readonly AlertStep[] steps = Enum.GetValues<AlertStep>();

    /// <summary>All that has happened to the alert, in order.</summary>
    public ImmutableList<IAlerted> Alerts { get; private init; } = [];

    /// <summary>When its next light comes on; null when there is none to come.</summary>
    public DateTimeOffset? Next => Lots.Count > 0 && Reached < steps.Length ? TimeOf(steps[Reached]) : null;

    /// <summary>How many steps of the time have passed.</summary>
    private int Reached { get; init; }

    /// <summary>For which lots it came, with which notice; a notice may be withdrawn.</summary>
    private ImmutableList<(LotId Lot, Guid Notice, bool Late)> Came { get; init; } = [];

    /// <summary>Lets time pass, with nothing else happening.</summary>
    public Awaited Until(DateTimeOffset now)
    {
        var awaited = this;
        while (awaited.Next is { } next && next <= now)
            awaited = awaited.Raise(steps[awaited.Reached], next) with { Reached = awaited.Reached + 1 };
        return awaited;
    }

    /// <param name="before">Where the procedure stood when the fact came; <paramref name="after"/>, where it stands with it.</param>
    public Awaited After(INoticed fact, Standing before, Standing after, WorkingCalendar calendar)
    {
        var at = fact.Notice.PublishedAt;
        var passed = Until(at);
        if (fact is NoticeWithdrawn withdrawn && Came.FindAll(came => came.Notice == withdrawn.Withdraws) is { Count: > 0 } undone)
            return passed.Again([.. undone.Select(came => came.Lot)], at);

        var came = passed.Lots.FindAll(lot => Answers(fact, before, lot) is not null).ConvertAll(lot =>
            (lot, fact.Notice.NoticeId, Provision.Limit.Judge(From, Answers(fact, before, lot), calendar).Outcome is VerdictOutcome.Violation));
        var waiting = passed.Lots.RemoveAll(lot => came.Exists(of => of.lot == lot) || !StillWaits(fact, after, lot));
        var changed = passed with { Lots = waiting, Came = passed.Came.AddRange(came) };
        return waiting.IsEmpty && !passed.Lots.IsEmpty ? changed.Settle(fact, at) : changed;
    }

    /// <summary>The moment at which what is awaited came for a lot; null when this fact does not bring it.</summary>
    private Moment? Answers(INoticed fact, Standing before, LotId lot) =>
        (MilestoneTable.LotsOf(fact)?.Contains(lot) ?? true) && IsOfTheSame(fact)
        && MilestoneTable.Of(fact, before, lot).ToDictionary().TryGetValue(Provision.To.Name, out var moment) ? moment : null;

    private bool IsOfTheSame(INoticed fact) =>
        (By, fact) is not (ObjectionRaised raised, ObjectionAnswered answered) || raised.ObjectionId == answered.ObjectionId;

    private bool StillWaits(INoticed fact, Standing after, LotId lot) =>
        !(fact is NoticeWithdrawn withdrawn && withdrawn.Withdraws == By.Notice.NoticeId)
        && !after.Ended
        && (MilestoneTable.LotsOf(By) is null
            || (after.Milestones.Of(lot).TryGetValue(Provision.From.Name, out var from) && from == From
                && after.Lot(lot)!.Progress is not (LotProgress.Failed or LotProgress.Terminated)));

    private DateTimeOffset TimeOf(AlertStep step)
    {
        var time = step switch
        {
            AlertStep.Begun => From.Instant ?? LegalTime.StartOf(From.Day),
            AlertStep.Half => Countdown.Half,
            AlertStep.ThreeQuarters => Countdown.ThreeQuarters,
            _ => Countdown.Over,
        };
        return time > By.Notice.PublishedAt ? time : By.Notice.PublishedAt;
    }

    private Awaited Again(ImmutableList<LotId> lots, DateTimeOffset at) =>
        (this with { Lots = Lots.AddRange(lots), Came = Came.RemoveAll(came => lots.Contains(came.Lot)) }) is var again && Lots.IsEmpty && Reached > 0
            ? again.Raise(steps[Reached - 1], at)
            : again;

    private Awaited Raise(AlertStep step, DateTimeOffset at) => this with
    {
        Alerts = Alerts.Add(new AlertRaised(
            ProcedureId, Heading, Provision.Id, Provision.Citation, AlertWording.Of(Provision, step, Countdown.Due), LightOf(step), step, LegalTime.Here(at),
            Countdown.Due, Lots,
            [
                new Fact("lots", string.Join(", ", Lots)), new Fact(Provision.From.FactName, From.ToString()), new Fact(Provision.To.FactName, "—"),
                new Fact("latestLawful", Moment.On(LegalTime.DayOf(Countdown.Due)).ToString()),
            ],
            By.Notice.NoticeId)),
    };

    private Awaited Settle(INoticed by, DateTimeOffset at)
    {
        if (Alerts.IsEmpty) return this;
        var outcome = Came.IsEmpty ? AlertOutcome.Lapsed : Came.Exists(came => came.Late) ? AlertOutcome.Late : AlertOutcome.Kept;
        return this with
        {
            Alerts = Alerts.Add(new AlertSettled(
                ProcedureId, Heading, Provision.Id, outcome is AlertOutcome.Late ? AlertLight.Red : AlertLight.Green, outcome, LegalTime.Here(at),
                by.Notice.NoticeId)),
        };
    }

    private static AlertLight LightOf(AlertStep step) => step switch
    {
        AlertStep.Begun => AlertLight.Green,
        AlertStep.Broken => AlertLight.Red,
        _ => AlertLight.Yellow,
    };
}
