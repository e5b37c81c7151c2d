using System.Globalization;
using Marten;
using Trading.Events;
using Trading.Http;
using Trading.Kernel;
using Trading.Log;
using Trading.Projections;

namespace Trading.Read;

/// <summary>One procedure in a list.</summary>
/// <param name="Position">Of the last event, in the public feed, once it has one.</param>
/// <param name="Highlights">Where the words that were searched for stand, if that was asked; three fragments at most.</param>
public sealed record ProcedureItem(
    Guid ProcedureId,
    string Ocid,
    string? Code,
    TradeCategory Category,
    ClassCode? ClassCode,
    string Title,
    RegionCode RegionCode,
    string Region,
    ProcedureMethod? Method,
    ProcedureStage Stage,
    ProcedureStatus Status,
    int Version,
    Centre Centre,
    PublicParty? Initiator,
    IReadOnlyList<LotItem> Lots,
    DeadlineView Deadlines,
    string? Amount,
    DateTimeOffset RegisteredAt,
    DateTimeOffset ChangedAt,
    bool Legacy,
    PageLinks Links,
    long? Position,
    IReadOnlyList<Highlight>? Highlights = null)
{
    public static ProcedureItem Of(ProcedureRow row, long? position)
    {
        var page = row.Page;
        return new ProcedureItem(
            page.Id, page.Ocid, page.Code, page.Category, page.ClassCode, page.Title, page.RegionCode, page.Region, page.Method,
            page.Stage, page.Status, page.Version, page.Centre, page.Initiator,
            [.. page.Lots.Select(lot => new LotItem(lot.LotId, lot.Title, lot.Status, lot.Award))], page.Deadlines,
            row.Amount?.ToString(CultureInfo.InvariantCulture), page.RegisteredAt, page.ChangedAt, page.Legacy, page.Links, position);
    }
}

public sealed record LotItem(LotId LotId, string Title, LotStatus Status, AwardView? Award);

public sealed class FindProcedures(IQuerySession session, Positions positions) : PublicListing<ProcedureRow, ProcedureItem>(session, positions)
{
    private static readonly IReadOnlyList<Facet> facets = [Facet.Of("category"), Facet.Of("stage"), Facet.Of("status"), Facet.Of("region"), Facet.Of("centre"), new("lotStatus", "", Member: "lotStatuses")];

    protected override IReadOnlyList<string> Covered { get; } = ["d.stage", "d.status", "d.category", "d.region", "d.centre", "d.published_at"];

    public override void Configure() => List(
        "v1/procedures", "项目列表", "Procedures, the latest registered first unless sorted otherwise.", ExampleProcedure.ProcedureRow,
        [
            .. Filters,
            new("facets", "What to count all items by that are found, not only those of the page; several with commas. Every filter narrows every facet, its own too; regions are counted one level below the one asked for.", Among: [.. facets.Select(facet => facet.Name)], Several: true),
            new("highlight", "Whether to show where the words of q stand.", Among: ["true", "false"], Usual: "false"),
        ]);

    /// <summary>What it is narrowed by.</summary>
    internal static IReadOnlyList<Parameter> Filters { get; } =
    [
        new("q", "Words with blanks between them; all stand in the titles, descriptions, parties and codes of the procedure and its lots. Chinese needs no blanks; width, case and traditional or simplified characters make no difference."),
        new("category", "Categories; several with commas.", typeof(TradeCategory), Several: true),
        new("stage", "Stages; several with commas.", typeof(ProcedureStage), Several: true),
        new("status", "Statuses; several with commas.", typeof(ProcedureStatus), Several: true),
        new("lotStatus", "At least one lot has this status.", typeof(LotStatus)),
        new("region", "GB/T 2260 code or prefix; everything within it.", typeof(RegionPrefix)),
        new("centre", "Credit code of the trading centre.", typeof(CreditCode)),
        new("initiator", "Credit code or full name."),
        new("agency", "Credit code or full name of the agency."),
        new("supplier", "Credit code or full name of one that was awarded a lot."),
        new("publishedFrom", "Time or date of the registration.", Pattern: Parameter.TimeOrDate),
        new("publishedTo", "Time or date of the registration.", Pattern: Parameter.TimeOrDate),
        new("deadlineFrom", "Time or date.", Pattern: Parameter.TimeOrDate),
        new("deadlineTo", "Time or date.", Pattern: Parameter.TimeOrDate),
        new("amountFrom", "元.", typeof(Yuan)), new("amountTo", "元.", typeof(Yuan)),
    ];

    protected override string[] Views { get; } = [Register.ProcedureBoard, Register.ProcedureVersions];

    protected override void Filter(Query query) => Narrow(query).Shows("highlight").Counts("facets", facets);

    internal static Query Narrow(Query query) => query
        .Is("d.category", "category", WireNames.All<TradeCategory>())
        .Is("d.stage", "stage", WireNames.All<ProcedureStage>())
        .Is("d.status", "status", WireNames.All<ProcedureStatus>())
        .HoldsOneOf("lotStatuses", "lotStatus", WireNames.All<LotStatus>())
        .Within("d.region", "region")
        .Matches<CreditCode>("d.centre", "centre")
        .Holds("initiators", "initiator")
        .Holds("agencies", "agency")
        .Holds("suppliers", "supplier")
        .Between("d.published_at", "publishedFrom", "publishedTo")
        .Between("d.deadline", "deadlineFrom", "deadlineTo")
        .BetweenAmounts("d.amount", "amountFrom", "amountTo")
        .Says("q");

    protected override ProcedureItem Item(ProcedureRow row, long? position, IReadOnlyList<Highlight>? highlights) => ProcedureItem.Of(row, position) with { Highlights = highlights };

    protected override bool HasVersions => true;

    protected override Task<Found<Told<ProcedureRow>>> Find(Query query, Past past, CancellationToken ct) => past.Find<ProcedureVersion, ProcedureRow>(
        query, Covered, version => version.ProcedureId,
        version => new Cursor(Key(query.Sort, version.PublishedAt, version.DeadlineOrder, version.AmountOrder), version.Id),
        (_, then) => ProcedureRow.Of(then.Events).SingleOrDefault() is { } row ? new Told<ProcedureRow>(row, then.PositionOf(then.Events[^1].Id)) : null, ct);

    protected override Guid IdOf(ProcedureRow row) => row.Id;

    protected override Task<IReadOnlyDictionary<Guid, long>> PositionsOf(IReadOnlyList<ProcedureRow> rows, CancellationToken ct) =>
        Positions.OfVersions([.. rows.Select(IdOf)], [.. rows.Select(row => (long)row.Page.Version)], ct);

    protected override Cursor PlaceOf(ProcedureRow row, Sorting sort) => new(Key(sort, row.PublishedAt, row.DeadlineOrder, row.AmountOrder), row.Id);
}
