using Trading.Events;
using Trading.Kernel;
using Trading.Law.Packs;

namespace Trading.Read.Rules;

/// <summary>One version of a rule of contents: what the law wants a notice to say.</summary>
/// <param name="Notices">The kinds of notices it governs.</param>
/// <param name="Items">Where it stands in the notice (RFC 6901, with <c>*</c> for every element of a list); any one of these will do.</param>
/// <param name="When">What must be there, or have a value, for it to be demanded; absent when it always is.</param>
/// <param name="Name">The item as the law calls it.</param>
/// <param name="Categories">Absent when the rule governs all.</param>
/// <param name="Methods">Absent when the rule governs all.</param>
/// <param name="Statutory">Whether it governs 依法必须招标 alone.</param>
/// <param name="Jurisdiction">Leading digits of the region codes where it is in force, <c>*</c> for all; the longest that fits counts.</param>
/// <param name="ValidFrom">First day in force; absent when it is not known.</param>
/// <param name="ValidTo">Last day in force; absent while it still is.</param>
/// <param name="Severity">E refuses, W records and warns, I informs.</param>
/// <param name="Provenance">Whether it was compared with the text of the law word for word.</param>
public sealed record ContentItem(
    string RuleId,
    ProvisionStage Stage,
    IReadOnlyList<string> Notices,
    IReadOnlyList<string> Items,
    string? When,
    Wording Name,
    IReadOnlyList<TradeCategory>? Categories,
    IReadOnlyList<ProcedureMethod>? Methods,
    bool Statutory,
    string Jurisdiction,
    DateOnly? ValidFrom,
    DateOnly? ValidTo,
    string Severity,
    string Citation,
    Provenance Provenance,
    PackName Pack)
{
    public RuleLinks Links => new($"/v1/rules/{RuleId}");

    public static ContentItem Of(ContentRule c) => new(
        c.Id, c.Stage, [.. c.Notices], [.. c.Items.Select(item => item.ToString())], c.When?.ToString(), c.Name, c.Scope.Categories, c.Scope.Methods, c.Scope.Statutory,
        c.Scope.Jurisdiction.ToString(), c.Scope.ValidFrom, c.Scope.ValidTo, c.Severity.ToString(), c.Citation, c.Provenance, c.Pack);
}
