using System.Text.Json.Nodes;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Ocds.Mapping;

/// <summary>合同、履约.</summary>
internal static class Contracting
{
    public static void Take(this ProcessState state, ContractPublished fact)
    {
        var awards = fact.Lots.Select(lot => state.AwardOf(lot, made: true)).OfType<JsonObject>().Select(award => (string)award["id"]!).ToList();
        var contract = state.Contract(fact.ContractId)
            .Set("title", fact.Subject ?? fact.Notice.Title)
            .Set("status", "active")
            .Set("number", fact.Number)
            .Set("place", (JsonNode?)fact.Place)
            .Set("suppliers", new JsonArray(state.Refer(fact.Supplier, "supplier")))
            .Set("relatedLots", fact.Lots)
            .Set("relatedAwards", Members.Texts(awards))
            .SetPrice(fact.Value)
            .Set("dateSigned", (DateOnly?)fact.SignedOn)
            .Set("period", fact.Period is { } period
                ? new JsonObject().Set("startDate", (DateOnly?)period.From).Set("endDate", LegalTime.EndOf(period.Until))
                : null);
        contract.Enter(fact.Supplies);
        if (awards is [var first, ..]) contract.Set("awardID", first);
        state.Step(fact.Lots, "complete", fact.Notice);
        state.File(fact, contract, fact.Lots);
    }

    public static void Take(this ProcessState state, ContractAmended fact)
    {
        var contract = state.Contract(fact.ContractId);
        state.File(fact, contract);
        Changing.Amend(state, fact, contract)
            .Set("date", (DateOnly?)fact.SignedOn)
            .Set("rationale", fact.Reason)
            .Set("description", fact.ReasonCode)
            .Set("unstructuredChanges", Changing.Changes(fact.Changes.Select(change => (change.Field, change.Before, change.After))));
    }

    public static void Take(this ProcessState state, ContractTerminated fact)
    {
        var contract = state.Contract(fact.ContractId).Set("status", "terminated");
        contract.At("implementation").Set("endDate", (DateOnly?)fact.TerminatedOn).Set("endDateDetails", fact.Reason);
        state.File(fact, contract, description: fact.Reason);
    }

    public static void Take(this ProcessState state, PerformanceReported fact)
    {
        var contract = state.Contract(fact.ContractId);
        var implementation = contract.At("implementation");
        if (fact.Kind is PerformanceKind.Payment) Pay(state, contract, implementation, fact);
        else Reach(implementation, fact);
        state.File(fact, implementation, description: fact.Description);
    }

    public static void Take(this ProcessState state, AcceptancePublished fact)
    {
        var contract = state.Contract(fact.ContractId);
        var accepted = fact.Result is AcceptanceResult.Accepted;
        var implementation = contract.At("implementation");
        Milestone(implementation, fact, "验收", "delivery", fact.AcceptedOn, accepted).Set("description", (JsonNode?)fact.Opinion);
        if (accepted)
        {
            contract.Set("status", "terminated");
            implementation.Set("endDate", (DateOnly?)fact.AcceptedOn);
        }

        state.File(fact, implementation);
    }

    private static void Pay(ProcessState state, JsonObject contract, JsonObject implementation, PerformanceReported fact)
    {
        var payment = implementation.Item("transactions", fact.Notice.NoticeId.ToString())
            .Set("date", (DateOnly?)fact.OccurredOn)
            .SetPrice(fact.Amount);
        var procurement = fact.Notice.Heading.Category.IsProcurement();
        if (fact.Notice.Heading.Initiator is { } initiator) payment.Set(procurement ? "payer" : "payee", state.Refer(initiator, procurement ? "payer" : "payee"));
        if (contract.Items("suppliers").FirstOrDefault() is not { } supplier) return;
        payment.Set(procurement ? "payee" : "payer", supplier.DeepClone());
    }

    /// <summary>进度、结算、延误、完工.</summary>
    private static void Reach(JsonObject implementation, PerformanceReported fact)
    {
        var settled = fact.Kind is PerformanceKind.Settlement;
        Milestone(implementation, fact, fact.Notice.Title, settled ? "payment" : "delivery", fact.OccurredOn, met: fact.Kind is not PerformanceKind.Delay)
            .Set("description", fact.Description)
            .Set("code", WireNames.Of(fact.Kind))
            .SetPrice(fact.Amount);
        if (settled) implementation.Set("finalValue", Prices.Value(fact.Amount));
    }

    private static JsonObject Milestone(JsonObject implementation, INoticed fact, string title, string type, DateOnly day, bool met) =>
        implementation.Item("milestones", fact.Notice.NoticeId.ToString())
            .Set("title", title).Set("type", type).Set("status", met ? "met" : "notMet").Set(met ? "dateMet" : "dateModified", (DateOnly?)day);
}
