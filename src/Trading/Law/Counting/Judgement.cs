using Trading.Kernel;

namespace Trading.Law.Counting;

/// <summary>What a limit says of two moments.</summary>
/// <param name="InOneReading">Whether only one of two readings of the law is broken; then people are warned and not refused.</param>
/// <param name="Bound">The earliest lawful second moment of a minimum, the latest of a maximum.</param>
public sealed record Judgement(VerdictOutcome Outcome, bool InOneReading = false, Moment? Bound = null)
{
    public static readonly Judgement Uncertain = new(VerdictOutcome.Uncertain);

    public static readonly Judgement Invalid = new(VerdictOutcome.InvalidInput);

    public static readonly Judgement NotApplicable = new(VerdictOutcome.NotApplicable);

    public static Judgement Of(bool kept, Moment bound) => kept ? new(VerdictOutcome.Compliant, Bound: bound) : Broken(bound, inOneReading: false);

    public static Judgement Broken(Moment bound, bool inOneReading) => new(VerdictOutcome.Violation, inOneReading, bound);
}
