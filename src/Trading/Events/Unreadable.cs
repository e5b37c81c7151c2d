using JasperFx.Events;
using Trading.Kernel;

namespace Trading.Events;

/// <summary>What stands in the place of a fact that this version of the service cannot read. It is no notice, so that folds pass it over.</summary>
/// <param name="Kind">What the catalogue says of it.</param>
public sealed record Unreadable(EventKind Kind);

public static class Readability
{
    private const string Surface = "event";

    /// <summary>The same events, an <see cref="Unreadable"/> in the place of each fact that could not be read. Whoever fetches events begins with this.</summary>
    public static IReadOnlyList<IEvent> Readable(this IReadOnlyList<IEvent> events)
    {
        List<IEvent>? readable = null;
        for (var i = 0; i < events.Count; i++)
        {
            if (Unread.CauseOf(events[i].Data) is not { } cause) continue;
            readable ??= [.. events];
            readable[i] = Marked(events[i], cause);
        }

        return readable ?? events;
    }

    private static Event<Unreadable> Marked(IEvent e, Exception cause)
    {
        Defects.Report(e.Id, Surface, cause);
        return new Event<Unreadable>(new Unreadable(Catalogue.Of(e.Data)))
        {
            Id = e.Id, Version = e.Version, Sequence = e.Sequence, StreamId = e.StreamId, Timestamp = e.Timestamp, EventTypeName = e.EventTypeName,
            DotNetTypeName = e.DotNetTypeName, UserName = e.UserName, CausationId = e.CausationId, CorrelationId = e.CorrelationId, Headers = e.Headers,
        };
    }
}
