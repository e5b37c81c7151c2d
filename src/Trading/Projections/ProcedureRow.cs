using System.Text.Json.Serialization;
using JasperFx.Events;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Projections;

/// <summary>One procedure in the lists: its page, and what it can be found by.</summary>
/// <param name="PublishedAt">In UTC and whole microseconds, as its column has it; likewise <paramref name="Deadline"/>.</param>
/// <param name="Suppliers">Credit codes and names of those that were awarded a lot.</param>
/// <param name="Estimated">估算: the sum of its lots' estimates that are amounts in 元; null where none is.</param>
/// <param name="Awarded">成交: likewise the sum of its awards.</param>
/// <param name="Texts">Titles, codes and parties, what it is found by in words, titles first.</param>
public sealed record ProcedureRow(
    Guid Id,
    DateTimeOffset PublishedAt,
    string Category,
    string Stage,
    string Status,
    string Region,
    string Centre,
    IReadOnlyList<string> Initiators,
    IReadOnlyList<string> Agencies,
    IReadOnlyList<string> Suppliers,
    IReadOnlyList<string> LotStatuses,
    DateTimeOffset? Deadline,
    decimal? Estimated,
    decimal? Awarded,
    IReadOnlyList<string> Texts,
    ProcedurePage Page) : IWorded
{
    /// <summary>What is said in it, of one that is about to be stored.</summary>
    [JsonIgnore]
    public PublicTexts? Said { get; init; }

    /// <summary>In 元: the awards where there are any, else the estimates.</summary>
    public decimal? Amount => Awarded ?? Estimated;

    /// <summary>What lists are sorted by; likewise <see cref="AmountOrder"/>.</summary>
    public DateTimeOffset DeadlineOrder => Figures.Order(Deadline);

    public decimal AmountOrder => Figures.Order(Amount);

    [JsonIgnore]
    public string Wording => Said?.Folded ?? "";

    [JsonIgnore]
    public int[] Terms => TermsAs(Id);

    /// <param name="id">Of what stands for the procedure in a list.</param>
    internal int[] TermsAs(Guid id) => Projections.Terms.Of(
        Wording,
        [
            ("category", [Category]), ("stage", [Stage]), ("status", [Status]), ("lotStatus", LotStatuses),
            ("region", Projections.Terms.Within(Region)), ("centre", [Centre]), ("initiator", Initiators), ("agency", Agencies), ("supplier", Suppliers),
        ],
        PublishedAt, DeadlineOrder, AmountOrder, id);

    public static IEnumerable<ProcedureRow> Of(IEnumerable<IEvent> events) => ProcedureFold.Pages(events).Select(Of);

    public static ProcedureRow Of(ProcedurePage page) => Of(page, Wordings.Of(page));

    private static ProcedureRow Of(ProcedurePage page, PublicTexts texts) => new(
        page.Id, StoredTime.Column(page.RegisteredAt), WireNames.Of(page.Category), WireNames.Of(page.Stage), WireNames.Of(page.Status),
        page.RegionCode.ToString(), page.Centre.Code.ToString(), page.Initiator is { } initiator ? FoundBy(initiator) : [],
        page.Agency is { } agency ? FoundBy(agency) : [],
        [.. page.Lots.Select(lot => lot.Award?.Supplier).OfType<PublicParty>().SelectMany(FoundBy).Distinct()],
        [.. page.Lots.Select(lot => WireNames.Of(lot.Status)).Distinct()],
        (page.Deadlines.Submission ?? page.Deadlines.OfferingUntil) is { } deadline ? StoredTime.Column(deadline) : null,
        Figures.Sum(page.Lots.Select(lot => lot.Estimate)), Figures.Sum(page.Lots.Select(lot => lot.Award?.Price)),
        texts.All, page) { Said = texts };

    private static IReadOnlyList<string> FoundBy(PublicParty party) => Figures.FoundBy(new NamedParty(party.Name, party.CreditCode));
}
