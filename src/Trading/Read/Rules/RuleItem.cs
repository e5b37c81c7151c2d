using Trading.Events;
using Trading.Kernel;
using Trading.Law.Counting;
using Trading.Law.Packs;

namespace Trading.Read.Rules;

/// <summary>One version of a rule of time law.</summary>
/// <param name="Computation">minimum 不得少于, maximum 以内, before 至少……前, exact 为, not-before 不得早于: what is demanded of the time between <paramref name="From"/> and <paramref name="To"/>.</param>
/// <param name="Value">How many of <paramref name="Unit"/>; absent where the one need only not come before the other.</param>
/// <param name="Roll">Past which days the last day moves on.</param>
/// <param name="StartDayDisputed">Practice also counts the first day: what is kept that way alone is warned of, not refused.</param>
/// <param name="Categories">Absent when the rule governs all.</param>
/// <param name="Methods">Absent when the rule governs all.</param>
/// <param name="Statutory">Whether it governs 依法必须招标 alone.</param>
/// <param name="Jurisdiction">Leading digits of the region codes where it is in force, <c>*</c> for all; the longest that fits counts.</param>
/// <param name="ValidFrom">First day in force; absent when it is not known.</param>
/// <param name="ValidTo">Last day in force; absent while it still is.</param>
/// <param name="Severity">E refuses, W records and warns, I informs.</param>
/// <param name="Provenance">Whether it was compared with the text of the law word for word.</param>
public sealed record RuleItem(
    string RuleId,
    ProvisionStage Stage,
    Computation Computation,
    RuleAnchor From,
    RuleAnchor To,
    int? Value,
    TimeUnit? Unit,
    Roll Roll,
    bool StartDayDisputed,
    IReadOnlyList<TradeCategory>? Categories,
    IReadOnlyList<ProcedureMethod>? Methods,
    bool Statutory,
    string Jurisdiction,
    DateOnly? ValidFrom,
    DateOnly? ValidTo,
    string Severity,
    string Citation,
    Wording Explanation,
    Provenance Provenance,
    PackName Pack)
{
    public RuleLinks Links => new($"/v1/rules/{RuleId}");

    public static RuleItem Of(Provision p) => new(
        p.Id, p.Stage, p.Limit.Computation, RuleAnchor.Of(p.From), RuleAnchor.Of(p.To), p.Limit.Term?.Count, p.Limit.Term?.Unit, p.Limit.Roll,
        p.Limit.StartDayDisputed, p.Scope.Categories, p.Scope.Methods, p.Scope.Statutory, p.Scope.Jurisdiction.ToString(), p.Scope.ValidFrom, p.Scope.ValidTo, p.Severity.ToString(),
        p.Citation, p.Explanation, p.Provenance, p.Pack);
}

/// <summary>A moment the law counts from or to.</summary>
/// <param name="Anchor">Stable name.</param>
public sealed record RuleAnchor(string Anchor, Wording Name)
{
    public static RuleAnchor Of(Anchor anchor) => new(anchor.Name, anchor.Wording);
}

/// <param name="Self">Every version of the rule.</param>
public sealed record RuleLinks(string Self);

/// <summary>Rules, in the order of their ids.</summary>
/// <param name="Items">Of time.</param>
/// <param name="Contents">What notices must say.</param>
public sealed record RuleList(IReadOnlyList<RuleItem> Items, IReadOnlyList<ContentItem> Contents);

/// <summary>A rule with all its versions: the national ones first, then by jurisdiction, each in the order of time.</summary>
/// <param name="Versions">Of a rule of time; empty for a rule of contents.</param>
/// <param name="Contents">Of a rule of contents; empty for a rule of time.</param>
public sealed record RuleVersions(string RuleId, IReadOnlyList<RuleItem> Versions, IReadOnlyList<ContentItem> Contents);
