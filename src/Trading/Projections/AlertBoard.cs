using JasperFx.Events;
using Marten.Events.Aggregation;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Projections;

/// <summary>One alert in the list: how it stands, and what it can be found by.</summary>
/// <param name="Light">Of the step reached last or, once settled, of the outcome.</param>
/// <param name="Since">Since when the light is on; in UTC and whole microseconds, as its column has it; likewise <paramref name="DueAt"/>.</param>
/// <param name="Raised">The step reached last.</param>
/// <param name="Settled">Null while it is awaited still, or again.</param>
public sealed record AlertRow(
    Guid Id,
    Guid ProcedureId,
    string Category,
    string Region,
    string Centre,
    string Rule,
    string Light,
    string State,
    DateTimeOffset Since,
    DateTimeOffset DueAt,
    AlertRaised Raised,
    IReadOnlyList<AlertLine> Course,
    AlertSettled? Settled = null);

/// <summary>One event of an alert.</summary>
/// <param name="Step">Null when it was settled.</param>
/// <param name="At">By the law.</param>
public sealed record AlertLine(Guid EventId, AlertStep? Step, AlertOutcome? Outcome, AlertLight Light, DateTimeOffset At, DateTimeOffset RecordedAt);

public sealed class AlertBoardProjection : SingleStreamProjection<AlertRow, Guid>
{
    public const string Open = "open", Settled = "settled";

    public AlertBoardProjection()
    {
        foreach (var kind in Catalogue.Alerts) IncludeType(kind.Type);
    }

    public static IEnumerable<AlertRow> Rows(IEnumerable<IEvent> events) =>
        events.Aggregate((AlertRow?)null, (row, e) => Row(row, e.StreamId, e)) is { } row ? [row] : [];

    public override AlertRow? Evolve(AlertRow? snapshot, Guid id, IEvent e) => Row(snapshot, id, e);

    private static AlertRow? Row(AlertRow? row, Guid id, IEvent e) => e.Data switch
    {
        AlertRaised raised => new AlertRow(
            id, raised.ProcedureId, WireNames.Of(raised.Heading.Category), raised.Heading.Region.ToString(), raised.Heading.Centre.Code.ToString(),
            raised.Rule, WireNames.Of(raised.Light), Open, StoredTime.Column(raised.ReachedAt), StoredTime.Column(raised.DueAt), raised,
            [.. row?.Course ?? [], Line(e, raised.Step, null, raised.Light, raised.ReachedAt)]),
        AlertSettled settled when row is not null => row with
        {
            Light = WireNames.Of(settled.Light), State = Settled, Since = StoredTime.Column(settled.SettledAt), Settled = settled,
            Course = [.. row.Course, Line(e, null, settled.Outcome, settled.Light, settled.SettledAt)],
        },
        _ => row,
    };

    private static AlertLine Line(IEvent e, AlertStep? step, AlertOutcome? outcome, AlertLight light, DateTimeOffset at) =>
        new(e.Id, step, outcome, light, at, LegalTime.Here(StoredTime.Whole(e.Timestamp)));
}
