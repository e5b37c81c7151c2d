using System.Globalization;
using System.Text.Json.Nodes;
using Trading.Events;

namespace Trading.Ocds.Mapping;

/// <summary>定标、成交.</summary>
internal static class Awarding
{
    public static void Take(this ProcessState state, AwardAnnounced fact)
    {
        foreach (var result in fact.Results)
        {
            state.Step([result.LotId], result is LotResult.Awarded ? "complete" : "unsuccessful", fact.Notice);
            var award = state.Json.Item("awards", $"{fact.Notice.NoticeId}-{result.LotId}")
                .Set("date", fact.DecidedAt)
                .Set("relatedLots", [result.LotId]);
            if (result is LotResult.Awarded awarded) Award(state, award, awarded);
            else award.Set("status", "unsuccessful").Set("description", ((LotResult.Failed)result).Reason);
            state.File(fact, award);
        }

        state.NoticePeriod(fact, fact.NoticePeriod);
        if (fact.ObjectionChannel is { } channel) state.Tender.Set("complaintChannel", channel);
    }

    public static void Take(this ProcessState state, AwardCancelled fact)
    {
        state.Back(fact.LotId);
        var award = state.AwardOf(fact.LotId);
        if (award is not null) Cancel(award, fact.Reason);
        state.File(fact, state.Tender, [fact.LotId], fact.Reason);   // whether or not the award is public yet
        if (award is not null) state.File(fact, award, [fact.LotId], fact.Reason);
    }

    /// <summary>主要标的 as items; the quantity comes with its unit in words, and so stands in the description.</summary>
    public static void Enter(this JsonObject section, IReadOnlyList<Supply>? supplies)
    {
        foreach (var (number, supply) in (supplies ?? []).Index())
        {
            section.Item("items", (number + 1).ToString(CultureInfo.InvariantCulture))
                .Set("description", string.Join('；', new[] { supply.Name, supply.Specification, supply.Quantity, supply.Service }.OfType<string>()))
                .Set("unit", Prices.Value(supply.UnitPrice) is { } price ? new JsonObject { ["value"] = price } : null);
        }
    }

    public static void Cancel(this JsonObject award, string reason) => award.Set("status", "cancelled").Set("description", reason);

    private static void Award(ProcessState state, JsonObject award, LotResult.Awarded awarded)
    {
        award.Set("status", "active")
            .Set("description", (JsonNode?)awarded.Reason)
            .Set("suppliers", new JsonArray(state.Refer(awarded.Supplier, "supplier")))
            .Set("appraisal", Prices.Own(awarded.Appraisal))
            .Set("paymentTerms", (JsonNode?)awarded.Payment)
            .SetPrice(awarded.Price);
        award.Enter(awarded.Supplies);
        if (state.Bid(awarded.LotId, awarded.Supplier.Named) is { } bid) award.Set("relatedBids", new JsonArray((JsonNode)(string)bid["id"]!));
    }
}
