using Trading.Events;
using Trading.Kernel;
using Trading.Law.Counting;

namespace Trading.Law.Packs;

/// <summary>规定: one version of a rule of time law, as a pack states it.</summary>
/// <param name="Id">Of the rule; its versions share it.</param>
/// <param name="Limit">What is demanded of the time between <paramref name="From"/> and <paramref name="To"/>.</param>
/// <param name="Categories">The categories it governs; every one when null.</param>
/// <param name="Methods">The methods it governs; every one when null.</param>
/// <param name="Statutory">Whether it governs 依法必须招标 alone.</param>
/// <param name="WhenStartUnknown">What it says while <paramref name="From"/> is not known: uncertain, or not applicable where that need not exist.</param>
/// <param name="Jurisdiction">Where it is in force; a narrower one beats the national.</param>
/// <param name="ValidFrom">The first day in force; null when it is not known.</param>
/// <param name="ValidTo">The last day in force; null while it still is.</param>
/// <param name="Pack">Where it stands.</param>
public sealed record Provision(
    string Id,
    ProvisionStage Stage,
    Anchor From,
    Anchor To,
    Limit Limit,
    IReadOnlyList<TradeCategory>? Categories,
    IReadOnlyList<ProcedureMethod>? Methods,
    bool Statutory,
    StartUnknown WhenStartUnknown,
    RegionPrefix Jurisdiction,
    DateOnly? ValidFrom,
    DateOnly? ValidTo,
    Severity Severity,
    string Citation,
    Provenance Provenance,
    Wording Explanation,
    PackName Pack)
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

/// <summary>时限起止点: a moment in the life of a procedure that law counts from or to.</summary>
/// <param name="Name">Kebab-case; the same in every pack.</param>
public sealed record Anchor(string Name, Wording Wording)
{
    /// <summary>The name among the facts of a verdict: camelCase.</summary>
    public string FactName
    {
        get
        {
            var words = Name.Split('-');
            return words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        }
    }
}

/// <summary>环节, and beside the stages of a procedure what goes with them: objections, complaints, disclosure of information.</summary>
public enum ProvisionStage
{
    Planning, Announcing, Changing, Qualifying, Opening, Evaluating, Awarding, Contracting, Performing, Ending, Objecting, Complaining, Disclosing,
}

/// <summary>What a rule says as long as nobody knows where it begins.</summary>
public enum StartUnknown { Uncertain, NotApplicable }

/// <summary>Whether the rule was compared, word for word, with the text of the law.</summary>
public enum Provenance { Checked, Unchecked }
