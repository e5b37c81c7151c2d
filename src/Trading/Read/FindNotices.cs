using System.Globalization;
using Marten;
using Trading.Events;
using Trading.Kernel;
using Trading.Projections;

namespace Trading.Read;

/// <summary>One notice in a list.</summary>
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
    bool Legacy)
{
    public NoticeLinks Links => new($"/v1/notices/{NoticeId}", $"/v1/procedures/{ProcedureId}");

    public static NoticeItem Of(NoticeRow row) => new(
        row.Id, row.ProcedureId, row.Ocid, row.Type, row.Kind, row.Title, LegalTime.Here(row.PublishedAt), row.Category, row.ClassCode, row.Region,
        row.RegionName, row.CentreName, row.Initiator, row.Deadline is { } deadline ? LegalTime.Here(deadline) : null, row.Amount?.ToString(CultureInfo.InvariantCulture), row.Current,
        row.WithdrawnBy, row.CorrectedBy, row.Legacy);
}

public sealed class FindNotices(IQuerySession session) : Listing<NoticeRow, NoticeItem>(session)
{
    public override void Configure() => List(
        "v1/notices", "公告列表", "Public notices of all procedures, newest first unless sorted otherwise.",
        new("type", "Kinds of notice, by wire name; several with commas."),
        new("category", "Categories; several with commas."),
        new("region", "GB/T 2260 code or prefix; everything within it."),
        new("centre", "Credit code of the trading centre."),
        new("procedure", "Id of the procedure."),
        new("initiator", "Credit code or full name."),
        new("supplier", "Credit code or full name of a bidder, candidate or supplier."),
        new("publishedFrom", "Time or date."), new("publishedTo", "Time or date."),
        new("deadlineFrom", "Time or date."), new("deadlineTo", "Time or date."),
        new("amountFrom", "元."), new("amountTo", "元."));

    protected override void Filter(Query query) => query
        .Is("d.type", "type", [.. Catalogue.All.Select(kind => kind.WireName)])
        .Is("d.category", "category", WireNames.All<TradeCategory>())
        .Within("d.region", "region")
        .Matches("d.centre", "centre")
        .EqualsId("d.procedure_id", "procedure")
        .Holds("initiators", "initiator")
        .Holds("parties", "supplier")
        .Between("d.published_at", "publishedFrom", "publishedTo")
        .Between("d.deadline", "deadlineFrom", "deadlineTo")
        .BetweenAmounts("d.amount", "amountFrom", "amountTo");

    protected override NoticeItem Item(NoticeRow row) => NoticeItem.Of(row);

    protected override Cursor CursorOf(NoticeRow row, Sorting sort) => new(Key(sort, row.PublishedAt, row.DeadlineOrder, row.AmountOrder), row.Id);
}
