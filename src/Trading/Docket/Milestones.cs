using System.Collections.Immutable;
using Trading.Events;
using Trading.Kernel;
using Trading.Law.Counting;

namespace Trading.Docket;

/// <summary>时间节点: the moments in the life of a procedure that time law counts from and to, by the names rule packs give them.</summary>
/// <param name="OfLots">What was said of each lot, in order.</param>
/// <param name="OfProcedure">What holds for all lots.</param>
/// <param name="Objections">When each objection was received.</param>
public sealed record Milestones(
    ImmutableDictionary<LotId, ImmutableList<MilestonesSaid>> OfLots,
    ImmutableDictionary<string, Moment> OfProcedure,
    ImmutableDictionary<Guid, Moment> Objections)
{
    public static readonly Milestones None = new(
        ImmutableDictionary<LotId, ImmutableList<MilestonesSaid>>.Empty, ImmutableDictionary<string, Moment>.Empty, ImmutableDictionary<Guid, Moment>.Empty);

    /// <summary>All that counts for a lot: what was said last, since it was put out last.</summary>
    public ImmutableDictionary<string, Moment> Of(LotId lot) => OfLots.GetValueOrDefault(lot, []).Aggregate(
        OfProcedure, (known, said) => (said.Afresh ? OfProcedure : known).SetItems(said.Moments));

    /// <summary>The day on which a lot was put out last, which settles the version of every rule for it.</summary>
    public DateOnly? PutOut(LotId lot) => OfLots.GetValueOrDefault(lot, []).FindLast(said => said.PutOut is not null)?.PutOut;

    /// <param name="before">Where the procedure stood when the fact came.</param>
    public Milestones After(INoticed fact, Standing before) => fact switch
    {
        ProcurementIntentionPublished or ProcedureSuspended => this with { OfProcedure = OfProcedure.SetItems(MilestoneTable.Of(fact, before)) },
        ObjectionRaised e => this with { Objections = Objections.SetItem(e.ObjectionId, Moment.At(e.ReceivedAt)) },
        AwardCancelled e => this with { OfLots = OfLots.SetItem(e.LotId, WithoutAward(OfLots.GetValueOrDefault(e.LotId, []))) },
        NoticeWithdrawn e => this with { OfLots = OfLots.SetItems(OfLots.Select(lot => KeyValuePair.Create(lot.Key, Without(lot.Value, e.Withdraws)))) },
        _ => MilestoneTable.LotsOf(fact) is { } lots ? Say(fact, before, lots) : this,
    };

    private Milestones Say(INoticed fact, Standing before, IEnumerable<LotId> lots) => this with
    {
        OfLots = OfLots.SetItems(lots.Distinct().Select(lot => KeyValuePair.Create(lot, OfLots.GetValueOrDefault(lot, []).Add(new MilestonesSaid(
            fact.Notice.NoticeId, PutsOut(fact) ? LegalTime.DayOf(fact.Notice.PublishedAt) : null, PutsOut(fact) && before.Lot(lot) is { IsIdle: true }, [.. MilestoneTable.Of(fact, before, lot)]))))),
    };

    private static bool PutsOut(INoticed fact) => fact is PrequalificationAnnounced or AnnouncementPublished or SoleSourcePublicised;

    private static ImmutableList<MilestonesSaid> WithoutAward(ImmutableList<MilestonesSaid> said) =>
        said.FindLastIndex(s => s.Moments.Any(moment => moment.Key == MilestoneTable.AwardPublished)) is >= 0 and var at ? said.RemoveAt(at) : said;

    // What followed an announcement went with it.
    private static ImmutableList<MilestonesSaid> Without(ImmutableList<MilestonesSaid> said, Guid notice)
    {
        var at = said.FindIndex(s => s.By == notice);
        return at < 0 ? said : said[at].PutOut is not null ? said.GetRange(0, at) : said.RemoveAt(at);
    }
}

/// <param name="By">The notice that said it.</param>
/// <param name="PutOut">The day, when it put the lot out; what followed rests on it.</param>
/// <param name="Afresh">What stood before counts no more.</param>
public sealed record MilestonesSaid(Guid By, DateOnly? PutOut, bool Afresh, ImmutableList<KeyValuePair<string, Moment>> Moments);
