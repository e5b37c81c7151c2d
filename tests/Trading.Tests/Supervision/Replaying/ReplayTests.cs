using Trading.Events;
using Trading.Kernel;
using Trading.Law;
using Trading.Supervision.Replaying;
using Trading.Tests.Harness;
using Trading.Tests.Law;
using Xunit;
using static Trading.Tests.Harness.Samples;

namespace Trading.Tests.Supervision.Replaying;

public sealed class ReplayTests
{
    private static readonly AnnouncementPublished Open = Announced(L1, L2) with { Documents = new Documents(AnnouncedAt, At("2026-03-09T17:00:00"), "在交易系统下载") };

    [Fact]
    public void tells_which_notice_would_have_been_refused_and_goes_on_from_what_stood()
    {
        var strict = LawbookTests.With("""{"id":"R-T-03","value":25,"jurisdiction":"4205"}""");

        var replayed = Judge(strict, Registered(), Open, Extended("2026-04-01T09:00:00", L1));

        Assert.Equal([null, "R-T-03", null], replayed.Select(fact => fact.Refusal?.Rule.Code));
        Assert.Equal("示例条例 第一条", replayed[1].Refusal!.Rule.Citation);
        Assert.Contains(replayed[2].Findings, finding => finding is { Rule.Code: "R-T-03", Outcome: VerdictOutcome.Compliant });
    }

    [Fact]
    public void what_was_found_when_it_was_recorded_and_is_found_now_is_no_change()
    {
        var findings = Judge(Lawbook.Embedded, Registered(), Open)[1].Findings;
        var kept = findings.Select(Verdict.Of).Append(new Verdict("lot.twice", VerdictOutcome.Compliant, Severity.E, "示例", null, [])).ToList();

        var same = Replay.Of(Lawbook.Embedded, [(Registered(), []), (Open, kept)]).Last();
        Assert.Empty(same.Changes());
        Assert.Equal(findings.Count, same.Kept.Count);

        var strict = LawbookTests.With("""{"id":"R-T-03","value":25,"jurisdiction":"4205"}""", """{"id":"R-X-1"}""");
        var changes = Replay.Of(strict, [(Registered(), []), (Open, kept)]).Last().Changes().OrderBy(change => change.Rule, StringComparer.Ordinal).ToList();
        Assert.Equal(
            [("R-T-03", "001, 002", new ReplayedOutcome(VerdictOutcome.Compliant, "E"), new ReplayedOutcome(VerdictOutcome.Violation, "E")),
             ("R-X-1", "001, 002", null, new ReplayedOutcome(VerdictOutcome.Compliant, "E"))],
            changes.Select(change => (change.Rule, change.Lots, change.Before, change.After)));
    }

    [Fact]
    public void a_rule_that_is_there_no_more_is_a_change_too()
    {
        var gone = new Verdict("R-OLD-1", VerdictOutcome.Compliant, Severity.W, "示例", null, []);

        var change = Assert.Single(Replay.Of(Lawbook.Embedded, [(Registered(), [gone])]).Single().Changes(), change => change.Rule is "R-OLD-1");

        Assert.Equal(("R-OLD-1", new ReplayedOutcome(VerdictOutcome.Compliant, "W"), null), (change.Rule, change.Before, change.After));
    }

    [Fact]
    public void every_life_can_be_replayed() => Assert.All(Lives.All, life => Assert.Equal(life.Facts.Count, Judge(Lawbook.Embedded, [.. life.Facts]).Count));

    private static List<ReplayedFact> Judge(Lawbook law, params INoticed[] facts) =>
        [.. Replay.Of(law, facts.Select(fact => ((INoticed)Stored.Reread(fact), (IReadOnlyList<Verdict>)[])))];
}
