using System.Text.Json.Nodes;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Ocds.Mapping;

/// <summary>变更: clarifications, corrections, extensions, suspension.</summary>
internal static class Changing
{
    public static void Take(this ProcessState state, DocumentsClarified fact)
    {
        state.Tender.Item("enquiries", fact.Notice.NoticeId.ToString())
            .Set("title", fact.Notice.Title)
            .Set("answer", fact.Content)
            .Set("dateAnswered", fact.Notice.PublishedAt)
            .Set("relatedLot", (JsonNode?)(fact.Lots is [var only] ? only.ToString() : null));
        state.File(fact, state.Tender, fact.Lots);
        if (fact.Amends()) Amend(state, fact, state.Tender, fact.Lots).Set("description", fact.Content);
        Move(state, fact.Lots, fact.Submission, fact.Opening);
    }

    public static void Take(this ProcessState state, AnnouncementCorrected fact)
    {
        var awards = fact.Subject is CorrectionSubject.Result
            ? state.Json.Items("awards").Where(award => award.Find("documents", fact.Corrects.ToString()) is not null).ToList()
            : [];
        foreach (var section in awards.Prepend(state.Tender))   // whether or not the award is public yet
        {
            state.File(fact, section, fact.Lots);
            Amend(state, fact, section, fact.Lots)
                .Set("amendsReleaseID", (JsonNode?)(state.Fact(fact.Corrects) is null ? null : fact.Corrects.ToString()))
                .Set("unstructuredChanges", Changes(fact.Changes.Select(change => (change.Item, change.Before, change.After))));
        }

        Move(state, fact.Lots, fact.Submission, fact.Opening);
    }

    public static void Take(this ProcessState state, DeadlineExtended fact)
    {
        state.File(fact, state.Tender, fact.Lots);
        Amend(state, fact, state.Tender, fact.Lots).Set("rationale", fact.Reason);
        Move(state, fact.Lots, fact.Submission, fact.Opening);
    }

    public static void Take(this ProcessState state, ProcedureSuspended fact)
    {
        state.Tender.Item("suspensions", fact.Notice.NoticeId.ToString())
            .Set("startDate", fact.Notice.PublishedAt).Set("rationale", fact.Reason).Set("orderedBy", (JsonNode?)fact.OrderedBy);
        state.File(fact, state.Tender, description: fact.Reason);
    }

    public static void Take(this ProcessState state, ProcedureResumed fact)
    {
        state.Tender.Items("suspensions").LastOrDefault(suspension => suspension["endDate"] is null)?.Set("endDate", fact.Notice.PublishedAt);
        state.File(fact, state.Tender, description: fact.Reason);
    }

    /// <summary>Whether bidders have to bid on something else than before, or at another time.</summary>
    public static bool Amends(this DocumentsClarified fact) => fact.AffectsBidPreparation || fact.Submission is not null || fact.Opening is not null;

    public static JsonObject Amend(ProcessState state, INoticed fact, JsonObject section, IEnumerable<LotId>? lots = null) =>
        section.Item("amendments", fact.Notice.NoticeId.ToString())
            .Set("date", fact.Notice.PublishedAt).Set("releaseID", fact.Notice.NoticeId.ToString()).Set("relatedLots", lots ?? []);

    public static JsonArray? Changes(IEnumerable<(string Item, string? Before, string? After)> changes) => changes.Select(JsonNode (change) =>
        new JsonObject { ["where"] = new JsonObject { ["label"] = change.Item } }
            .Set("oldValue", Text(change.Before)).Set("newValue", Text(change.After))).ToArray() is { Length: > 0 } all ? new JsonArray(all) : null;

    private static JsonObject? Text(string? text) => text is null ? null : new JsonObject { ["text"] = text };

    private static void Move(ProcessState state, IReadOnlyList<LotId> lots, Submission? submission, OpeningPlan? opening)
    {
        if (submission is not null)
        {
            foreach (var lot in lots) state.Lot(lot).At("tenderPeriod").Set("endDate", submission.Deadline);
            state.Tender.At("tenderPeriod").Set("endDate", submission.Deadline);
        }

        if (opening is not null) state.OpenAt(opening);
    }
}
