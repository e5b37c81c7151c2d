using System.Text.RegularExpressions;
using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using Trading.Law;
using Trading.Tests.Harness;
using Trading.Tests.Law;
using Xunit;
using static Trading.Kernel.VerdictOutcome;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Docket;

public sealed partial class TimingTests
{
    private static readonly Documents Documents = new(AnnouncedAt, At("2026-03-09T17:00:00"), "在交易系统下载");
    private static readonly AnnouncementPublished Open = Announced(L1, L2) with { Documents = Documents };

    [Fact]
    public void every_moment_has_a_name_that_a_pack_declares()
    {
        var declared = Lawbook.Embedded.Packs.SelectMany(pack => pack.Anchors.Keys).ToHashSet();
        var named = MilestoneTable.All.Select(row => row.Name).ToHashSet();

        Assert.True(named.Count > 30, string.Join(", ", named));
        Assert.Empty(named.Except(declared));
    }

    [Fact]
    public void tells_of_every_rule_in_play_kept_or_not()
    {
        var findings = Judge([Registered()], Open);

        Assert.Equal(["R-T-01 Compliant", "R-T-03 Compliant", "R-T-05 NotApplicable", "R-T-07 NotApplicable"], Told(findings));
        Assert.All(findings, finding => Assert.Contains(new Fact("lots", "001, 002"), finding.Facts));
    }

    [Fact]
    public void refuses_by_the_article_and_says_what_would_be_lawful()
    {
        var broken = Finding("R-T-03", [Registered()], Open with { Submission = new Submission(At("2026-03-22T07:59:59")) });

        Assert.Equal((Violation, RuleKind.Unlawful, Severity.E, "招标投标法 第二十四条"), (broken.Outcome, broken.Rule.Kind, broken.Rule.Severity, broken.Rule.Citation));
        Assert.Contains(new Fact("earliestLawful", "2026-03-22T08:00:00+08:00"), broken.Facts);
        Assert.EndsWith("最早合法的投标、响应截止时间：2026-03-22T08:00:00+08:00。", broken.Rule.Explanation.Zh, StringComparison.Ordinal);
        Assert.EndsWith("Earliest lawful submission deadline: 2026-03-22T08:00:00+08:00.", broken.Rule.Explanation.En, StringComparison.Ordinal);
    }

    [Fact]
    public void what_is_broken_in_one_reading_alone_is_a_warning()
    {
        var five = Open with { Documents = Documents with { AvailableUntil = At("2026-03-06T17:00:00") } };

        var finding = Finding("R-T-01", [Registered()], five);

        Assert.Equal((Violation, RuleKind.Warning, Severity.W), (finding.Outcome, finding.Rule.Kind, finding.Rule.Severity));
    }

    [Fact]
    public void what_ends_before_it_begins_is_refused()
    {
        var finding = Finding("R-T-01", [Registered()], Open with { Documents = Documents with { AvailableUntil = At("2026-03-01T17:00:00") } });

        Assert.Equal((InvalidInput, true, RuleKind.Unlawful), (finding.Outcome, finding.Broken, finding.Rule.Kind));
    }

    [Fact]
    public void without_its_beginning_a_rule_is_uncertain_and_says_what_is_missing()
    {
        var finding = Finding("R-T-03", [Registered()], Announced(L1));

        Assert.Equal((Uncertain, false), (finding.Outcome, finding.Broken));
        Assert.EndsWith("缺少采购、招标文件开始发出时间，无法判断。", finding.Rule.Explanation.Zh, StringComparison.Ordinal);
        Assert.EndsWith("Not known: first day of the documents.", finding.Rule.Explanation.En, StringComparison.Ordinal);
    }

    [Fact]
    public void without_its_end_a_rule_waits() => Assert.DoesNotContain(Judge([Registered()], Open with { Submission = null }), finding => finding.Rule.Code is "R-T-03");

    [Fact]
    public void in_a_year_without_a_calendar_a_rule_is_uncertain() =>
        Assert.Equal(Uncertain, Finding(
            "R-G-10", [Registered(TradeCategory.Procurement, ProcedureMethod.SoleSource)],
            Proposed(L1) with { Publicity = new Period(At("2027-03-01T08:00:00"), At("2027-03-20T18:00:00")) }).Outcome);

    [Theory]
    [InlineData(ProcedureMethod.Open, true, Compliant)]
    [InlineData(ProcedureMethod.Open, false, NotApplicable)]
    [InlineData(ProcedureMethod.Negotiation, true, NotApplicable)]
    public void where_the_law_governs_something_else_a_rule_is_not_applicable(ProcedureMethod method, bool statutory, VerdictOutcome outcome) =>
        Assert.Equal(outcome, Finding("R-T-03", [Registered(method: method, statutory: statutory)], Open).Outcome);

    [Theory]
    [InlineData("2026-03-08T18:00:00", null, Compliant)]
    [InlineData("2026-03-09T08:00:00", null, Violation)]
    [InlineData("2026-03-09T08:00:00", "2026-03-24T09:00:00", Compliant)]
    public void a_change_that_affects_bids_comes_fifteen_days_before_the_deadline_or_moves_it(string changed, string? deadline, VerdictOutcome outcome)
    {
        var fact = Clarified(L1) with
        {
            Notice = Clarified().Notice with { PublishedAt = At(changed) }, AffectsBidPreparation = true,
            Submission = deadline is null ? null : new Submission(At(deadline)),
        };

        Assert.Equal(outcome, Finding("R-T-05", [Registered(), Open], fact).Outcome);
    }

    [Theory]
    [InlineData("2026-03-09T17:00:00", Compliant)]
    [InlineData("2026-03-10T17:00:00", Violation)]
    public void the_period_of_an_announcement_is_not_that_of_an_award(string until, VerdictOutcome outcome)
    {
        INoticed[] registered = [Registered(TradeCategory.Procurement)];
        var open = Open with { NoticePeriod = new Period(AnnouncedAt, At(until)) };
        var award = Decided(To(First, L1)) with { NoticePeriod = new Period(DecidedAt, DecidedAt.AddDays(1)) };

        Assert.Equal(outcome, Finding("R-G-04", registered, open).Outcome);
        Assert.DoesNotContain(Judge(registered, open), finding => finding.Rule.Code is "R-G-12b");
        Assert.Equal(Compliant, Finding("R-G-12b", [.. registered, open], award).Outcome);
        Assert.DoesNotContain(Judge([.. registered, open], award), finding => finding.Rule.Code is "R-G-04");
    }

    [Theory]
    [InlineData("2026-03-15T09:00:00", Compliant)]
    [InlineData("2026-03-15T08:59:59", Violation)]
    public void what_is_auctioned_is_displayed_for_two_days(string until, VerdictOutcome outcome) => Assert.Equal(
        outcome, Finding("R-A-02", [Registered(TradeCategory.Property, ProcedureMethod.Auction)], Listed(L1) with { Display = new Display(At("2026-03-13T09:00:00"), At(until)) }).Outcome);

    [Fact]
    public void a_change_that_does_not_affect_bids_needs_no_days() => Assert.Empty(Judge([Registered(), Open], Clarified(L1)));

    [Fact]
    public void before_an_announcement_a_change_is_one_of_the_prequalification()
    {
        var fact = Clarified(L1) with { AffectsBidPreparation = true, Notice = Clarified().Notice with { PublishedAt = At("2026-03-08T08:00:00") } };

        var finding = Finding("R-T-04", [Registered(), Prequalified(L1)], fact);

        Assert.Equal(Violation, finding.Outcome);
        Assert.Contains(new Fact("earliestLawful", "2026-03-11"), finding.Facts);
    }

    [Theory]
    [InlineData("2026-03-28T18:00:00", Compliant)]
    [InlineData("2026-03-28T17:59:59", Violation)]
    public void nothing_is_awarded_while_the_candidates_are_shown(string decided, VerdictOutcome outcome) =>
        Assert.Equal(outcome, Finding(
            "R-T-12", [Registered(), Open, Opened(L1, L2), Shown(L1, L2)], Decided(To(First, L1)) with { DecidedAt = At(decided) }).Outcome);

    [Fact]
    public void a_lot_may_fail_while_the_candidates_are_shown() =>
        Assert.Empty(Judge([Registered(), Open, Opened(L1), Shown(L1)], Decided(None(L1)) with { DecidedAt = ShownAt }));

    [Fact]
    public void where_no_candidates_were_shown_the_award_waits_for_nothing() =>
        Assert.Equal(NotApplicable, Finding("R-T-12", [Registered(statutory: false), Open, Opened(L1)], Decided(To(First, L1))).Outcome);

    [Theory]
    [InlineData("2026-03-10T18:00:00", Compliant)]
    [InlineData("2026-03-10T17:59:59", Violation)]
    public void nothing_is_awarded_while_the_only_supplier_is_shown_also_after_the_announcement(string decided, VerdictOutcome outcome)
    {
        var fact = Decided(To(First, L1)) with { DecidedAt = At(decided) };
        object[] shown = [Registered(TradeCategory.Procurement, ProcedureMethod.SoleSource), Proposed(L1)];

        Assert.Equal(outcome, Finding("R-G-10b", shown, fact).Outcome);
        Assert.Equal(outcome, Finding("R-G-10b", [.. shown, Invited(L1)], fact).Outcome);
    }

    [Fact]
    public void an_objection_is_answered_by_the_third_day_and_each_by_its_own()
    {
        object[] facts = [Registered(), Open, Opened(L1), Shown(L1), Objected(), Objected() with { ObjectionId = Id(902), ReceivedAt = At("2026-03-27T10:00:00") }];

        // 2026-03-29 is a Sunday, so that of the first ends on the 30th.
        Assert.Equal(Compliant, Finding("R-T-08", facts, Answered() with { AnsweredAt = At("2026-03-30T23:00:00") }).Outcome);
        Assert.Equal(Violation, Finding("R-T-08", facts, Answered() with { AnsweredAt = At("2026-03-31T00:00:00") }).Outcome);
        Assert.Equal(Compliant, Finding("R-T-08", facts, Answered() with { ObjectionId = Id(902), AnsweredAt = At("2026-03-30T08:00:00") }).Outcome);
    }

    [Fact]
    public void the_contract_follows_the_award_within_thirty_days_and_not_one_that_was_cancelled()
    {
        object[] awarded = [Registered(), Open, Opened(L1), Shown(L1), Decided(To(First, L1))];
        var again = Decided(To(Second, L1)) with { Notice = Notice(50, At("2026-05-11T10:00:00")), DecidedAt = At("2026-05-11T09:00:00") };
        var late = Contracted(L1) with { SignedOn = new DateOnly(2026, 5, 12) };

        Assert.Equal(Compliant, Finding("R-T-14", awarded, Contracted(L1) with { SignedOn = new DateOnly(2026, 4, 29) }).Outcome);
        Assert.Equal(Violation, Finding("R-T-14", awarded, late).Outcome);
        Assert.Equal(Uncertain, Finding("R-T-14", [.. awarded, Cancelled(L1)], late).Outcome);
        Assert.Equal(Compliant, Finding("R-T-14", [.. awarded, Cancelled(L1), again], late).Outcome);
    }

    [Fact]
    public void what_was_withdrawn_counts_no_more()
    {
        var changed = Clarified(L1) with { AffectsBidPreparation = true };
        var extended = Extended("2026-03-24T09:00:00", L1);

        Assert.Equal(Compliant, Finding("R-T-05", [Registered(), Open, changed], extended).Outcome);
        Assert.Equal(NotApplicable, Finding("R-T-05", [Registered(), Open, changed, Withdrawn(changed)], extended).Outcome);
        Assert.Equal(Uncertain, Finding("R-T-03", [Registered(), Open, changed, Withdrawn(Open)], Announced(L1)).Outcome);
    }

    [Fact]
    public void lots_with_times_of_their_own_are_judged_each()
    {
        object[] facts = [Registered(), Open with { Lots = [new AnnouncedLot(L1, 1)] }, Announced(L2) with { Notice = Notice(50), Documents = Documents with { AvailableFrom = At("2026-03-04T08:00:00") } }];

        var findings = Judge(facts, Extended("2026-03-24T07:00:00", L1, L2)).Where(finding => finding.Rule.Code is "R-T-03").ToList();

        Assert.Equal([("001", Compliant), ("002", Violation)], findings.Select(finding => (finding.Facts[0].Value, finding.Outcome)));
    }

    [Fact]
    public void a_rule_that_changes_leaves_alone_what_was_put_out_before()
    {
        var law = LawbookTests.With(
            """{"id":"R-X-1","value":20,"validTo":"2026-03-02"}""", """{"id":"R-X-1","value":30,"validFrom":"2026-03-03"}""");
        var next = At("2026-03-03T08:00:00");
        var later = Open with { Notice = Open.Notice with { PublishedAt = next }, Documents = Documents with { AvailableFrom = next }, Submission = new Submission(At("2026-03-24T09:00:00")) };

        Assert.Equal(Compliant, Finding("R-X-1", [Registered()], Open, law).Outcome);
        Assert.Equal(Compliant, Finding("R-X-1", [Registered(), Open], Extended("2026-03-25T09:00:00", L1), law).Outcome);
        Assert.Equal(Violation, Finding("R-X-1", [Registered()], later, law).Outcome);
    }

    [Fact]
    public void a_county_rule_beats_the_national()
    {
        var law = LawbookTests.With("""{"id":"R-T-03","value":25,"jurisdiction":"4205"}""");

        Assert.Equal((Violation, "示例条例 第一条"), (Finding("R-T-03", [Registered()], Open, law).Outcome, Finding("R-T-03", [Registered()], Open, law).Rule.Citation));
    }

    [Fact]
    public void a_procedure_that_comes_into_being_has_no_time_to_keep() => Assert.Empty(Timing.Findings(Lawbook.Embedded, null, Registered()));

    [Fact]
    public void a_notice_of_a_former_system_is_judged_by_the_law_of_its_day_and_place_whatever_its_method()
    {
        var legacy = Lives.Legacy(1);
        Assert.Equal(["R-T-10 Compliant"], Told(Lawfulness.Findings(Lawbook.Embedded, null, legacy)));
        Assert.Equal(["R-T-10 Violation"], Told(Lawfulness.Findings(LawbookTests.With("""{"id":"R-T-10","from":"publicity-from","to":"publicity-until","value":5,"jurisdiction":"4205"}"""), null, legacy)));

        Assert.Empty(Lawfulness.Findings(Lawbook.Embedded, null, legacy with { PublishedOn = new DateOnly(2012, 1, 31) }));
        Assert.Empty(Lawfulness.Findings(Lawbook.Embedded, null, legacy with { Publicity = null }));
        Assert.Empty(Lawfulness.Findings(Lawbook.Embedded, null, legacy with { Notice = Notice(1, Later, TradeCategory.Land) }));
    }

    private static IReadOnlyList<Finding> Judge(IEnumerable<object> facts, INoticed fact, Lawbook? law = null) =>
        [.. Timing.Findings(law ?? Lawbook.Embedded, Folded<Standing>(facts), fact)];

    private static Finding Finding(string rule, IEnumerable<object> facts, INoticed fact, Lawbook? law = null)
    {
        var findings = Judge(facts, fact, law);
        return findings.SingleOrDefault(finding => finding.Rule.Code == rule) ?? throw new Xunit.Sdk.XunitException($"not in play: {string.Join(", ", Told(findings))}");
    }

    private static IEnumerable<string> Told(IEnumerable<Finding> findings) =>
        findings.Select(finding => $"{finding.Rule.Code} {finding.Outcome}").Order(StringComparer.Ordinal);

    [GeneratedRegex("\"([a-z]+(?:-[a-z]+)+)\"")]
    private static partial Regex MomentName();
}
