using Trading.Events;
using Trading.Kernel;

namespace Trading.Law.Packs;

/// <summary>规则: one version of a rule of a pack: for what it is in force, and how grave it is to break it.</summary>
/// <param name="Id">Of the rule; its versions share it.</param>
/// <param name="Pack">Where it stands.</param>
public abstract record PackRule(string Id, ProvisionStage Stage, RuleScope Scope, Severity Severity, string Citation, Provenance Provenance, PackName Pack)
{
    /// <summary>Whether both are versions of one rule for one place, and in force on one day.</summary>
    public bool Rivals(PackRule other) =>
        Id == other.Id && Scope.Jurisdiction == other.Scope.Jurisdiction && !(Scope.ValidTo < other.Scope.ValidFrom) && !(other.Scope.ValidTo < Scope.ValidFrom);
}

/// <summary>适用范围: for what, where and when a rule is in force.</summary>
/// <param name="Categories">The categories it governs; every one when null.</param>
/// <param name="Methods">The methods it governs; every one when null.</param>
/// <param name="Statutory">Whether it governs 依法必须招标 alone.</param>
/// <param name="Jurisdiction">Where it is in force; a narrower one beats the national.</param>
/// <param name="ValidFrom">The first day in force; null when it is not known.</param>
/// <param name="ValidTo">The last day in force; null while it still is.</param>
public sealed record RuleScope(
    IReadOnlyList<TradeCategory>? Categories,
    IReadOnlyList<ProcedureMethod>? Methods,
    bool Statutory,
    RegionPrefix Jurisdiction,
    DateOnly? ValidFrom,
    DateOnly? ValidTo)
{
    public bool Governs(TradeCategory category) => Categories is null || Categories.Contains(category);

    public bool Governs(ProcedureMethod method, bool statutory) => (Methods is null || Methods.Contains(method)) && (statutory || !Statutory);

    public bool IsInForce(DateOnly day) => !(day < ValidFrom) && !(day > ValidTo);
}

/// <summary>A pack in the version that was loaded.</summary>
public sealed record PackName(string Id, string Version)
{
    public override string ToString() => $"{Id}@{Version}";
}

/// <summary>环节, and beside the stages of a procedure what goes with them: objections, complaints, disclosure of information.</summary>
public enum ProvisionStage
{
    Planning, Announcing, Changing, Qualifying, Opening, Evaluating, Awarding, Contracting, Performing, Ending, Objecting, Complaining, Disclosing,
}

/// <summary>Whether the rule was compared, word for word, with the text of the law.</summary>
public enum Provenance { Checked, Unchecked }
