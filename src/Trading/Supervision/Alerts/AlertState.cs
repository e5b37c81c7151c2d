using System.Collections.Immutable;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Supervision.Alerts;

/// <summary>How much of an alert is recorded.</summary>
/// <param name="Told">Its steps, and the settlements between them, in order.</param>
public sealed record AlertState(ImmutableList<string> Told) : IFolded<AlertState>
{
    public static readonly AlertState None = new([]);

    public static AlertState? Fold(AlertState? state, object fact) =>
        fact is IAlerted alerted ? new AlertState((state ?? None).Told.Add(Name(alerted))) : state;

    /// <summary>What has been earned and is not recorded yet. What is recorded stays, also where it came a moment too early.</summary>
    public IReadOnlyList<IAlerted> Missing(IEnumerable<IAlerted> earned)
    {
        var told = Told;
        var missing = new List<IAlerted>();
        foreach (var alerted in earned)
        {
            if (told.Contains(Name(alerted))) told = told.Remove(Name(alerted));
            else missing.Add(alerted);
        }

        return missing;
    }

    private static string Name(IAlerted alerted) => alerted is AlertRaised raised ? raised.Step.ToString() : "Settled";
}
