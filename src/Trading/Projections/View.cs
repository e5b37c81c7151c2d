using JasperFx.Events;
using Marten;

namespace Trading.Projections;

/// <summary>A view, and how the part of it that tells of some procedures is made anew from their events.</summary>
/// <param name="Name">As the operator calls it.</param>
/// <param name="Procedure">The column that says of which procedure a row tells.</param>
/// <param name="Progress">What the daemon calls its progress with the view; null for one that is made together with the events.</param>
public abstract record View(string Name, Type Row, string Procedure, string? Progress)
{
    /// <summary>Stores what the view has to say of these events' procedures.</summary>
    public abstract void Store(IDocumentOperations session, IEnumerable<IEvent> events);

    /// <param name="rows">The rows of one procedure from all its events in order.</param>
    public static View Of<TRow>(string name, string procedure, string? progress, Func<IEnumerable<IEvent>, IEnumerable<TRow>> rows)
        where TRow : notnull => new Typed<TRow>(name, procedure, progress, rows);

    private sealed record Typed<TRow>(string Name, string Procedure, string? Progress, Func<IEnumerable<IEvent>, IEnumerable<TRow>> Rows)
        : View(Name, typeof(TRow), Procedure, Progress) where TRow : notnull
    {
        public override void Store(IDocumentOperations session, IEnumerable<IEvent> events) =>
            session.Store(events.GroupBy(e => e.StreamId).SelectMany(stream => Rows(stream.OrderBy(e => e.Version))));
    }
}
