using System.Collections.Immutable;
using Trading.Events;
using Trading.Kernel;
using Trading.Law;
using Trading.Law.Counting;
using Trading.Law.Packs;

namespace Trading.Docket;

/// <summary>时限审查: every rule of time law that a fact brings into play, applied to the moments known by then.</summary>
public static class Timing
{
    /// <summary>
    /// A rule is in play when the fact fixes one of its two ends and the later is known; until then it waits for its clock. Lots that
    /// share both moments share a finding. Which version of a rule counts is settled when a lot is put out.
    /// </summary>
    /// <param name="before">Where the procedure stood; null for one that just comes into being.</param>
    public static IEnumerable<Finding> Findings(Lawbook law, Standing? before, INoticed fact)
    {
        if (before is null) return [];
        var heading = before.Heading;
        var after = before.Milestones.After(fact, before);
        return
            from lot in Lots(before, fact)
            let fixes = MilestoneTable.Of(fact, before, lot).ToDictionary()
            where fixes.Count > 0
            let known = after.Of(lot).SetItems(fixes)
            from provision in law.InForce(heading.Category, heading.Region, after.PutOut(lot) ?? LegalTime.DayOf(fact.Notice.PublishedAt))
            where fixes.ContainsKey(provision.From.Name) || fixes.ContainsKey(provision.To.Name)
            let play = (Provision: provision, From: Moment(known, provision.From), To: Moment(known, provision.To))
            where play.To is not null
            group lot by play into alike
            select Finding(
                law, alike.Key.Provision, alike.Key.Provision.Scope.Governs(before.Method, before.Statutory), alike.Key.From, alike.Key.To, [.. alike]);
    }

    /// <summary>
    /// Of a notice of a former system the rules between the moments it tells, by the law of its day. Neither method nor duty to tender is
    /// known of it; it is judged as one that the rule governs.
    /// </summary>
    public static IEnumerable<Finding> Findings(Lawbook law, LegacyNoticeImported fact)
    {
        var known = MilestoneTable.Of(fact);
        return
            from provision in law.InForce(fact.Notice.Heading.Category, fact.Notice.Heading.Region, fact.PublishedOn)
            where known.ContainsKey(provision.From.Name) && known.ContainsKey(provision.To.Name)
            select Finding(law, provision, governs: true, known[provision.From.Name], known[provision.To.Name], []);
    }

    /// <summary>The lots whose times a fact settles: those it speaks of, or all that are open.</summary>
    public static IReadOnlyList<LotId> Lots(Standing before, INoticed fact)
    {
        if (MilestoneTable.LotsOf(fact) is { } lots) return [.. lots.Distinct()];
        var open = before.Choose(null, lot => lot.IsOpen);
        return open.Count > 0 ? open : before.Choose(null, _ => true);
    }

    private static Moment? Moment(ImmutableDictionary<string, Moment> known, Anchor anchor) => known.TryGetValue(anchor.Name, out var moment) ? moment : null;

    private static Finding Finding(Lawbook law, Provision provision, bool governs, Moment? from, Moment? to, IReadOnlyList<LotId> lots)
    {
        var judged = !governs || (from is null && provision.WhenStartUnknown is StartUnknown.NotApplicable)
            ? Judgement.NotApplicable
            : provision.Limit.Judge(from, to, law.Calendar);
        return new Finding(Rule(provision, judged, from is not null), judged.Outcome, [.. Facts(provision, judged, from, to, lots)]);
    }

    private static Rule Rule(Provision provision, Judgement judged, bool startKnown)
    {
        var severity = judged.InOneReading && provision.Severity is Severity.E ? Severity.W : provision.Severity;
        return new Rule(
            provision.Id, severity is Severity.E ? RuleKind.Unlawful : RuleKind.Warning, provision.Citation, Explained(provision, judged, startKnown))
        {
            Severity = severity,
            AlwaysTold = true,
        };
    }

    private static Wording Explained(Provision provision, Judgement judged, bool startKnown)
    {
        var (zh, en) = provision.Explanation;
        if (judged.Outcome is VerdictOutcome.Uncertain)
        {
            return startKnown
                ? new Wording(zh + "工作日历缺少所涉日期，无法判断。", en + " The calendar does not know the days this takes.")
                : new Wording($"{zh}缺少{provision.From.Wording.Zh}时间，无法判断。", $"{en} Not known: {provision.From.Wording.En}.");
        }

        if (judged.InOneReading) (zh, en) = (zh + "按一种计算方法符合，按另一种不符合。", en + " It is kept by one way of counting and not by the other.");
        if (judged is not { Outcome: VerdictOutcome.Violation, Bound: { } bound }) return new Wording(zh, en);
        var (zhBound, enBound) = provision.Limit.Computation switch
        {
            Computation.Maximum => ("最迟合法的", "Latest lawful"),
            Computation.Exact => ("合法的", "Lawful"),
            _ => ("最早合法的", "Earliest lawful"),
        };
        return new Wording($"{zh}{zhBound}{provision.To.Wording.Zh}时间：{bound}。", $"{en} {enBound} {provision.To.Wording.En}: {bound}.");
    }

    private static IEnumerable<Fact> Facts(Provision provision, Judgement judged, Moment? from, Moment? to, IReadOnlyList<LotId> lots)
    {
        if (lots.Count > 0) yield return new Fact("lots", string.Join(", ", lots));
        yield return new Fact(provision.From.FactName, from?.ToString() ?? "—");
        yield return new Fact(provision.To.FactName, to?.ToString() ?? "—");
        if (judged is { Outcome: VerdictOutcome.Violation, Bound: { } bound })
            yield return new Fact(provision.Limit.Computation is Computation.Maximum ? "latestLawful" : "earliestLawful", bound.ToString());
    }
}
