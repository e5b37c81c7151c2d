using System.Collections.Immutable;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Docket;

/// <summary>Until when bids may be handed in and when they are opened, lot by lot, after all changes that have not been withdrawn.</summary>
/// <param name="OfLot">What was said of each lot's deadline, in order.</param>
public sealed record Deadlines(ImmutableDictionary<LotId, ImmutableList<DeadlineSaid>> OfLot) : IFolded<Deadlines>
{
    public static readonly Deadlines None = new(ImmutableDictionary<LotId, ImmutableList<DeadlineSaid>>.Empty);

    public Deadline Of(LotId lot) => OfLot.GetValueOrDefault(lot, []).Aggregate(Deadline.None, (before, said) => said.After(before));

    public static Deadlines Fold(Deadlines? deadlines, object fact) => (deadlines ?? None).Folded(fact);

    private Deadlines Folded(object fact) => fact switch
    {
        PrequalificationAnnounced e => Say(e.Lots.Select(l => l.LotId), e, e.Submission, e.Opening, afresh: true),
        AnnouncementPublished e => Say(e.Lots.Select(l => l.LotId), e, e.Submission, e.Opening, afresh: true),
        DocumentsClarified e => Say(e.Lots, e, e.Submission, e.Opening),
        AnnouncementCorrected e => Say(e.Lots, e, e.Submission, e.Opening),
        DeadlineExtended e => Say(e.Lots, e, e.Submission, e.Opening),
        NoticeWithdrawn e => new(OfLot.SetItems(OfLot.Select(lot => KeyValuePair.Create(lot.Key, Without(lot.Value, e.Withdraws))))),
        _ => this,
    };

    private Deadlines Say(IEnumerable<LotId> lots, INoticed by, Submission? submission, OpeningPlan? opening, bool afresh = false) => new(
        OfLot.SetItems(lots.Select(lot => KeyValuePair.Create(
            lot, OfLot.GetValueOrDefault(lot, []).Add(new DeadlineSaid(by.Notice.NoticeId, afresh, submission?.Deadline, opening?.At))))));

    // What followed an announcement went with it.
    private static ImmutableList<DeadlineSaid> Without(ImmutableList<DeadlineSaid> said, Guid notice)
    {
        var at = said.FindIndex(s => s.By == notice);
        return at < 0 ? said : said[at].Afresh ? said.GetRange(0, at) : said.RemoveAt(at);
    }
}

/// <param name="By">The notice that said it.</param>
/// <param name="Afresh">What stood before counts no more.</param>
public sealed record DeadlineSaid(Guid By, bool Afresh, DateTimeOffset? Submission, DateTimeOffset? Opening)
{
    public Deadline After(Deadline before) => (Afresh ? Deadline.None : before).Changed(Submission, Opening);
}

public sealed record Deadline(DateTimeOffset? Submission, DateTimeOffset? Opening)
{
    public static readonly Deadline None = new(null, null);

    /// <summary>An opening that is not put off expressly goes with the deadline: bids are opened at that very time (招标投标法 第三十四条).</summary>
    public Deadline Changed(DateTimeOffset? submission, DateTimeOffset? opening)
    {
        var deadline = submission ?? Submission;
        return new Deadline(deadline, opening ?? (Opening < deadline ? deadline : Opening));
    }
}
