namespace Trading.Law.Counting;

/// <summary>What a limit says of two moments.</summary>
/// <param name="InOneReading">Whether only one of two readings of the law is broken; then people are warned and not refused.</param>
/// <param name="Bound">The earliest lawful second moment of a minimum, the latest of a maximum.</param>
public sealed record Judgement(LegalOutcome Outcome, bool InOneReading = false, Moment? Bound = null)
{
    public static readonly Judgement Uncertain = new(LegalOutcome.Uncertain);

    public static readonly Judgement Invalid = new(LegalOutcome.InvalidInput);

    public static readonly Judgement NotApplicable = new(LegalOutcome.NotApplicable);

    public static Judgement Of(bool kept, Moment bound) => kept ? new(LegalOutcome.Compliant, Bound: bound) : Broken(bound, inOneReading: false);

    public static Judgement Broken(Moment bound, bool inOneReading) => new(LegalOutcome.Violation, inOneReading, bound);
}

/// <summary>合法、违法、无法判断、不适用、输入有误.</summary>
public enum LegalOutcome
{
    Compliant,
    Violation,

    /// <summary>A moment or a calendar is missing.</summary>
    Uncertain,
    NotApplicable,

    /// <summary>The second moment lies before the first.</summary>
    InvalidInput,
}
