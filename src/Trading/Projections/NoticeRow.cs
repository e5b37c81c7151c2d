using System.Text.Json.Serialization;
using JasperFx.Events;
using Trading.Events;
using Trading.Kernel;
using Trading.Vault;

namespace Trading.Projections;

/// <summary>One public notice in the lists: what it is, and what it can be found by.</summary>
/// <param name="Id">The notice's id.</param>
/// <param name="PublishedAt">In UTC and whole microseconds, as its column has it; likewise <paramref name="Deadline"/>.</param>
/// <param name="Kind">The Chinese name of the notice.</param>
/// <param name="Initiators">Credit code and name of the initiator; likewise <paramref name="Parties"/>, all that bid, are candidates or suppliers in it.</param>
/// <param name="EventVersion">Of the procedure after the event that made it public.</param>
/// <param name="RecordedAt">When that event was recorded, in UTC; never before an earlier one of the procedure, so that what is told as of a time never becomes less.</param>
/// <param name="Amount">In 元: ceiling price, award, contract value or budget, whichever the notice states.</param>
/// <param name="Texts">What it states in words, titles first; nothing personal.</param>
/// <param name="Original">Digests of what opens its original wording, as long as that is not erased.</param>
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
    IReadOnlyList<string> Texts,
    IReadOnlyList<string>? Original = null,
    bool Current = true,
    Guid? WithdrawnBy = null,
    IReadOnlyList<Guid>? CorrectedBy = null) : IWorded
{
    /// <summary>What is said in it, of one that is about to be stored.</summary>
    [JsonIgnore]
    public PublicTexts? Said { get; init; }

    /// <summary>What lists are sorted by; likewise <see cref="AmountOrder"/>.</summary>
    public DateTimeOffset DeadlineOrder => Figures.Order(Deadline);

    public decimal AmountOrder => Figures.Order(Amount);

    [JsonIgnore]
    public string Wording => Said?.Folded ?? "";

    [JsonIgnore]
    public int[] Terms => Projections.Terms.Of(
        Wording,
        [
            ("type", [Type]), ("category", [Category]), ("region", Projections.Terms.Within(Region)), ("centre", [Centre]),
            ("procedure", [ProcedureId.ToString()]), ("initiator", Initiators), ("supplier", Parties),
        ],
        PublishedAt, DeadlineOrder, AmountOrder, Id);

    /// <summary>The rows of one procedure, but for original wordings; a notice concerns none of another.</summary>
    public static IEnumerable<NoticeRow> Of(IEnumerable<IEvent> events)
    {
        var rows = new Dictionary<Guid, NoticeRow?>();
        var reached = DateTimeOffset.MinValue;
        foreach (var e in events)
        {
            if (e.Data is not INoticed fact) continue;
            reached = e.Timestamp > reached ? e.Timestamp : reached;
            foreach (var id in Concerned(fact))
            {
                try
                {
                    rows[id] = Changed(rows.GetValueOrDefault(id), id, e, reached, fact);
                }
                catch (Exception wrong) when (Defects.Report(e.Id, "notice-board", wrong))
                {
                    // it stands as it stood
                }
            }
        }

        return rows.Values.OfType<NoticeRow>();
    }

    /// <summary>Those that new events concern.</summary>
    public static IEnumerable<NoticeRow> Of(Lifecycle life)
    {
        var concerned = life.Events.Where(e => e.Version >= life.NewFrom).Select(e => e.Data).OfType<INoticed>().SelectMany(Concerned).ToHashSet();
        return Of(life.Events).Where(row => concerned.Contains(row.Id));
    }

    /// <summary>The same with their original wordings, as far as these are not erased.</summary>
    public static async Task<IReadOnlyList<NoticeRow>> Complete(IReadOnlyList<NoticeRow> rows, PersonalVault vault, CancellationToken ct)
    {
        var originals = await OriginalWordings.Of(rows, vault, ct);
        return [.. rows.Select(row => row with { Said = row.Said! with { Originals = [.. originals[row.Id]] } })];
    }

    private static NoticeRow? Changed(NoticeRow? row, Guid id, IEvent e, DateTimeOffset at, INoticed fact) => fact switch
    {
        _ when fact.Notice.NoticeId == id => fact.Notice.Disclosure.IsPublic ? New(e, at, fact) : null,
        NoticeDisclosed f when f.Discloses == id && f.Notice.Disclosure.IsPublic => New(e, at, f.Disclosed().Fact) with { PublishedAt = StoredTime.Column(f.Notice.PublishedAt) },
        NoticeWithdrawn f when row is not null => row with { Current = false, WithdrawnBy = f.Notice.NoticeId },
        AnnouncementCorrected { Notice.Disclosure.IsPublic: true } f when row is not null => row with { CorrectedBy = [.. row.CorrectedBy ?? [], f.Notice.NoticeId] },
        _ => row,
    };

    private static IReadOnlyList<Guid> Concerned(INoticed fact) => fact switch
    {
        NoticeWithdrawn f => [f.Notice.NoticeId, f.Withdraws],
        AnnouncementCorrected f => [f.Notice.NoticeId, f.Corrects],
        NoticeDisclosed f => [f.Notice.NoticeId, f.Discloses],
        PersonalDataErased f => [f.Notice.NoticeId, f.ErasedFrom],
        _ => [fact.Notice.NoticeId],
    };

    private static NoticeRow New(IEvent e, DateTimeOffset at, INoticed fact)
    {
        var notice = fact.Notice;
        var heading = notice.Heading;
        var kind = Catalogue.Of(fact);
        var said = Wordings.Of(fact);
        return new NoticeRow(
            notice.NoticeId, e.StreamId, e.Version, StoredTime.Column(at), heading.Ocid, kind.WireName, kind.Titles(heading.Category), notice.Title,
            StoredTime.Column(fact is LegacyNoticeImported legacy ? LegalTime.StartOf(legacy.PublishedOn) : notice.PublishedAt),
            WireNames.Of(heading.Category), heading.ClassCode?.ToString(), heading.Region.ToString(), heading.Region.FullName,
            heading.Centre.Code.ToString(), heading.Centre.Name, heading.Initiator, heading.Initiator is { } initiator ? Figures.FoundBy(initiator) : [],
            [.. Figures.Parties(fact).SelectMany(Figures.FoundBy).Distinct()],
            Figures.Deadline(fact) is { } deadline ? StoredTime.Column(deadline) : null, Figures.Amount(fact),
            fact is LegacyNoticeImported, said.All, notice.Sealed) { Said = said };
    }
}
