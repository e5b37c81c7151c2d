using System.Globalization;
using Trading.Events;
using Trading.Kernel;
using Trading.Law;
using Trading.Law.Packs;

namespace Trading.Docket;

/// <summary>内容审查: checks whether a notice has the contents that the law requires. Returns the missing ones.</summary>
public static class Completeness
{
    private const int MostNamed = 10;

    /// <summary>Which version of a rule counts is settled by the day the notice is published.</summary>
    /// <param name="before">Where the procedure stood; null for one that just comes into being, and where nobody follows it.</param>
    public static IEnumerable<Finding> Findings(Lawbook law, Standing? before, INoticed fact)
    {
        var nature = fact is ProcedureRegistered registered ? (registered.Method, registered.Statutory) : (before?.Method, before?.Statutory);
        if (nature is not ({ } method, { } statutory)) return [];
        var heading = fact.Notice.Heading;
        return
            from rule in law.InForce(fact.GetType(), heading.Category, heading.Region, LegalTime.DayOf(fact.Notice.PublishedAt))
            where rule.Scope.Governs(method, statutory)
            let lacking = rule.Lacking(fact)
            where lacking.Count > 0
            select new Finding(Rule(rule), VerdictOutcome.Violation, [.. Facts(rule, lacking)]);
    }

    private static Rule Rule(ContentRule rule) => new(
        rule.Id, rule.Severity is Severity.E ? RuleKind.Unlawful : RuleKind.Warning, rule.Citation,
        $"公告缺少：{rule.Name.Zh}（{rule.Citation}）。", $"The notice lacks: {rule.Name.En}.")
    {
        Severity = rule.Severity,
        AlwaysTold = false,
    };

    private static IEnumerable<Fact> Facts(ContentRule rule, IReadOnlyList<string> lacking)
    {
        yield return new Fact("item", string.Join(" | ", rule.Items));
        if (lacking[0] is not "") yield return new Fact("lacking", string.Join(", ", lacking.Take(MostNamed)));
        if (lacking.Count > MostNamed) yield return new Fact("lackingInAll", lacking.Count.ToString(CultureInfo.InvariantCulture));
    }
}
