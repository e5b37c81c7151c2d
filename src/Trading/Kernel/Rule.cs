namespace Trading.Kernel;

/// <summary>A rule that a posting can break, with the text of law it comes from.</summary>
/// <param name="Code">Stable identifier clients may branch on, <c>stage.reason</c>. Never renamed, never reused.</param>
/// <param name="Citation">Law and article, in Chinese, as the supervisor would quote it.</param>
/// <param name="Explanation">What is wrong, in a sentence.</param>
public sealed record Rule(string Code, RuleKind Kind, string Citation, Wording Explanation)
{
    public Rule(string code, RuleKind kind, string citation, string zh, string en)
        : this(code, kind, citation, new Wording(zh, en)) { }

    /// <summary>How grave it is to break it; for rules of time law the pack says.</summary>
    public Severity Severity { get; init; } = Kind is RuleKind.Warning ? Severity.W : Severity.E;

    /// <summary>Whether the receipt reports the rule even when it was kept or could not be applied.</summary>
    public bool AlwaysTold { get; init; } = Kind is RuleKind.Unlawful;

    /// <summary>The finding that this rule is broken if <paramref name="broken"/>, and kept otherwise.</summary>
    /// <param name="facts">What was looked at: names in camelCase, values as people read them.</param>
    public Finding If(bool broken, params Fact[] facts) => new(this, broken ? VerdictOutcome.Violation : VerdictOutcome.Compliant, facts);
}

/// <summary>What follows when a rule is broken.</summary>
public enum RuleKind
{
    /// <summary>What the posting is about does not exist.</summary>
    Unknown,

    /// <summary>The procedure is not where this posting has its place.</summary>
    WrongStage,

    /// <summary>The law does not allow the posting.</summary>
    Unlawful,

    /// <summary>The posting is recorded, and its receipt and the audit show the warning.</summary>
    Warning,
}

/// <summary>A fact a rule was applied to.</summary>
public sealed record Fact(string Name, string Value);

/// <summary>One rule applied to one posting.</summary>
public sealed record Finding(Rule Rule, VerdictOutcome Outcome, IReadOnlyList<Fact> Facts)
{
    /// <summary>What cannot be, like an end before its beginning, is no better than what may not be.</summary>
    public bool Broken => Outcome is VerdictOutcome.Violation or VerdictOutcome.InvalidInput;

    /// <summary>Whether nothing may be recorded because of it.</summary>
    public bool Forbids => Broken && Rule.Kind is not RuleKind.Warning;
}

/// <summary>A finding as it is stored with the event and returned to the client.</summary>
/// <param name="Rule">The rule's code.</param>
/// <param name="Explanation">Null with an event that did as the rule asks: the rule says it.</param>
public sealed record Verdict(
    string Rule, VerdictOutcome Outcome, Severity Severity, string Citation, Wording? Explanation, IReadOnlyList<Fact> Facts)
{
    /// <summary>As it is kept with the event, for ever: nothing in it that the rule itself says.</summary>
    public Verdict Kept() => Outcome is VerdictOutcome.Compliant or VerdictOutcome.NotApplicable ? this with { Explanation = null } : this;

    public static Verdict Of(Finding finding) => new(
        finding.Rule.Code, finding.Outcome, finding.Rule.Severity, finding.Rule.Citation, finding.Rule.Explanation, finding.Facts);
}

/// <summary>合法、违法、无法判断 (a fact or a calendar is missing)、不适用、输入有误 (the end lies before the beginning).</summary>
public enum VerdictOutcome { Compliant, Violation, Uncertain, NotApplicable, InvalidInput }

/// <summary>E refuses, W records and warns, I informs.</summary>
public enum Severity { E, W, I }
