using Trading.Kernel;
using Trading.Law.Packs;

namespace Trading.Supervision.Replaying;

/// <summary>规则包: rules in the form of a pack's file.</summary>
/// <param name="Id">Of the pack; one that is loaded under it gives way, whatever its version.</param>
/// <param name="Version">Letters, digits, dots and hyphens.</param>
/// <param name="Title">What the pack is called.</param>
/// <param name="Anchors">Names of moments the rules speak of; those of other packs count too.</param>
/// <param name="Rules">At most 1000.</param>
/// <param name="Contents">What notices must say. At most 1000.</param>
/// <param name="Unexpressed">Rules that no computation expresses, with the reason.</param>
public sealed record PackBody(
    string Id,
    string Version,
    Wording Title,
    IReadOnlyDictionary<string, Wording> Anchors,
    IReadOnlyList<RuleText> Rules,
    IReadOnlyList<ContentText>? Contents = null,
    IReadOnlyList<Unexpressed>? Unexpressed = null);
