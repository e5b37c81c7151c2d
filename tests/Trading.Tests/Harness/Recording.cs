using JasperFx.Events;
using Trading.Events;

namespace Trading.Tests.Harness;

/// <summary>Facts as the events of one procedure, without a store.</summary>
internal static class Recording
{
    public static readonly Guid Procedure = Samples.Id(0);

    public static IReadOnlyList<IEvent> Of(params IEnumerable<INoticed> facts) => [.. facts.Select((fact, i) => Event(fact, i + 1))];

    public static IEvent Event(object fact, int version)
    {
        var e = (IEvent)Activator.CreateInstance(typeof(Event<>).MakeGenericType(fact.GetType()), Stored.Reread(fact))!;
        e.Id = fact is INoticed noticed ? noticed.Notice.NoticeId : Samples.Id(800 + version);
        e.StreamId = Procedure;
        e.Version = version;
        e.Sequence = version;
        e.Timestamp = Samples.RegisteredAt.AddHours(version).ToUniversalTime();
        return e;
    }
}
