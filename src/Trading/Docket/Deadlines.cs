using System.Collections.Immutable;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Docket;

/// <summary>Until when bids may be handed in and when they are opened, lot by lot, after all changes.</summary>
public sealed record Deadlines(ImmutableDictionary<LotId, Deadline> OfLot) : IFolded<Deadlines>
{
    public static readonly Deadlines None = new(ImmutableDictionary<LotId, Deadline>.Empty);

    public Deadline Of(LotId lot) => OfLot.GetValueOrDefault(lot, Deadline.None);

    public static Deadlines Fold(Deadlines? deadlines, object fact) => (deadlines ?? None).Folded(fact);

    private Deadlines Folded(object fact) => fact switch
    {
        PrequalificationAnnounced e => Set(e.Lots.Select(l => l.LotId), e.Submission, e.Opening, afresh: true),
        AnnouncementPublished e => Set(e.Lots.Select(l => l.LotId), e.Submission, e.Opening, afresh: true),
        DocumentsClarified e => Set(e.Lots, e.Submission, e.Opening),
        AnnouncementCorrected e => Set(e.Lots, e.Submission, e.Opening),
        DeadlineExtended e => Set(e.Lots, e.Submission, e.Opening),
        _ => this,
    };

    private Deadlines Set(IEnumerable<LotId> lots, Submission? submission, OpeningPlan? opening, bool afresh = false) => new(
        OfLot.SetItems(lots.Select(lot =>
        {
            var before = afresh ? Deadline.None : Of(lot);
            return KeyValuePair.Create(lot, new Deadline(submission?.Deadline ?? before.Submission, opening?.At ?? before.Opening));
        })));
}

public sealed record Deadline(DateTimeOffset? Submission, DateTimeOffset? Opening)
{
    public static readonly Deadline None = new(null, null);
}
