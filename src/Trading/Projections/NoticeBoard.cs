using System.Text.Json.Serialization;
using JasperFx.Events;
using Marten.Events.Projections;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Projections;

/// <summary>One public notice in the lists: what it is, and what it can be found by.</summary>
/// <param name="Id">The notice's id.</param>
/// <param name="PublishedAt">In UTC and whole microseconds, as its column has it; likewise <paramref name="Deadline"/>.</param>
/// <param name="Kind">The Chinese name of the notice.</param>
/// <param name="Initiators">Credit code and name of the initiator; likewise <paramref name="Parties"/>, all that bid, are candidates or suppliers in it.</param>
/// <param name="EventVersion">Of the procedure after the event that made it public.</param>
/// <param name="RecordedAt">When that event was recorded, in UTC.</param>
/// <param name="Amount">In 元: ceiling price, award, contract value or budget, whichever the notice states.</param>
/// <param name="Wording">Folded: what it is found by in words. Nothing personal, and of what is sealed not even that it is there.</param>
/// <param name="Texts">The same as it was written, titles first.</param>
public sealed record NoticeRow(
    Guid Id,
    Guid ProcedureId,
    long EventVersion,
    DateTimeOffset RecordedAt,
    string Ocid,
    string Type,
    string Kind,
    string Title,
    DateTimeOffset PublishedAt,
    string Category,
    string? ClassCode,
    string Region,
    string RegionName,
    string Centre,
    string CentreName,
    NamedParty? Initiator,
    IReadOnlyList<string> Initiators,
    IReadOnlyList<string> Parties,
    DateTimeOffset? Deadline,
    decimal? Amount,
    bool Legacy,
    string Wording,
    IReadOnlyList<string> Texts,
    bool Current = true,
    Guid? WithdrawnBy = null,
    IReadOnlyList<Guid>? CorrectedBy = null) : IWorded
{
    /// <summary>What lists are sorted by; likewise <see cref="AmountOrder"/>.</summary>
    public DateTimeOffset DeadlineOrder => Figures.Order(Deadline);

    public decimal AmountOrder => Figures.Order(Amount);

    [JsonIgnore]
    public int[] Terms => Projections.Terms.Of(
        Wording,
        [
            ("type", [Type]), ("category", [Category]), ("region", Projections.Terms.Within(Region)), ("centre", [Centre]),
            ("procedure", [ProcedureId.ToString()]), ("initiator", Initiators), ("supplier", Parties),
        ],
        PublishedAt, DeadlineOrder, AmountOrder, Id);
}

public sealed class NoticeBoardProjection : MultiStreamProjection<NoticeRow, Guid>
{
    public NoticeBoardProjection()
    {
        Identities<INoticed>(Concerned);
        foreach (var kind in Catalogue.All) IncludeType(kind.Type);
    }

    /// <summary>The rows of one procedure; a notice concerns none of another.</summary>
    public static IEnumerable<NoticeRow> Rows(IEnumerable<IEvent> events)
    {
        var rows = new Dictionary<Guid, NoticeRow?>();
        foreach (var e in events)
        {
            if (e.Data is not INoticed fact) continue;
            foreach (var id in Concerned(fact)) rows[id] = Row(rows.GetValueOrDefault(id), id, e);
        }

        return rows.Values.OfType<NoticeRow>();
    }

    public override NoticeRow? Evolve(NoticeRow? snapshot, Guid id, IEvent e) => Row(snapshot, id, e);

    private static NoticeRow? Row(NoticeRow? snapshot, Guid id, IEvent e) => e.Data switch
    {
        INoticed fact when fact.Notice.NoticeId == id => fact.Notice.Disclosure.IsPublic ? Row(e, fact) : null,
        NoticeDisclosed fact when fact.Discloses == id && fact.Notice.Disclosure.IsPublic => Row(e, fact.Disclosed().Fact) with { PublishedAt = StoredTime.Column(fact.Notice.PublishedAt) },
        NoticeWithdrawn fact when snapshot is not null => snapshot with { Current = false, WithdrawnBy = fact.Notice.NoticeId },
        AnnouncementCorrected { Notice.Disclosure.IsPublic: true } fact when snapshot is not null =>
            snapshot with { CorrectedBy = [.. snapshot.CorrectedBy ?? [], fact.Notice.NoticeId] },
        _ => snapshot,
    };

    private static IReadOnlyList<Guid> Concerned(INoticed fact) => fact switch
    {
        NoticeWithdrawn f => [f.Notice.NoticeId, f.Withdraws],
        AnnouncementCorrected f => [f.Notice.NoticeId, f.Corrects],
        NoticeDisclosed f => [f.Notice.NoticeId, f.Discloses],
        _ => [fact.Notice.NoticeId],
    };

    private static NoticeRow Row(IEvent e, INoticed fact)
    {
        var notice = fact.Notice;
        var heading = notice.Heading;
        var kind = Catalogue.Of(fact);
        var texts = Wordings.Of(fact);
        return new NoticeRow(
            notice.NoticeId, e.StreamId, e.Version, StoredTime.Column(e.Timestamp), heading.Ocid, kind.WireName, kind.Titles(heading.Category), notice.Title,
            StoredTime.Column(fact is LegacyNoticeImported legacy ? LegalTime.StartOf(legacy.PublishedOn) : notice.PublishedAt),
            WireNames.Of(heading.Category), heading.ClassCode?.ToString(), heading.Region.ToString(), heading.Region.FullName,
            heading.Centre.Code.ToString(), heading.Centre.Name, heading.Initiator, heading.Initiator is { } initiator ? Figures.FoundBy(initiator) : [],
            [.. Figures.Parties(fact).SelectMany(Figures.FoundBy).Distinct()],
            Figures.Deadline(fact) is { } deadline ? StoredTime.Column(deadline) : null, Figures.Amount(fact),
            fact is LegacyNoticeImported, texts.Folded, texts.All);
    }
}
