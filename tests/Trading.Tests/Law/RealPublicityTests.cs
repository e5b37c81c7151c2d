using System.Text.Json.Nodes;
using Trading.Kernel;
using Trading.Law;
using Trading.Law.Counting;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Law;

/// <summary>Publicity periods of candidates as they were really published, judged by the rule that governs them.</summary>
public sealed class RealPublicityTests
{
    [Fact]
    public void none_is_too_short_and_those_that_end_with_a_rest_day_are_warnings()
    {
        var law = Lawbook.Embedded;
        var limit = law.Provisions.Single(provision => provision.Id is "R-T-10").Limit;

        var counts = File.ReadLines(RealData.Find("legacy-candidates.jsonl"))
            .Select(line => JsonNode.Parse(line)!)
            .Select(notice => limit.Judge(Moment(notice, "publicityStart"), Moment(notice, "publicityEnd"), law.Calendar))
            .CountBy(judged => (judged.Outcome, judged.InOneReading)).ToDictionary();

        Assert.Equal(2, counts.Count);
        Assert.Equal((1037, 160), (counts[(VerdictOutcome.Compliant, false)], counts[(VerdictOutcome.Violation, true)]));
    }

    private static Moment? Moment(JsonNode notice, string member) =>
        TimeConverter.TryParse((string)notice[member]!, out var time) ? Trading.Law.Counting.Moment.At(time) : null;
}
