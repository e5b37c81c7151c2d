using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using Trading.Law;
using Trading.Tests.Law;
using Trading.Vault;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Docket;

public sealed partial class CompletenessTests
{
    private static readonly AnnouncementPublished Sale = Offered(L1) with { Notice = Notice(5, category: TradeCategory.Land) };

    [Fact]
    public void names_what_is_missing_with_the_article_and_warns()
    {
        var finding = Finding("C-T-06-07", [Registered()], Shown(L1));

        Assert.Equal(
            (VerdictOutcome.Violation, RuleKind.Warning, Severity.W, "招标公告和公示信息发布管理办法 第六条"),
            (finding.Outcome, finding.Rule.Kind, finding.Rule.Severity, finding.Rule.Citation));
        Assert.Equal("公告缺少：提出异议的渠道和方式（招标公告和公示信息发布管理办法 第六条）。", finding.Rule.Explanation.Zh);
        Assert.Equal("The notice lacks: how to raise an objection.", finding.Rule.Explanation.En);
        Assert.Equal([new Fact("item", "/objectionChannel")], finding.Facts);
    }

    [Fact]
    public void refuses_a_land_sale_without_its_parcel()
    {
        var finding = Finding("C-L-09-02", [Registered(TradeCategory.Land, ProcedureMethod.Listing)], Sale with { Parcel = null });

        Assert.Equal((RuleKind.Unlawful, Severity.E, true), (finding.Rule.Kind, finding.Rule.Severity, finding.Broken));
    }

    [Fact]
    public void says_nothing_of_what_is_there()
    {
        var shown = Shown(L1) with { ObjectionChannel = "向招标人书面提出" };

        Assert.DoesNotContain(Judge([Registered()], shown), finding => finding.Rule.Code is "C-T-06-07");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    public void what_is_blank_is_missing(string channel) => Finding("C-T-06-07", [Registered()], Shown(L1) with { ObjectionChannel = channel });

    [Fact]
    public void a_list_without_elements_is_missing() => Finding(
        "C-G-38-02", [Registered(TradeCategory.Procurement, ProcedureMethod.SoleSource)], Of(TradeCategory.Procurement, Proposed(L1)) with { Opinions = [] });

    [Fact]
    public void names_the_elements_that_lack_it_by_lot_and_rank()
    {
        var shown = Shown(L1, L2);
        var lots = shown.Lots.Select(lot => lot with { Candidates = [.. lot.Candidates.Select(c => c with { Quality = "合格" })] }).ToList();
        lots[1] = lots[1] with { Candidates = [lots[1].Candidates[0], lots[1].Candidates[1] with { Quality = null }, lots[1].Candidates[2] with { Quality = "" }] };

        Assert.Equal("002/2, 002/3", Fact(Finding("C-T-06-01", [Registered()], shown with { Lots = lots }), "lacking"));
    }

    [Fact]
    public void of_many_elements_it_names_ten_and_counts_all()
    {
        var bids = Opened(L1, L2, L3, LotId.Parse("004"));

        var finding = Finding("C-T-506-03", [Registered()], bids);

        Assert.Equal((10, "12"), (Fact(finding, "lacking")!.Split(", ").Length, Fact(finding, "lackingInAll")));
    }

    [Fact]
    public void a_lot_that_failed_owes_nothing_of_a_supplier()
    {
        object[] facts = [Registered(TradeCategory.Procurement)];

        Assert.Equal("001", Fact(Finding("C-G-43-01", facts, Of(TradeCategory.Procurement, Decided(To(First, L1), None(L2)))), "lacking"));
        Assert.DoesNotContain(Judge(facts, Of(TradeCategory.Procurement, Decided(None(L1)))), finding => finding.Rule.Code is "C-G-43-01");
    }

    [Fact]
    public void an_item_is_demanded_where_its_condition_holds()
    {
        var terminated = Terminated(TerminationKind.Terminated, L1);

        Finding("C-T-31-01", [Registered()], terminated);
        Assert.Empty(Judge([Registered()], terminated with { Kind = TerminationKind.Failed }));
        Assert.Empty(Judge([Registered()], terminated with { Refund = "五日内退还。" }));
    }

    [Fact]
    public void a_condition_of_elements_exempts_them_one_by_one()
    {
        var lot = Ranked(L1, First, Second);
        var led = lot with { Candidates = [lot.Candidates[0], lot.Candidates[1] with { ProjectLeader = new ProjectLeader("王工") }] };

        Assert.Equal("001/2", Fact(Finding("C-T-06-05", [Registered()], Shown() with { Lots = [led] }), "lacking"));
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("第一开标室", null, false)]
    [InlineData(null, "不大于2.0", false)]
    public void any_of_several_will_do(string? density, string? ratio, bool missing)
    {
        var sale = Sale with { Parcel = new Parcel("示例2026-01", BuildingDensity: density, PlotRatio: ratio) };

        Assert.Equal(missing, Judge([Registered(TradeCategory.Land, ProcedureMethod.Listing)], sale).Any(finding => finding.Rule.Code is "C-L-09-10"));
    }

    [Fact]
    public void what_lies_in_the_vault_is_not_missing()
    {
        var shown = Shown(L1);
        var led = shown with { Lots = [shown.Lots[0] with { Candidates = [.. shown.Lots[0].Candidates.Select(c => c with { ProjectLeader = new ProjectLeader("王工", "示例-0001") })] }] };
        var kept = Sealing.Of(led).Fact;

        Assert.Null(((CandidatesPublicised)kept).Lots[0].Candidates[0].ProjectLeader);
        Assert.DoesNotContain(Judge([Registered()], kept), finding => finding.Rule.Code is "C-T-06-04" or "C-T-06-05");
    }

    [Theory]
    [InlineData(ProcedureMethod.Open, true, true)]
    [InlineData(ProcedureMethod.Open, false, false)]
    [InlineData(ProcedureMethod.Negotiation, true, false)]
    public void where_the_law_governs_something_else_nothing_is_demanded(ProcedureMethod method, bool statutory, bool demanded) =>
        Assert.Equal(demanded, Judge([Registered(method: method, statutory: statutory)], Shown(L1)).Any(finding => finding.Rule.Code is "C-T-06-07"));

    [Fact]
    public void a_registration_is_asked_by_what_it_says_of_itself()
    {
        Assert.Contains(Completeness.Findings(Lawbook.Embedded, null, Registered()), finding => finding.Rule.Code is "C-T-05-02");
        Assert.Empty(Completeness.Findings(Lawbook.Embedded, null, Registered(statutory: false)));
    }

    [Fact]
    public void where_nobody_follows_the_procedure_nothing_is_demanded() => Assert.Empty(Completeness.Findings(Lawbook.Embedded, null, Shown(L1)));

    [Fact]
    public void a_county_may_refuse_what_the_nation_warns_of_from_a_day_on()
    {
        var law = LawbookTests.WithContents(
            """{"id":"C-T-06-07","item":"/objectionChannel","jurisdiction":"4205","validFrom":"2026-03-26","severity":"E","citation":"示例条例 第二条"}""");
        var next = Shown(L1) with { Notice = Notice(14, At("2026-03-26T08:00:00")) };

        Assert.Equal(RuleKind.Warning, Finding("C-T-06-07", [Registered()], Shown(L1), law).Rule.Kind);
        Assert.Equal((RuleKind.Unlawful, "示例条例 第二条"), (Finding("C-T-06-07", [Registered()], next, law).Rule.Kind, Finding("C-T-06-07", [Registered()], next, law).Rule.Citation));
    }

    private static T Of<T>(TradeCategory category, T fact) where T : INoticed => fact switch
    {
        AwardAnnounced e => (T)(INoticed)(e with { Notice = Notice(15, DecidedAt, category) }),
        SoleSourcePublicised e => (T)(INoticed)(e with { Notice = Notice(6, category: category) }),
        _ => throw new ArgumentOutOfRangeException(nameof(fact)),
    };

    private static IReadOnlyList<Finding> Judge(IEnumerable<object> facts, INoticed fact, Lawbook? law = null) =>
        [.. Completeness.Findings(law ?? Lawbook.Embedded, Folded<Standing>(facts), fact)];

    private static Finding Finding(string rule, IEnumerable<object> facts, INoticed fact, Lawbook? law = null)
    {
        var findings = Judge(facts, fact, law);
        return findings.SingleOrDefault(finding => finding.Rule.Code == rule)
            ?? throw new Xunit.Sdk.XunitException($"not missing; but {string.Join(", ", findings.Select(finding => finding.Rule.Code))}");
    }

    private static string? Fact(Finding finding, string name) => finding.Facts.SingleOrDefault(fact => fact.Name == name)?.Value;
}
