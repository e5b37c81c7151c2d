using System.Globalization;
using System.Text.Json.Nodes;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Ocds.Mapping;

/// <summary>登记、计划.</summary>
internal static class Planning
{
    public static void Take(this ProcessState state, ProcedureRegistered fact)
    {
        var heading = fact.Notice.Heading;
        state.Tender
            .Set("description", (JsonNode?)fact.Description)
            .Set("procurementMethod", (JsonNode?)Method(fact.Method))
            .Set("procurementMethodDetails", Name(fact.Method))
            .Set("statutory", fact.Statutory)
            .Set("code", (JsonNode?)fact.Code);
        state.Refer(fact.Initiator, heading.InitiatorRole());
        if (fact.Agency is { } agency) state.Tender.Set("agency", state.Refer(agency, "agency"));
        state.Planning.At("budget").Set("description", (JsonNode?)fact.FundSource).Set("projectID", (JsonNode?)fact.InvestmentProjectCode?.ToString());
        foreach (var lot in fact.Lots) Enter(state.Lot(lot.LotId), lot);
        state.File(fact, state.Planning);
    }

    /// <summary>招标计划, 采购意向.</summary>
    public static void Plan(this ProcessState state, INoticed fact, string month, string summary, Price? budget)
    {
        if (budget is not null) state.Planning.At("budget").SetPrice(budget, "amount");
        state.Planning.Item("milestones", fact.Notice.NoticeId.ToString())
            .Set("title", "预计公告")
            .Set("type", "preProcurement")
            .Set("description", summary)
            .Set("dueDate", EndOf(month))
            .Set("status", "scheduled");
        state.File(fact, state.Planning);
    }

    private static void Enter(JsonObject entry, Lot lot)
    {
        List<JsonNode> identifiers = [new JsonObject { ["scheme"] = "统一交易标识码", ["id"] = lot.DealCode.ToString() }];
        if (lot.Code is { } code) identifiers.Add(new JsonObject { ["scheme"] = "标段编号", ["id"] = code });
        entry.Set("title", lot.Title)
            .Set("description", (JsonNode?)lot.Description)
            .Set("identifiers", new JsonArray([.. identifiers]))
            .SetPrice(lot.Estimate)
            .Set("contractPeriod", lot.DurationDays is { } days ? new JsonObject { ["durationInDays"] = days } : null);
    }

    private static DateTimeOffset? EndOf(string month) =>
        DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
            ? LegalTime.EndOf(new DateOnly(first.Year, first.Month, DateTime.DaysInMonth(first.Year, first.Month)))
            : null;

    private static string? Method(ProcedureMethod method) => method switch
    {
        ProcedureMethod.Open or ProcedureMethod.Auction or ProcedureMethod.Listing or ProcedureMethod.Framework => "open",
        ProcedureMethod.Limited or ProcedureMethod.Negotiation or ProcedureMethod.Consultation or ProcedureMethod.Inquiry => "limited",
        ProcedureMethod.SoleSource => "direct",
        _ => null,
    };

    private static string Name(ProcedureMethod method) => method switch
    {
        ProcedureMethod.Open => "公开招标",
        ProcedureMethod.Limited => "邀请招标",
        ProcedureMethod.Negotiation => "竞争性谈判",
        ProcedureMethod.Consultation => "竞争性磋商",
        ProcedureMethod.Inquiry => "询价",
        ProcedureMethod.SoleSource => "单一来源",
        ProcedureMethod.Auction => "拍卖",
        ProcedureMethod.Listing => "挂牌",
        ProcedureMethod.Framework => "框架协议",
        _ => "其他",
    };
}
