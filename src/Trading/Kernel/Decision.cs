namespace Trading.Kernel;

/// <summary>What a decider answers: the facts to record with the verdicts they passed, or the finding that forbids them.</summary>
public abstract record Decision
{
    private Decision() { }

    public sealed record Accepted(IReadOnlyList<object> Facts, IReadOnlyList<Verdict> Verdicts) : Decision;

    public sealed record Refused(Finding Finding) : Decision;

    /// <summary>
    /// Goes through the findings in order and stops at the first that forbids the posting, so that a later finding may rest on the
    /// earlier ones; without one, the facts are accepted. Only rules of law make verdicts, not the order of stages.
    /// </summary>
    public static Decision Of(IEnumerable<Finding> findings, Func<IReadOnlyList<object>> facts)
    {
        var verdicts = new List<Verdict>();
        foreach (var finding in findings)
        {
            if (finding.Forbids) return new Refused(finding);
            if (finding.Rule.AlwaysTold || finding.Broken) verdicts.Add(Verdict.Of(finding));
        }

        return new Accepted(facts(), verdicts);
    }

    public static Decision Of(IEnumerable<Finding> findings, object fact) => Of(findings, () => [fact]);
}
