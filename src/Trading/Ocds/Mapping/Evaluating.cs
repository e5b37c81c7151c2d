using System.Globalization;
using System.Text.Json.Nodes;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Ocds.Mapping;

/// <summary>资格审查、开标、评标.</summary>
internal static class Evaluating
{
    public static void Take(this ProcessState state, QualificationDecided fact)
    {
        foreach (var (number, result) in fact.Results.Index())
        {
            state.Lot(result.LotId);
            state.Tender.Item("qualifications", string.Create(CultureInfo.InvariantCulture, $"{fact.Notice.NoticeId}-{number + 1}"))
                .Set("date", fact.Notice.PublishedAt)
                .Set("tenderer", state.Refer(result.Bidder, "tenderer"))
                .Set("status", WireNames.Of(result.Result))
                .Set("rationale", (JsonNode?)result.Reason)
                .Set("relatedLots", [result.LotId]);
        }

        state.File(fact, state.Tender, fact.Results.Select(result => result.LotId).Distinct());
    }

    public static void Take(this ProcessState state, BidsOpened fact)
    {
        state.OpenAt(new OpeningPlan(fact.OpenedAt, fact.Place));
        foreach (var bid in fact.Bids)
        {
            state.Lot(bid.LotId);
            state.AddBid(bid.LotId, bid.Bidder)
                .Set("date", bid.SubmittedAt)
                .Set("status", "pending")
                .Set("durationInDays", bid.DurationDays)
                .Set("quality", (JsonNode?)bid.Quality)
                .SetPrice(bid.Price);
        }

        state.Tender.Set("numberOfTenderers", fact.Bids.Select(bid => Organizations.IdOf(bid.Bidder.Named)).Distinct().Count());
        state.File(fact, state.Tender, fact.Bids.Select(bid => bid.LotId).Distinct());
    }

    public static void Take(this ProcessState state, CandidatesPublicised fact)
    {
        foreach (var shown in fact.Lots)
        {
            Rank(state, shown.LotId, shown.Candidates);
            foreach (var rejected in shown.Rejected ?? [])
                state.AddBid(shown.LotId, rejected.Bidder).Set("status", "disqualified").Set("description", rejected.Reason);
        }

        var lots = fact.Lots.Select(lot => lot.LotId).ToList();
        if (fact.ObjectionChannel is { } channel) state.Tender.Set("complaintChannel", channel);
        state.Publicity(fact, fact.Publicity, lots);
        state.File(fact, state.Tender, lots);
    }

    public static void Take(this ProcessState state, LegacyNoticeImported fact)
    {
        var lot = LotId.Parse("1");
        state.Step([lot], "active", fact.Notice);
        state.Lot(lot).Set("title", fact.ProjectName);
        Rank(state, lot, fact.Candidates);
        if (fact.Publicity is { } publicity) state.Publicity(fact, publicity, [lot]);
        state.File(fact, state.Tender, [lot], fact.PublicityText);
    }

    /// <summary>Whoever was ranked before, and is not now, is not ranked any more.</summary>
    public static void Unrank(this ProcessState state, LotId lot)
    {
        foreach (var bid in state.BidsFor(lot)) bid.Set("rank", (JsonNode?)null).Set("hasRank", (JsonNode?)null);
    }

    private static void Rank(ProcessState state, LotId lot, IReadOnlyList<Candidate> candidates)
    {
        state.Lot(lot);
        state.Unrank(lot);
        foreach (var candidate in candidates)
        {
            var bid = state.AddBid(lot, candidate.Bidder)
                .Set("status", "valid")
                .Set("hasRank", true)
                .Set("rank", candidate.Rank)
                .Set("evaluation", (JsonNode?)candidate.Evaluation)
                .Set("qualificationResponse", (JsonNode?)candidate.QualificationResponse)
                .SetPrice(candidate.Price);
            if (candidate.Quality is { } quality) bid.Set("quality", quality);
            if (candidate.DurationDays is { } days) bid.Set("durationInDays", days);
        }
    }
}
