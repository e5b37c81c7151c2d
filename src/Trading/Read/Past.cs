using JasperFx.Events;
using Marten;
using Trading.Events;
using Trading.Log;
using Trading.Projections;

namespace Trading.Read;

/// <summary>往时: lists as of a moment. The boards say where to look; what is told is made of the events that had been recorded by then.</summary>
public sealed class Past(IQuerySession session, Positions positions, AsOf asOf)
{
    /// <summary>Waits until the boards tell of everything that had been recorded by then.</summary>
    /// <returns>The moment asked for; of a position, when its event was recorded.</returns>
    /// <exception cref="TimeoutException">The boards do not get there.</exception>
    public async Task<DateTimeOffset> Begin(CancellationToken ct)
    {
        await positions.Reached(Register.BoardsProgress, asOf.Time, asOf.Position, ct);
        return asOf.Time ?? await positions.RecordedAt(asOf.Position!.Value, ct);
    }

    /// <summary>A page of what had been recorded by then.</summary>
    /// <param name="covered">As for <see cref="Counting{TRow}"/>.</param>
    /// <param name="procedure">Of which procedure a row is.</param>
    /// <param name="told">What a row's procedure tells as of then; null where that is nothing.</param>
    public async Task<Found<Told<TItem>>> Find<TRow, TItem>(
        Query query, IReadOnlyList<string> covered, Func<TRow, Guid> procedure, Func<TRow, Cursor> cursor, Func<TRow, PastEvents, Told<TItem>?> told, CancellationToken ct)
        where TRow : notnull
    {
        var rows = await new Search<TRow>(session).Find(query, ct);
        var shown = rows.Take(query.Limit).ToList();
        var events = await EventsOf([.. shown.Select(hit => procedure(hit.Row)).Distinct()], ct);
        return new Found<Told<TItem>>(
            [.. shown.Select(hit => told(hit.Row, events[procedure(hit.Row)])).OfType<Told<TItem>>()], rows.Count > query.Limit ? shown[^1].Cursor(query.Sort, cursor(shown[^1].Row)) : null,
            query.Facets.Count is 0 ? null : await new Counting<TRow>(session).Count(query, covered, ct));
    }

    /// <summary>What had been recorded by then of each procedure.</summary>
    public async Task<IReadOnlyDictionary<Guid, PastEvents>> EventsOf(Guid[] procedures, CancellationToken ct)
    {
        var published = await positions.OfProcedures(procedures, ct);
        return (await session.Events.QueryAllRawEvents().Where(e => procedures.Contains(e.StreamId)).ToListAsync(ct))
            .GroupBy(e => e.StreamId)
            .ToDictionary(stream => stream.Key, stream => PastEvents.Of(asOf, stream.OrderBy(e => e.Version).ToList().Readable(), [.. published[stream.Key]]));
    }
}

/// <summary>What had been recorded of a procedure by a moment.</summary>
/// <param name="Events">In order.</param>
/// <param name="Positions">Of the procedure's events, in order, as far as they are published.</param>
public sealed record PastEvents(IReadOnlyList<IEvent> Events, IReadOnlyList<long> Positions)
{
    public static PastEvents Of(AsOf asOf, IReadOnlyList<IEvent> events, IReadOnlyList<long> positions) => new(asOf.Of(events, positions), positions);

    /// <summary>Null while the event has none.</summary>
    public long? PositionOf(Guid eventId) => Events.First(e => e.Id == eventId).Version is var version && version <= Positions.Count ? Positions[(int)version - 1] : null;
}
