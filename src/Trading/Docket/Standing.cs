using System.Collections.Immutable;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Docket;

/// <summary>卷宗: what every stage must know of a procedure before it decides anything. Folded, never stored.</summary>
/// <param name="Notices">Every notice so far.</param>
/// <param name="OpenObjections">异议 that wait for their answer.</param>
public sealed record Standing(
    Heading Heading,
    ProcedureMethod Method,
    bool Statutory,
    Party Initiator,
    Party? Agency,
    ImmutableSortedDictionary<string, LotStanding> Lots,
    ImmutableDictionary<Guid, NoticeStanding> Notices,
    ImmutableHashSet<Guid> OpenObjections,
    DateTimeOffset? SuspendedAt = null,
    bool Ended = false) : IFolded<Standing>
{
    /// <summary>What time law counts from and to.</summary>
    public Milestones Milestones { get; private init; } = Milestones.None;

    public bool Suspended => SuspendedAt is not null;

    public Course Course => Course.Of(Heading.Category, Method, Statutory);

    public LotStanding? Lot(LotId lot) => Lots.GetValueOrDefault(lot.ToString());

    /// <summary>The lots a posting speaks of: those it names, or all that stand where <paramref name="fits"/> says.</summary>
    public IReadOnlyList<LotId> Choose(IReadOnlyList<LotId>? named, Func<LotStanding, bool> fits) =>
        named ?? [.. Lots.Where(lot => fits(lot.Value)).Select(lot => LotId.Parse(lot.Key))];

    public static Standing? Fold(Standing? standing, object fact) => fact switch
    {
        ProcedureRegistered e => new Standing(
            e.Notice.Heading, e.Method, e.Statutory, e.Initiator, e.Agency,
            e.Lots.ToImmutableSortedDictionary(lot => lot.LotId.ToString(), _ => LotStanding.Registered, StringComparer.Ordinal),
            ImmutableDictionary<Guid, NoticeStanding>.Empty.Add(e.Notice.NoticeId, new NoticeStanding(typeof(ProcedureRegistered))),
            []),
        INoticed e when standing is not null => standing.Noted(e).Moved(e) with { Milestones = standing.Milestones.After(e, standing) },
        _ => standing,
    };

    private Standing Noted(INoticed fact) =>
        this with { Notices = Notices.SetItem(fact.Notice.NoticeId, new NoticeStanding(fact.GetType())) };

    private Standing Moved(INoticed fact) => fact switch
    {
        PrequalificationAnnounced e => Announce(e.Lots, e, LotProgress.Prequalifying),
        SoleSourcePublicised e => Announce(e.Lots, e, LotProgress.Publicised),
        AnnouncementPublished e => Announce(e.Lots, e, LotProgress.Announced),
        BidsOpened e => Step(e.Bids.Select(bid => bid.LotId).Distinct(), e, LotProgress.Opened),
        CandidatesPublicised e => Step(e.Lots.Select(lot => lot.LotId), e, LotProgress.Evaluated),
        AwardAnnounced e => Step(e.Results.OfType<LotResult.Awarded>().Select(r => r.LotId), e, LotProgress.Awarded)
            .Step(e.Results.OfType<LotResult.Failed>().Select(r => r.LotId), e, LotProgress.Failed),
        AwardCancelled e => Back(lot => lot.Key == e.LotId.ToString()),
        ContractPublished e => Step(e.Lots, e, LotProgress.Contracted),
        ProcedureSuspended e => this with { SuspendedAt = e.Notice.PublishedAt },
        ProcedureResumed => this with { SuspendedAt = null },
        ProcedureTerminated e => Step(
            e.Lots, e, e.Kind is TerminationKind.Failed ? LotProgress.Failed : LotProgress.Terminated).EndIfNothingIsLeft(),
        NoticeWithdrawn e => Back(lot => lot.Value.By == e.Withdraws) with
        {
            Notices = Notices.SetItem(e.Withdraws, Notices[e.Withdraws] with { Withdrawn = true }),
        },
        ProcedureClosed => this with { Ended = true },
        ObjectionRaised e => this with { OpenObjections = OpenObjections.Add(e.ObjectionId) },
        ObjectionAnswered e => this with { OpenObjections = OpenObjections.Remove(e.ObjectionId) },
        _ => this,
    };

    private Standing Announce(IReadOnlyList<AnnouncedLot> lots, INoticed by, LotProgress progress) => lots.Aggregate(
        this, (standing, lot) => standing.Change(lot.LotId, was => was.Step(progress, by.Notice.NoticeId) with { Round = lot.Round }));

    private Standing Step(IEnumerable<LotId> lots, INoticed by, LotProgress progress) => lots.Aggregate(
        this, (standing, lot) => standing.Change(lot, was => was.Step(progress, by.Notice.NoticeId)));

    private Standing Back(Func<KeyValuePair<string, LotStanding>, bool> which) => Lots.Where(which).Aggregate(
        this, (standing, lot) => standing with { Lots = standing.Lots.SetItem(lot.Key, lot.Value.Before ?? lot.Value) });

    private Standing Change(LotId lot, Func<LotStanding, LotStanding> change) =>
        this with { Lots = Lots.SetItem(lot.ToString(), change(Lots[lot.ToString()])) };

    private Standing EndIfNothingIsLeft() =>
        this with { Ended = Lots.Values.All(lot => lot.Progress is LotProgress.Terminated) };
}

/// <summary>How far one lot has come, and which notice brought it there.</summary>
/// <param name="Round">How many times it was put out; 0 before the first.</param>
/// <param name="Before">Where it stood before that notice.</param>
public sealed record LotStanding(LotProgress Progress, int Round = 0, Guid? By = null, LotStanding? Before = null)
{
    public static readonly LotStanding Registered = new(LotProgress.Registered);

    /// <summary>Not put out, or failed when it was.</summary>
    public bool IsIdle => Progress is LotProgress.Registered or LotProgress.Failed;

    public bool MayBeAnnounced => IsIdle || Progress is LotProgress.Prequalifying or LotProgress.Publicised;

    /// <summary>The round an announcement of the lot belongs to.</summary>
    public int NextRound => IsIdle ? Round + 1 : Round;

    /// <summary>Put out, and neither awarded nor ended.</summary>
    public bool IsOpen => Progress is
        LotProgress.Prequalifying or LotProgress.Publicised or LotProgress.Announced or LotProgress.Opened or LotProgress.Evaluated;

    public bool WasBroughtBy(Guid notice) => By == notice || Before?.WasBroughtBy(notice) is true;

    public LotStanding Step(LotProgress progress, Guid by) => new(progress, Round, by, this);
}

public enum LotProgress
{
    Registered, Prequalifying, Publicised, Announced, Opened, Evaluated, Awarded, Contracted, Failed, Terminated,
}

public sealed record NoticeStanding(Type Kind, bool Withdrawn = false);

/// <summary>The state of a stage: the part that all stages share, and the part of this stage.</summary>
public interface IStage<TSelf> : IFolded<TSelf>, IHeaded where TSelf : class, IStage<TSelf>
{
    Standing Standing { get; }

    Heading IHeaded.Heading => Standing.Heading;

    Standing? IHeaded.Followed => Standing;
}

/// <summary>A state that knows whose procedure it is.</summary>
public interface IHeaded
{
    Heading Heading { get; }

    /// <summary>Where the procedure stands; null for a state that does not follow it.</summary>
    Standing? Followed => null;
}
