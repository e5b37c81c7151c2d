using System.Text.RegularExpressions;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Law.Packs;

/// <summary>What must hold of one rule of a pack; whatever does not is told with its place.</summary>
internal sealed partial class RuleChecks(string where, List<string> wrong)
{
    private readonly int before = wrong.Count;

    public bool Broken => wrong.Count > before;

    public void Hold(bool holds, string what)
    {
        if (!holds) wrong.Add($"{where}: {what}");
    }

    public void Say(string member, Wording wording) =>
        Hold(Chinese().IsMatch(wording.Zh) && wording.En.Trim() is not "", $"{member} must be Chinese in zh and not be empty in en.");

    /// <summary>What every rule of a pack says of itself.</summary>
    public void Scope(
        string id, IReadOnlyList<TradeCategory>? categories, IReadOnlyList<ProcedureMethod>? methods, DateOnly? validFrom, DateOnly? validTo,
        string severity, string citation)
    {
        Hold(RuleId().IsMatch(id), "id must be capital letters, digits and hyphens, such as R-T-03.");
        Hold(!(validTo < validFrom), "validTo must not lie before validFrom.");
        Hold(categories is not { Count: 0 } && methods is not { Count: 0 }, "a list of categories or methods must not be empty.");
        Hold(severity is "E" or "W" or "I", "severity must be E, W or I.");
        Hold(Chinese().IsMatch(citation), "citation must be Chinese.");
    }

    [GeneratedRegex(@"^[A-Z][A-Z0-9]*(-[A-Za-z0-9]+)+\z")]
    private static partial Regex RuleId();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();
}
