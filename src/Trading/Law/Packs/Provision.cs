using Trading.Kernel;
using Trading.Law.Counting;

namespace Trading.Law.Packs;

/// <summary>规定: one version of a rule of time law, as a pack states it.</summary>
/// <param name="Limit">What is demanded of the time between <paramref name="From"/> and <paramref name="To"/>.</param>
/// <param name="WhenStartUnknown">What it says while <paramref name="From"/> is not known: uncertain, or not applicable where that need not exist.</param>
public sealed record Provision(
    string Id,
    ProvisionStage Stage,
    Anchor From,
    Anchor To,
    Limit Limit,
    RuleScope Scope,
    StartUnknown WhenStartUnknown,
    Severity Severity,
    string Citation,
    Provenance Provenance,
    Wording Explanation,
    PackName Pack)
    : PackRule(Id, Stage, Scope, Severity, Citation, Provenance, Pack);

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

/// <summary>What a rule says as long as nobody knows where it begins.</summary>
public enum StartUnknown { Uncertain, NotApplicable }
