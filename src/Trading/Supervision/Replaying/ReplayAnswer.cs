using Trading.Events;
using Trading.Kernel;

namespace Trading.Supervision.Replaying;

/// <summary>A procedure's history as other packs would have judged it. Nothing is recorded.</summary>
/// <param name="Packs">Those that have a say in the procedure's category at its place, as <c>id@version</c>.</param>
/// <param name="Refused">How many notices would have been refused.</param>
/// <param name="Changed">How many notices are judged otherwise in something.</param>
/// <param name="Items">Every notice of the procedure, in order.</param>
public sealed record ReplayAnswer(Guid ProcedureId, IReadOnlyList<string> Packs, int Refused, int Changed, IReadOnlyList<ReplayedNotice> Items);

/// <summary>One notice, judged again.</summary>
/// <param name="Type">The wire name of the event.</param>
/// <param name="Refused">Whether a rule would have refused it; what was taken over from a former system is never refused.</param>
/// <param name="Refusal">The rule that would have refused it first.</param>
/// <param name="Recorded">What the rules of packs said when it was recorded.</param>
/// <param name="Judged">What they say now.</param>
/// <param name="Changes">Where the one is not the other.</param>
public sealed record ReplayedNotice(
    long Version,
    Guid NoticeId,
    string Type,
    string Title,
    DateTimeOffset RecordedAt,
    bool Refused,
    JudgedVerdict? Refusal,
    IReadOnlyList<ReplayedVerdict> Recorded,
    IReadOnlyList<JudgedVerdict> Judged,
    IReadOnlyList<ReplayedChange> Changes)
{
    public static ReplayedNotice Of(long version, DateTimeOffset recordedAt, ReplayedFact replayed, Language language)
    {
        var notice = replayed.Fact.Notice;
        return new ReplayedNotice(
            version, notice.NoticeId, Catalogue.Of(replayed.Fact).WireName, notice.Title, LegalTime.Here(recordedAt), replayed.Refusal is not null,
            replayed.Refusal is { } refusal ? JudgedVerdict.Of(refusal, language) : null,
            [.. replayed.Kept.Select(verdict => new ReplayedVerdict(verdict.Rule, verdict.Outcome, verdict.Severity.ToString(), ReplayedOutcome.LotsOf(verdict)))],
            [.. replayed.Findings.Select(finding => JudgedVerdict.Of(finding, language))], [.. replayed.Changes()]);
    }
}

/// <summary>What a rule said when a notice was recorded.</summary>
/// <param name="Outcome">What it said.</param>
/// <param name="Severity">E refuses, W records and warns, I informs.</param>
/// <param name="Lots">Those it was applied to.</param>
public sealed record ReplayedVerdict(string Rule, VerdictOutcome Outcome, string Severity, string? Lots);

/// <summary>What a rule says of a notice under the packs of the replay.</summary>
/// <param name="Outcome">What it says.</param>
/// <param name="Severity">E refuses, W records and warns, I informs.</param>
/// <param name="Explanation">In the language of the request.</param>
/// <param name="Facts">What the rule was applied to.</param>
public sealed record JudgedVerdict(
    string Rule, VerdictOutcome Outcome, string Severity, string Citation, string Explanation, IReadOnlyDictionary<string, string> Facts)
{
    public static JudgedVerdict Of(Finding finding, Language language) => new(
        finding.Rule.Code, finding.Outcome, finding.Rule.Severity.ToString(), finding.Rule.Citation, finding.Rule.Explanation.In(language),
        finding.Facts.DistinctBy(f => f.Name).ToDictionary(f => f.Name, f => f.Value));
}
