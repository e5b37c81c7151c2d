using Trading.Events;
using Trading.Kernel;

namespace Trading.Ocds.Mapping;

/// <summary>终止、撤销、办结, and 异议.</summary>
internal static class Ending
{
    public static void Take(this ProcessState state, ProcedureTerminated fact)
    {
        state.Step(fact.Lots, fact.Kind switch
        {
            TerminationKind.Failed => "unsuccessful",
            TerminationKind.Withdrawn => "withdrawn",
            _ => "cancelled",
        }, fact.Notice);
        state.File(fact, state.Tender, fact.Lots, fact.Reason);
    }

    /// <summary>What the notice had brought about is undone as far as OCDS can say so; the notice stays listed, marked.</summary>
    public static void Take(this ProcessState state, NoticeWithdrawn fact)
    {
        state.Undo(fact.Withdraws);
        state.Void(fact.Withdraws, fact.Reason, fact.Notice.PublishedAt);
        foreach (var award in state.Json.Items("awards").Where(award => ((string)award["id"]!).StartsWith($"{fact.Withdraws}-", StringComparison.Ordinal)))
            award.Cancel(fact.Reason);
        if (state.Fact(fact.Withdraws) is ContractPublished contract) state.Contract(contract.ContractId).Set("status", "cancelled");
        if (state.Fact(fact.Withdraws) is CandidatesPublicised shown)
            foreach (var lot in shown.Lots) state.Unrank(lot.LotId);
        state.Tender.Find("milestones", fact.Withdraws.ToString())?.Set("status", "notMet").Set("dateModified", fact.Notice.PublishedAt);
        state.File(fact, state.Tender, description: fact.Reason);
    }

    public static void Take(this ProcessState state, ProcedureClosed fact)
    {
        state.Tender.Set("dateClosed", fact.Notice.PublishedAt);
        state.File(fact, state.Tender, description: fact.Reason);
    }

    public static void Take(this ProcessState state, ObjectionRaised fact)
    {
        state.Tender.Item("complaints", fact.ObjectionId.ToString())
            .Set("dateReceived", fact.ReceivedAt)
            .Set("complainant", state.Refer(fact.By, "complainant"))
            .Set("target", WireNames.Of(fact.Against))
            .Set("description", fact.Summary)
            .Set("status", "pending");
        state.File(fact, state.Tender);
    }

    public static void Take(this ProcessState state, ObjectionAnswered fact)
    {
        state.Tender.Item("complaints", fact.ObjectionId.ToString())
            .Set("dateAnswered", fact.AnsweredAt)
            .Set("answer", fact.Answer)
            .Set("status", fact.Upheld ? "upheld" : "dismissed");
        state.File(fact, state.Tender);
    }
}
