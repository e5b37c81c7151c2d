using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using Trading.Law;

namespace Trading.Supervision.Replaying;

/// <summary>重演: a history judged again by another law, each notice on what stood when it came.</summary>
public static class Replay
{
    /// <param name="history">The facts of a procedure in their order, each with the verdicts kept with it.</param>
    public static IEnumerable<ReplayedFact> Of(Lawbook law, IEnumerable<(INoticed Fact, IReadOnlyList<Verdict> Kept)> history)
    {
        Standing? standing = null;
        foreach (var (fact, kept) in history)
        {
            yield return new ReplayedFact(fact, [.. kept.Where(IsOfAPack)], Shown<IReadOnlyList<Finding>>(fact, () => [.. Lawfulness.Findings(law, standing, fact)]) ?? []);
            standing = Shown(fact, () => Standing.Fold(standing, fact)) ?? standing;
        }
    }

    /// <summary>Null where it cannot be made of the fact.</summary>
    private static T? Shown<T>(INoticed fact, Func<T?> make) where T : class
    {
        try
        {
            return make();
        }
        catch (Exception wrong) when (Kernel.Defects.Report(fact.Notice.NoticeId, "replay", wrong))
        {
            return null;
        }
    }

    // Rules of packs are named in capitals, those of stages in small letters; of these a history keeps too little to apply them again.
    private static bool IsOfAPack(Verdict verdict) => char.IsUpper(verdict.Rule[0]);
}

/// <summary>A fact with what the packs said of it when it was recorded, and what they say now.</summary>
public sealed record ReplayedFact(INoticed Fact, IReadOnlyList<Verdict> Kept, IReadOnlyList<Finding> Findings)
{
    /// <summary>The first rule that would have refused it; null when it would have been recorded.</summary>
    public Finding? Refusal => Fact is LegacyNoticeImported ? null : Findings.FirstOrDefault(finding => finding.Forbids);

    /// <summary>Where one law says something else than the other, rule by rule and for the same lots.</summary>
    public IEnumerable<ReplayedChange> Changes()
    {
        var (kept, judged) = (Told(Kept), Told(Findings.Select(Verdict.Of)));
        return
            from key in kept.Keys.Union(judged.Keys)
            let before = kept.GetValueOrDefault(key)
            let after = judged.GetValueOrDefault(key)
            where before != after
            select new ReplayedChange(key.Rule, key.Lots, before, after);
    }

    private static Dictionary<(string Rule, string? Lots), ReplayedOutcome> Told(IEnumerable<Verdict> verdicts) => verdicts
        .GroupBy(verdict => (verdict.Rule, Lots: ReplayedOutcome.LotsOf(verdict)))
        .ToDictionary(same => same.Key, same => ReplayedOutcome.Of(same.Last()));
}

/// <summary>What one rule said of one notice, before and after.</summary>
/// <param name="Lots">Those it was applied to.</param>
/// <param name="Before">When the notice was recorded; absent where the rule was not applied then.</param>
/// <param name="After">Under the packs of the replay; absent where the rule is not applied.</param>
public sealed record ReplayedChange(string Rule, string? Lots, ReplayedOutcome? Before, ReplayedOutcome? After);

/// <summary>What a rule said.</summary>
/// <param name="Outcome">What it said.</param>
/// <param name="Severity">E refuses, W records and warns, I informs.</param>
public sealed record ReplayedOutcome(VerdictOutcome Outcome, string Severity)
{
    public static ReplayedOutcome Of(Verdict verdict) => new(verdict.Outcome, verdict.Severity.ToString());

    public static string? LotsOf(Verdict verdict) => verdict.Facts.FirstOrDefault(fact => fact.Name is "lots")?.Value;
}
