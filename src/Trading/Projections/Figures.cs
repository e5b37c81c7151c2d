using Trading.Events;
using Trading.Kernel;

namespace Trading.Projections;

/// <summary>What lists are filtered by, read from a fact of any kind.</summary>
public static class Figures
{
    public static IReadOnlyList<string> FoundBy(NamedParty party) =>
        party.CreditCode is { } code ? [code.ToString(), party.Name] : [party.Name];

    public static DateTimeOffset? Deadline(INoticed fact) => fact switch
    {
        PrequalificationAnnounced f => f.Submission?.Deadline,
        AnnouncementPublished f => f.Submission?.Deadline ?? f.Bidding?.Until ?? f.Listing?.Until,
        SoleSourcePublicised f => f.Publicity.Until,
        DocumentsClarified f => f.Submission?.Deadline,
        AnnouncementCorrected f => f.Submission?.Deadline,
        DeadlineExtended f => f.Submission.Deadline,
        CandidatesPublicised f => f.Publicity.Until,
        LegacyNoticeImported f => f.Publicity?.Until,
        _ => null,
    };

    public static decimal? Amount(INoticed fact) => fact switch
    {
        PlanPublished f => Sum([f.Budget]),
        ProcurementIntentionPublished f => Sum([f.Budget]),
        AnnouncementPublished f => Sum([f.CeilingPrice]) ?? f.Bidding?.StartPrice.Value ?? f.Listing?.FloorPrice.Value,
        CandidatesPublicised f => Sum(f.Lots.Select(lot => lot.Candidates.MinBy(c => c.Rank)?.Price)),
        AwardAnnounced f => Sum(f.Results.OfType<LotResult.Awarded>().Select(r => r.Price)),
        ContractPublished f => Sum([f.Value]),
        PerformanceReported f => Sum([f.Amount]),
        LegacyNoticeImported f => Sum([f.Candidates.MinBy(c => c.Rank)?.Price]),
        _ => null,
    };

    /// <summary>What has no deadline stands where the latest would: behind all that a time on the wire can say.</summary>
    public static DateTimeOffset Order(DateTimeOffset? deadline) => deadline ?? new DateTimeOffset(2201, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What has no amount stands where the least would.</summary>
    public static decimal Order(decimal? amount) => amount ?? -1;

    /// <summary>The sum of those prices that are amounts in 元; null when there is none.</summary>
    public static decimal? Sum(IEnumerable<Price?> prices)
    {
        var amounts = prices.OfType<AmountPrice>().Where(price => price.Currency is "CNY").Select(price => price.Amount.Value).ToList();
        return amounts.Count is 0 ? null : amounts.Sum();
    }

    public static IEnumerable<NamedParty> Parties(INoticed fact) => Offers(fact).Select(offer => offer.By);

    /// <summary>Who bid, is a candidate or was awarded by a fact, and for which lots.</summary>
    public static IEnumerable<(NamedParty By, LotId Lot)> Offers(INoticed fact) => fact switch
    {
        SoleSourcePublicised f => f.Lots.Select(lot => (f.Supplier.Named, lot.LotId)),
        QualificationDecided f => f.Results.Select(r => (r.Bidder.Named, r.LotId)),
        BidsOpened f => f.Bids.Select(b => (b.Bidder.Named, b.LotId)),
        CandidatesPublicised f => f.Lots.SelectMany(lot =>
            lot.Candidates.Select(c => c.Bidder).Concat((lot.Rejected ?? []).Select(r => r.Bidder)).Select(bidder => (bidder.Named, lot.LotId))),
        AwardAnnounced f => f.Results.OfType<LotResult.Awarded>().Select(r => (r.Supplier.Named, r.LotId)),
        ContractPublished f => f.Lots.Select(lot => (f.Supplier.Named, lot)),
        LegacyNoticeImported f => f.Candidates.Select(c => (c.Bidder.Named, ProcedureFold.LegacyLot)),
        _ => [],
    };
}
