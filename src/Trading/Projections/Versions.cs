using JasperFx.Events;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Projections;

/// <summary>往版: what a view told of a thing in a procedure from one event until another changed it. Where the past is looked for.</summary>
public interface IVersion<TSelf> where TSelf : IVersion<TSelf>
{
    /// <summary>Of the procedure after the event from which on it holds.</summary>
    long EventVersion { get; }

    /// <summary>The version of the procedure that changed it; null while none has.</summary>
    long? SupersededBy { get; }

    /// <summary>What it is a version of, within the procedure.</summary>
    object Thing { get; }

    /// <summary>Whether the view tells the same.</summary>
    bool IsAs(TSelf other);

    /// <param name="version">Of the procedure after the event that changed it.</param>
    /// <param name="at">When that was recorded.</param>
    TSelf EndedBy(long version, DateTimeOffset at);
}

internal static class Versions
{
    /// <summary>Those that new events have begun or ended; the others stay as they are.</summary>
    /// <param name="all">Of one procedure, from all its events in order.</param>
    public static IEnumerable<TVersion> Changed<TVersion>(Lifecycle life, Func<IEnumerable<IEvent>, IEnumerable<TVersion>> all) where TVersion : IVersion<TVersion> =>
        all(life.Events).Where(version => version.EventVersion >= life.NewFrom || version.SupersededBy >= life.NewFrom);

    /// <summary>Every version of everything a view tells of one procedure.</summary>
    /// <param name="fold">What is known after an event.</param>
    /// <param name="told">What the view tells then, of each thing one; the time is when the event was recorded, never before an earlier one.</param>
    public static IEnumerable<TVersion> Of<TState, TVersion>(
        IEnumerable<IEvent> events, Func<TState?, IEvent, TState?> fold, Func<TState, IEvent, DateTimeOffset, IEnumerable<TVersion>> told)
        where TState : class
        where TVersion : IVersion<TVersion>
    {
        TState? state = null;
        var open = new Dictionary<object, TVersion>();
        var reached = DateTimeOffset.MinValue;
        foreach (var e in events.Where(e => e.Data is INoticed))
        {
            state = fold(state, e);
            reached = e.Timestamp > reached ? e.Timestamp : reached;
            var at = StoredTime.Column(reached);
            if (state is null || Next(state, e, at) is not { } next) continue;
            foreach (var (thing, version) in open.Where(each => !next.TryGetValue(each.Key, out var same) || !each.Value.IsAs(same)).ToList())
            {
                open.Remove(thing);
                yield return version.EndedBy(e.Version, at);
            }

            foreach (var (thing, version) in next) open.TryAdd(thing, version);
        }

        foreach (var version in open.Values) yield return version;

        Dictionary<object, TVersion>? Next(TState then, IEvent e, DateTimeOffset at)
        {
            try
            {
                return told(then, e, at).ToDictionary(version => version.Thing);
            }
            catch (Exception wrong) when (Defects.Report(e.Id, typeof(TVersion).Name, wrong))
            {
                return null;   // what was known before holds on
            }
        }
    }
}
