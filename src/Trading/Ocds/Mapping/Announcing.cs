using System.Text.Json;
using System.Text.Json.Nodes;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Ocds.Mapping;

/// <summary>公告: lots are put out.</summary>
internal static class Announcing
{
    public static void Take(this ProcessState state, PrequalificationAnnounced fact)
    {
        Open(state, fact, fact.Lots, fact.Initiator, fact.Agency);
        Ask(state, fact.Documents, fact.Qualification, fact.ConsortiumAllowed, fact.ObjectionChannel);
        state.NoticePeriod(fact, fact.NoticePeriod);
        if (fact.Submission is { } applications)
        {
            state.Milestone(fact, "资格预审申请截止", "engagement", applications.Deadline, fact.Lots.Select(lot => lot.LotId))
                .Set("description", (JsonNode?)applications.Method);
        }
    }

    public static void Take(this ProcessState state, AnnouncementPublished fact)
    {
        var lots = Open(state, fact, fact.Lots, fact.Initiator, fact.Agency);
        Ask(state, fact.Documents, fact.Qualification, fact.ConsortiumAllowed, fact.ObjectionChannel);
        state.NoticePeriod(fact, fact.NoticePeriod);
        state.Tender.Set("awardCriteriaDetails", (JsonNode?)fact.EvaluationMethod).Set("risks", (JsonNode?)fact.Risks);
        state.Tender.Set("submissionMethodDetails", (JsonNode?)fact.Submission?.Method);
        state.Until(lots, fact.Submission, fact.Notice.PublishedAt);
        state.OpenAt(fact.Opening);
        foreach (var lot in lots)
        {
            state.Lot(lot)
                .Set("ceilingPrice", Prices.Own(fact.CeilingPrice))
                .Set("parcel", fact.Parcel is null ? null : JsonSerializer.SerializeToNode(fact.Parcel, WireJson.Stored))
                .Set("display", Display(fact.Display))
                .Set("offering", Offering(fact.Bidding) ?? Offering(fact.Listing));
        }
    }

    public static void Take(this ProcessState state, SoleSourcePublicised fact)
    {
        var lots = Open(state, fact, fact.Lots, fact.Initiator, fact.Agency);
        state.Tender
            .Set("procurementMethod", "direct")
            .Set("procurementMethodDetails", "单一来源")
            .Set("procurementMethodRationale", string.Join('\n', fact.Opinions.Prepend(fact.Grounds)));
        foreach (var lot in lots) state.AddBid(lot, fact.Supplier).Set("status", "invited");
        state.Publicity(fact, fact.Publicity, lots);
    }

    /// <summary>递交截止 of these lots, from their announcement on; what stood before counts no more.</summary>
    public static void Until(this ProcessState state, IEnumerable<LotId> lots, Submission? submission, DateTimeOffset from)
    {
        foreach (var lot in lots) state.Lot(lot).Set("tenderPeriod", Period());
        state.Tender.Set("tenderPeriod", Period());

        JsonObject? Period() => submission is null ? null : new JsonObject().Set("startDate", from).Set("endDate", submission.Deadline);
    }

    public static void OpenAt(this ProcessState state, OpeningPlan? opening)
    {
        if (opening is null)
        {
            state.Tender.Remove("bidOpening");
            return;
        }

        state.Tender.At("bidOpening").Set("date", opening.At).Set("description", (JsonNode?)opening.Method)
            .Set("address", opening.Place is { } place ? new JsonObject { ["streetAddress"] = place } : null);
    }

    public static JsonObject Milestone(
        this ProcessState state, INoticed fact, string title, string type, DateTimeOffset due, IEnumerable<LotId> lots) =>
        state.Tender.Item("milestones", fact.Notice.NoticeId.ToString())
            .Set("title", title).Set("type", type).Set("dueDate", due).Set("status", "scheduled").Set("relatedLots", lots);

    /// <summary>公示期.</summary>
    public static void Publicity(this ProcessState state, INoticed fact, Period publicity, IEnumerable<LotId> lots) =>
        state.Milestone(fact, "公示期满", "assessment", publicity.Until, lots).Set("description", $"公示自{Members.Time(publicity.From)}起");

    /// <summary>公告期限.</summary>
    public static void NoticePeriod(this ProcessState state, INoticed fact, Period? period)
    {
        if (period is null) return;
        state.Tender.Item("milestones", $"{fact.Notice.NoticeId}-notice")
            .Set("title", "公告期满").Set("type", "engagement").Set("dueDate", period.Until).Set("status", "scheduled")
            .Set("description", $"公告自{Members.Time(period.From)}起");
    }

    private static List<LotId> Open(ProcessState state, INoticed fact, IReadOnlyList<AnnouncedLot> announced, Party initiator, Party? agency)
    {
        var lots = announced.Select(lot => lot.LotId).ToList();
        state.Step(lots, "active", fact.Notice);
        foreach (var lot in announced) state.Lot(lot.LotId).Set("round", lot.Round);
        var heading = fact.Notice.Heading;
        state.Tender.Set(heading.InitiatorRole(), state.ReferWithContact(initiator, heading.InitiatorRole()));
        if (agency is not null) state.Tender.Set("agency", state.ReferWithContact(agency, "agency"));
        state.File(fact, state.Tender, lots);
        return lots;
    }

    private static void Ask(ProcessState state, Documents? documents, string? qualification, bool? consortium, string? objections) => state.Tender
        .Set("eligibilityCriteria", (JsonNode?)qualification)
        .Set("consortiumAllowed", (JsonNode?)consortium)
        .Set("complaintChannel", (JsonNode?)objections)
        .Set("documentAccess", documents is null
            ? null
            : new JsonObject().Set("startDate", documents.AvailableFrom).Set("endDate", documents.AvailableUntil)
                .Set("method", documents.Method).Set("fee", Prices.Value(documents.Price)));

    private static JsonObject? Offering(Bidding? bidding) => bidding is null ? null : Offering(bidding.From, bidding.Until, bidding.StartPrice, bidding.Deposit)
        .Set("increment", Prices.Value(bidding.Increment)).Set("place", (JsonNode?)bidding.Place).Set("method", (JsonNode?)bidding.Method);

    private static JsonObject? Offering(Listing? listing) => listing is null ? null : Offering(listing.From, listing.Until, listing.FloorPrice, listing.Deposit)
        .Set("buyerConditions", (JsonNode?)listing.BuyerConditions).Set("terms", (JsonNode?)listing.Terms)
        .Set("shareholders", (JsonNode?)listing.Shareholders).Set("approval", (JsonNode?)listing.Approval).Set("accounts", (JsonNode?)listing.Accounts)
        .Set("insiders", (JsonNode?)listing.Insiders).Set("selection", (JsonNode?)listing.Selection);

    private static JsonObject? Display(Display? display) => display is null ? null : new JsonObject()
        .Set("startDate", display.From).Set("endDate", display.Until).Set("place", (JsonNode?)display.Place);

    private static JsonObject Offering(DateTimeOffset from, DateTimeOffset until, Yuan least, Yuan? deposit) => new JsonObject()
        .Set("startDate", from).Set("endDate", until).Set("minimumValue", Prices.Value(least)).Set("deposit", Prices.Value(deposit));
}
