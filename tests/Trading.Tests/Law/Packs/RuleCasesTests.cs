using Trading.Kernel;
using Trading.Law;
using Trading.Law.Counting;
using Trading.Tests.Harness;
using Xunit;
using static Trading.Kernel.VerdictOutcome;

namespace Trading.Tests.Law.Packs;

/// <summary>Every rule with a case that keeps it, the case where it just holds, and one that breaks it; dates that the service did not calculate.</summary>
public sealed class RuleCasesTests
{
    private static readonly string[][] Cases =
    [
        .. File.ReadLines(Repository.PathOf("tests", "Trading.Tests", "Law", "Packs", "cases.csv"))
            .Where(line => line[0] is not '#').Skip(1).Select(line => line.Split(',')),
    ];

    public static TheoryData<string> Rules => [.. Lawbook.Embedded.Provisions.Select(provision => provision.Id).Distinct()];

    [Fact]
    public void every_rule_has_its_cases_and_every_case_its_rule() =>
        Assert.Equal(Lawbook.Embedded.Provisions.Select(p => p.Id).Order(StringComparer.Ordinal), Cases.Select(cells => cells[0]).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Rules))]
    public void is_kept_at_its_boundary_and_broken_beyond(string rule)
    {
        var limit = Lawbook.Embedded.Provisions.Single(provision => provision.Id == rule).Limit;
        var cells = Cases.Single(line => line[0] == rule);

        Assert.Equal((Compliant, false), Judge(2));
        Assert.Equal((Compliant, false), Judge(3));
        if (cells[4] is not "") Assert.Equal((Violation, true), Judge(4));
        Assert.Equal((Violation, false), Judge(5));
        Assert.Equal(cells[4] is not "", limit.StartDayDisputed || (limit.Computation is Computation.Minimum && limit.Roll is not Roll.None));

        (VerdictOutcome, bool) Judge(int column)
        {
            var judged = limit.Judge(Moment(cells[1]), Moment(cells[column]), Lawbook.Embedded.Calendar);
            return (judged.Outcome, judged.InOneReading);
        }
    }

    private static Moment Moment(string text) => text.Contains('T', StringComparison.Ordinal)
        ? Trading.Law.Counting.Moment.At(Samples.At(text))
        : Trading.Law.Counting.Moment.On(DateOnly.Parse(text, null));
}
