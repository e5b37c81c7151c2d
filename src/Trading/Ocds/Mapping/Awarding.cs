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
    }

    public static void Take(this ProcessState state, AwardCancelled fact)
    {
        state.Back(fact.LotId);
        var award = state.AwardOf(fact.LotId);
        if (award is not null) Cancel(award, fact.Reason);
        state.File(fact, award ?? state.Tender, [fact.LotId], fact.Reason);
    }

    public static void Cancel(this JsonObject award, string reason) => award.Set("status", "cancelled").Set("description", reason);

    private static void Award(ProcessState state, JsonObject award, LotResult.Awarded awarded)
    {
        award.Set("status", "active")
            .Set("description", (JsonNode?)awarded.Reason)
            .Set("suppliers", new JsonArray(state.Refer(awarded.Supplier, "supplier")))
            .SetPrice(awarded.Price);
        if (state.Bid(awarded.LotId, awarded.Supplier.Named) is { } bid) award.Set("relatedBids", new JsonArray((JsonNode)(string)bid["id"]!));
    }
}
