using System.Text.Json.Serialization;
using JasperFx.Events;

namespace Trading.Projections;

/// <summary>
/// What a procedure was found by from one event until another changed it: where lists of the past look. What it was then is made of its
/// events.
/// </summary>
/// <param name="Id">Of the event from which on it holds.</param>
/// <param name="EventVersion">Of the procedure after that event.</param>
/// <param name="RecordedAt">When it was recorded, in UTC; never before an earlier event of the procedure.</param>
/// <param name="SupersededBy">The version that changed it; null while none has.</param>
/// <param name="PublishedAt">This and what follows as in <see cref="ProcedureRow"/>.</param>
public sealed record ProcedureVersion(
    Guid Id,
    Guid ProcedureId,
    long EventVersion,
    DateTimeOffset RecordedAt,
    long? SupersededBy,
    DateTimeOffset? SupersededAt,
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
    decimal? Awarded) : IVersion<ProcedureVersion>
{
    private ProcedureRow? row;

    public decimal? Amount => Awarded ?? Estimated;

    public DateTimeOffset DeadlineOrder => Figures.Order(Deadline);

    public decimal AmountOrder => Figures.Order(Amount);

    /// <summary>What it is found by in words, of one that is about to be stored; likewise <see cref="Terms"/>.</summary>
    [JsonIgnore]
    public string Wording => row?.Wording ?? "";

    [JsonIgnore]
    public int[] Terms => row?.TermsAs(Id) ?? [];

    /// <summary>The versions of one procedure that new events have begun or ended.</summary>
    public static IEnumerable<ProcedureVersion> Of(Lifecycle life) => Versions.Changed(life, Of);

    private static IEnumerable<ProcedureVersion> Of(IEnumerable<IEvent> events) => Versions.Of<ProcedurePage, ProcedureVersion>(
        events, (page, e) => ProcedureFold.Show(page, e), (page, e, reached) => [Of(ProcedureRow.Of(page), e, reached)]);

    object IVersion<ProcedureVersion>.Thing => ProcedureId;

    ProcedureVersion IVersion<ProcedureVersion>.EndedBy(long version, DateTimeOffset at) => this with { SupersededBy = version, SupersededAt = at };

    private static ProcedureVersion Of(ProcedureRow row, IEvent e, DateTimeOffset reached) => new(
        e.Id, row.Id, e.Version, reached, null, null, row.PublishedAt, row.Category, row.Stage, row.Status, row.Region, row.Centre, row.Initiators, row.Agencies, row.Suppliers,
        row.LotStatuses, row.Deadline, row.Estimated, row.Awarded) { row = row };

    public bool IsAs(ProcedureVersion other) =>
        (PublishedAt, Category, Stage, Status, Region, Centre, Deadline, Estimated, Awarded)
            == (other.PublishedAt, other.Category, other.Stage, other.Status, other.Region, other.Centre, other.Deadline, other.Estimated, other.Awarded)
        && row!.Said!.IsAs(other.row!.Said!) && Initiators.SequenceEqual(other.Initiators) && Agencies.SequenceEqual(other.Agencies) && Suppliers.SequenceEqual(other.Suppliers) && LotStatuses.SequenceEqual(other.LotStatuses);
}
