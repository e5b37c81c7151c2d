using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trading.Events;
using Trading.Kernel;
using static Trading.Tests.Harness.Samples;

namespace Trading.Tests.Harness;

/// <summary>The facts of whole procedures of every category, every kind of event among them.</summary>
internal static class Lives
{
    public static IReadOnlyList<(string Name, IReadOnlyList<INoticed> Facts)> All { get; } =
    [
        ("tender", Tender),
        ("tender with prequalification", Prequalifying),
        ("procurement", Procurement),
        ("sole source", SoleSource),
        ("withdrawn", WithdrawnSteps),
        ("not public", NotPublic),
        .. Sales.Select(category => ($"sale of {category}", Sale(category))),
        ("legacy", [Legacy(1)]),
    ];

    /// <summary>The facts of a life as another procedure's: of this serial number, and with every id its own.</summary>
    public static IReadOnlyList<INoticed> Numbered(this IEnumerable<INoticed> facts, int serial)
    {
        var own = string.Create(CultureInfo.InvariantCulture, $"{serial + 1:D8}-0000-7000-8000-");
        return [.. facts.Select(fact => (INoticed)JsonSerializer.Deserialize(Own(Stored.Json(fact)), fact.GetType(), WireJson.Stored)!).Select(Disclosing)];

        string Own(string text) => text.Replace("01900000-0000-7000-8000-", own, StringComparison.Ordinal)
            .Replace("ocds-example-01900000", $"ocds-example-{own[..8]}", StringComparison.Ordinal);

        INoticed Disclosing(INoticed fact) => fact is NoticeDisclosed disclosed
            ? disclosed with { Opening = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Own(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(disclosed.Opening))))) }
            : fact;
    }

    /// <summary>The fact under another open contracting id.</summary>
    public static INoticed Renamed(this INoticed fact, string ocid) => (INoticed)JsonSerializer.Deserialize(
        Stored.Json(fact).Replace(fact.Notice.Heading.Ocid, ocid, StringComparison.Ordinal), fact.GetType(), WireJson.Stored)!;

    /// <summary>The facts with an original wording each, which says what they are.</summary>
    public static IReadOnlyList<INoticed> Worded(this IEnumerable<INoticed> facts) => [.. facts.Select(fact =>
    {
        var json = JsonNode.Parse(Stored.Json(fact))!;
        (json["notice"]!["text"], json["notice"]!["html"]) = ($"原文：{fact.Notice.Title}", $"<p><span>版</span><span>式</span>：{Catalogue.Of(fact).WireName}</p>");
        return (INoticed)JsonSerializer.Deserialize(json, fact.GetType(), WireJson.Stored)!;
    })];

    /// <summary>The procedure of this serial number.</summary>
    public static Guid Procedure(int serial) => new(string.Create(CultureInfo.InvariantCulture, $"{serial + 1:D8}-0000-7000-8000-000000000000"));

    public static LegacyNoticeImported Legacy(int number) => new(
        Notice(number, Later), $"legacy-{number}", LegacyNoticeType.CandidatesPublicised, "旧项目", new DateOnly(2024, 5, 6),
        Ranked(L1, First, Second).Candidates, new Period(At("2024-05-06T08:00:00"), At("2024-05-09T18:00:00")));

    private static TradeCategory[] Sales => [TradeCategory.Land, TradeCategory.Mineral, TradeCategory.Property, TradeCategory.Other];

    private static IReadOnlyList<INoticed> Tender =>
    [
        Registered(), Planned(), Announced(L1, L2, L3), Clarified(L1, L2), Corrected(Announced().Notice.NoticeId, L1),
        Extended("2026-03-24T09:00:00", L1), Suspended(), Resumed(), Opened(L1, L2), Shown(L1, L2), Objected(), Answered(),
        Decided(To(First, L1), To(First, L2), None(L3)), Cancelled(L2), Decided(To(Second, L2)) with { Notice = Decided().Another(50) },
        Announced() with { Notice = Announced().Another(51), Lots = [new AnnouncedLot(L3, 2)] },
        Terminated(TerminationKind.Failed, L3), Contracted(L1), Amended(), Performed(), Accepted(), TerminatedContract(), Closed(), Erased(Announced()), Explained(Contracted(L1)),
    ];

    private static IReadOnlyList<INoticed> Prequalifying =>
    [
        Registered(), Prequalified(L1, L2, L3), Qualified(L1, L2, L3), Announced(L1, L2, L3), Opened(L1, L2, L3), Shown(L1, L2, L3),
        Decided(To(First, L1), To(Second, L2), To(Third, L3)), Contracted(L1), Performed(),
    ];

    private static IReadOnlyList<INoticed> Procurement =>
    [
        Registered(TradeCategory.Procurement, ProcedureMethod.Negotiation), Intended(), Invited(L1, L2, L3),
        Decided(To(First, L1), None(L2)), Contracted(L1), Accepted(AcceptanceResult.Rejected),
        Terminated(TerminationKind.Terminated, L2, L3),
    ];

    private static IReadOnlyList<INoticed> SoleSource =>
    [
        Registered(TradeCategory.Procurement, ProcedureMethod.SoleSource), Proposed(L1, L2, L3),
        Decided(To(First, L1), To(First, L2), To(First, L3)), Contracted(L1, L2, L3), Accepted(), Closed(),
    ];

    private static IReadOnlyList<INoticed> WithdrawnSteps =>
    [
        Registered(), Announced(L1, L2, L3), Withdrawn(Announced()), Announced(L1, L2, L3) with { Notice = Announced().Another(60) },
        Opened(L1, L2, L3), Shown(L1, L2, L3), Withdrawn(Shown()) with { Notice = Withdrawn(Shown()).Another(61) },
        Terminated(TerminationKind.Withdrawn, L1, L2, L3),
    ];

    private static IReadOnlyList<INoticed> NotPublic =>
    [
        Registered(), Announced(L1, L2, L3) with { Notice = Hidden(Announced()) }, Opened(L1, L2, L3),
        Shown(L1) with { Notice = Hidden(Shown()) }, Contracted(L1) with { Notice = Hidden(Contracted()) }, Performed(),
        Disclosed(Shown(L1) with { Notice = Hidden(Shown()) }, version: 4),
    ];

    private static IReadOnlyList<INoticed> Sale(TradeCategory category) =>
    [
        Registered(category, ProcedureMethod.Listing),
        category is TradeCategory.Land or TradeCategory.Mineral ? Offered(L1, L2, L3) : Listed(L1, L2, L3),
        Qualified(L1, L2, L3), Decided(To(First, L1), To(Second, L2), None(L3)), Contracted(L1), Performed(), Accepted(),
    ];

    /// <summary>The notice of a fact, as one that is not public.</summary>
    public static Notice Hidden(INoticed fact) =>
        fact.Notice with { Disclosure = fact.Notice.Disclosure with { Attribute = DisclosureKind.Withheld } };
}
