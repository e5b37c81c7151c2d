using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using Trading.Law;
using Trading.Vault;

namespace Trading.Intake.Rehearsing;

/// <summary>预检: a procedure in memory alone. What is refused changes nothing; what follows is judged on what stands then.</summary>
public sealed class Rehearsal(Lawbook law)
{
    private readonly List<INoticed> facts = [];
    private readonly Dictionary<Type, (object? State, int Seen)> states = [];

    /// <summary>What a use case knows of all that was accepted so far.</summary>
    public TState? State<TState>() where TState : class, IFolded<TState>
    {
        var (state, seen) = states.GetValueOrDefault(typeof(TState));
        for (; seen < facts.Count; seen++) state = TState.Fold((TState?)state, facts[seen]);
        states[typeof(TState)] = (state, seen);
        return (TState?)state;
    }

    /// <summary>Judges as the desk does, and goes on from what would have been recorded.</summary>
    public Rehearsed Settle(Filing filing, Decision decision, Standing? standing)
    {
        switch (Desk.Judge(law, decision, filing, standing))
        {
            case Decision.Refused refused:
                return new Rehearsed.Refused(refused.Finding);
            case Decision.Accepted accepted:
                facts.AddRange(accepted.Facts.Cast<INoticed>().Select(fact => Sealing.Of(fact).Fact));
                return new Rehearsed.Recorded(filing, accepted);
            default:
                throw new InvalidOperationException("Decision is closed; a new case needs a branch here.");
        }
    }
}
