using System.Globalization;
using Marten;
using Trading.Events;
using Trading.Http;
using Trading.Kernel;
using Trading.Log;
using Trading.Projections;
using Trading.Store;
using Trading.Vault;

namespace Trading.Read;

/// <summary>One notice in a list.</summary>
/// <param name="Position">In the public feed, once it has one.</param>
/// <param name="Highlights">Where the words that were searched for stand, if that was asked; three fragments at most.</param>
public sealed record NoticeItem(
    Guid NoticeId,
    Guid ProcedureId,
    string Ocid,
    string Type,
    string Kind,
    string Title,
    DateTimeOffset PublishedAt,
    string Category,
    string? ClassCode,
    string RegionCode,
    string Region,
    string Centre,
    NamedParty? Initiator,
    DateTimeOffset? Deadline,
    string? Amount,
    bool Current,
    Guid? WithdrawnBy,
    IReadOnlyList<Guid>? CorrectedBy,
    bool Legacy,
    long? Position,
    IReadOnlyList<Highlight>? Highlights = null)
{
    public NoticeLinks Links => new($"/v1/notices/{NoticeId}", $"/v1/procedures/{ProcedureId}");

    public static NoticeItem Of(NoticeRow row, long? position) => new(
        row.Id, row.ProcedureId, row.Ocid, row.Type, row.Kind, row.Title, LegalTime.Here(row.PublishedAt), row.Category, row.ClassCode, row.Region,
        row.RegionName, row.CentreName, row.Initiator, row.Deadline is { } deadline ? LegalTime.Here(deadline) : null, row.Amount?.ToString(CultureInfo.InvariantCulture), row.Current,
        row.WithdrawnBy, row.CorrectedBy, row.Legacy, position);
}

public sealed class FindNotices(IQuerySession session, Positions positions, [FromKeyedServices(Pool.Reads)] PersonalVault vault) : PublicListing<NoticeRow, NoticeItem>(session, positions)
{
    private static readonly IReadOnlyList<Facet> facets = [Facet.Of("type"), Facet.Of("category"), Facet.Of("region"), Facet.Of("centre"), Facet.Year];

    protected override IReadOnlyList<string> Covered { get; } = ["d.type", "d.category", "d.region", "d.centre", "d.published_at"];

    public override void Configure() => List(
        "v1/notices", "公告列表", "Public notices of all procedures, newest first unless sorted otherwise.", ExampleProcedure.NoticeRow,
        [
            .. Filters,
            new("facets", "What to count all items by that are found, not only those of the page; several with commas. Every filter narrows every facet, its own too; regions are counted one level below the one asked for.", Among: [.. facets.Select(facet => facet.Name)], Several: true),
            new("highlight", "Whether to show where the words of q stand.", Among: ["true", "false"], Usual: "false"),
        ]);

    /// <summary>What it is narrowed by.</summary>
    internal static IReadOnlyList<Parameter> Filters { get; } =
    [
        new("q", "Words with blanks between them; all stand in what the notice states, its titles, parties and codes, or in its original wording. Chinese needs no blanks; width, case and traditional or simplified characters make no difference."),
        new("type", "Kinds of notice, by wire name; several with commas.", Among: [.. Catalogue.All.Select(kind => kind.WireName)], Several: true),
        new("category", "Categories; several with commas.", typeof(TradeCategory), Several: true),
        new("region", "GB/T 2260 code or prefix; everything within it.", typeof(RegionPrefix)),
        new("centre", "Credit code of the trading centre.", typeof(CreditCode)),
        new("procedure", "Id of the procedure.", typeof(Guid)),
        new("initiator", "Credit code or full name."),
        new("supplier", "Credit code or full name of a bidder, candidate or supplier."),
        new("publishedFrom", "Time or date.", Pattern: Parameter.TimeOrDate),
        new("publishedTo", "Time or date.", Pattern: Parameter.TimeOrDate),
        new("deadlineFrom", "Time or date.", Pattern: Parameter.TimeOrDate),
        new("deadlineTo", "Time or date.", Pattern: Parameter.TimeOrDate),
        new("amountFrom", "元.", typeof(Yuan)), new("amountTo", "元.", typeof(Yuan)),
    ];

    protected override string[] Views { get; } = [Register.NoticeBoard];

    protected override void Filter(Query query) => Narrow(query).Shows("highlight").Counts("facets", facets);

    internal static Query Narrow(Query query) => query
        .Is("d.type", "type", [.. Catalogue.All.Select(kind => kind.WireName)])
        .Is("d.category", "category", WireNames.All<TradeCategory>())
        .Within("d.region", "region")
        .Matches<CreditCode>("d.centre", "centre")
        .EqualsId("d.procedure_id", "procedure")
        .Holds("initiators", "initiator")
        .Holds("parties", "supplier")
        .Between("d.published_at", "publishedFrom", "publishedTo")
        .Between("d.deadline", "deadlineFrom", "deadlineTo")
        .BetweenAmounts("d.amount", "amountFrom", "amountTo")
        .Says("q");

    protected override NoticeItem Item(NoticeRow row, long? position, IReadOnlyList<Highlight>? highlights) => NoticeItem.Of(row, position) with { Highlights = highlights };

    protected override bool HasVersions => false;

    protected override Task<Found<Told<NoticeRow>>> Find(Query query, Past past, CancellationToken ct) => past.Find<NoticeRow, NoticeRow>(
        query, Covered, row => row.ProcedureId, row => PlaceOf(row, query.Sort),
        (row, then) => NoticeRow.Of(then.Events).SingleOrDefault(told => told.Id == row.Id) is { } told ? new Told<NoticeRow>(told, then.PositionOf(told.Id)) : null, ct);

    protected override Task<ILookup<Guid, string>> OtherTexts(IReadOnlyList<NoticeRow> rows, CancellationToken ct) => OriginalWordings.Of(rows, vault, ct);

    protected override Guid IdOf(NoticeRow row) => row.Id;

    protected override Task<IReadOnlyDictionary<Guid, long>> PositionsOf(IReadOnlyList<NoticeRow> rows, CancellationToken ct) =>
        Positions.OfEvents([.. rows.Select(IdOf)], ct);

    protected override Cursor PlaceOf(NoticeRow row, Sorting sort) => new(Key(sort, row.PublishedAt, row.DeadlineOrder, row.AmountOrder), row.Id);
}
