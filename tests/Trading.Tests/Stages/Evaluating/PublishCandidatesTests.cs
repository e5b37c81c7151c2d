using Trading.Events;
using Trading.Kernel;
using Trading.Stages.Evaluating;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Stages.Evaluating;

public sealed class PublishCandidatesTests
{
    private static readonly object[] BidsOpen = [Registered(), Announced(L1, L2, L3), Opened(L1, L2)];

    [Fact]
    public void shows_the_ranked_candidates_of_several_lots() =>
        Given<EvaluationState>(BidsOpen).When(Show(Shown(L1, L2) with { EvaluationReportReceivedAt = ShownAt }))
            .Then(Shown(L1, L2) with { EvaluationReportReceivedAt = ShownAt }).ThenWarned()
            .Keeping(
                "procedure.objection-open", "evaluation.publicity-past", "evaluation.report-in-future", "evaluation.one-to-three-candidates",
                "evaluation.ranks-not-consecutive", "evaluation.candidate-twice", "evaluation.candidate-did-not-bid");

    [Fact]
    public void refuses_before_the_opening() =>
        Given<EvaluationState>(BidsOpen).When(Show(Shown(L1, L3))).ThenRefused("evaluation.bids-not-opened");

    [Fact]
    public void refuses_to_show_candidates_twice() =>
        Given<EvaluationState>([.. BidsOpen, Shown(L1)]).When(Show(Shown(L1))).ThenRefused("evaluation.bids-not-opened");

    [Fact]
    public void shows_other_candidates_after_a_withdrawal()
    {
        var others = Shown() with { Notice = Shown().Another(50), Lots = [Ranked(L1, Second, Third)] };

        Given<EvaluationState>([.. BidsOpen, Shown(L1), Withdrawn(Shown())]).When(Show(others)).Then(others);
    }

    [Fact]
    public void shows_the_candidates_of_a_second_round()
    {
        var again = Announced(L1) with { Notice = Announced().Another(50), Lots = [new AnnouncedLot(L1, 2)] };
        var reopened = Opened() with { Notice = Opened().Another(51), Bids = [Bid(L1, Stranger), Bid(L1, Second), Bid(L1, Third)] };
        var shown = Shown() with { Lots = [Ranked(L1, Stranger)] };
        object[] facts = [.. BidsOpen, Decided(None(L1)), again, reopened];

        Given<EvaluationState>(facts).When(Show(shown)).Then(shown);
        Given<EvaluationState>(facts).When(Show(Shown(L1))).ThenRefused("evaluation.candidate-did-not-bid");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void refuses_other_than_one_to_three_candidates_of_a_tender(int count) =>
        Given<EvaluationState>(BidsOpen).When(Show(Shown() with { Lots = [Ranked(L1, [.. Everyone.Take(count)])] }))
            .ThenRefused("evaluation.one-to-three-candidates");

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(0, 1)]
    public void refuses_ties_and_gaps(int first, int second)
    {
        var candidates = Ranked(L1, First, Second).Candidates;

        Given<EvaluationState>(BidsOpen)
            .When(Show(Shown() with { Lots = [new LotCandidates(L1, [candidates[0] with { Rank = first }, candidates[1] with { Rank = second }])] }))
            .ThenRefused("evaluation.ranks-not-consecutive");
    }

    [Fact]
    public void refuses_a_candidate_twice_whatever_it_calls_itself() =>
        Given<EvaluationState>(BidsOpen).When(Show(Shown() with { Lots = [Ranked(L1, First, First with { Name = "示例一建" })] }))
            .ThenRefused("evaluation.candidate-twice");

    [Fact]
    public void refuses_a_candidate_that_did_not_bid() =>
        Given<EvaluationState>(BidsOpen).When(Show(Shown() with { Lots = [Ranked(L1, First, Stranger)] }))
            .ThenRefused("evaluation.candidate-did-not-bid");

    [Fact]
    public void knows_a_bidder_by_its_code_and_without_one_by_its_name()
    {
        var named = Shown() with { Lots = [Ranked(L1, First with { Name = "示例一建" }, Second with { CreditCode = null })] };

        Given<EvaluationState>(BidsOpen).When(Show(named)).Then(named);
    }

    [Fact]
    public void a_price_at_the_ceiling_is_shown_and_one_above_it_refused()
    {
        object[] Ceiling(string amount) => [Registered(), Announced(L1) with { CeilingPrice = Yuan(amount) }, Opened(L1)];

        Given<EvaluationState>(Ceiling("18120535.850000")).When(Show(Shown(L1))).Then(Shown(L1)).Keeping("evaluation.above-ceiling");
        Given<EvaluationState>(Ceiling("18120535.84")).When(Show(Shown(L1))).ThenRefused("evaluation.above-ceiling");
    }

    [Fact]
    public void prices_in_other_money_or_form_are_not_compared_with_the_ceiling()
    {
        object[] facts = [Registered(), Announced(L1) with { CeilingPrice = Yuan("100") }, Opened(L1)];
        var shown = Shown() with
        {
            Lots =
            [
                new LotCandidates(L1,
                [
                    new Candidate(1, First, new AmountPrice(Trading.Kernel.Yuan.Parse("1000"), "JPY")),
                    new Candidate(2, Second, new RatePrice(Percent.Parse("20.5"), "下浮率")),
                ]),
            ],
        };

        Given<EvaluationState>(facts).When(Show(shown)).Then(shown);
    }

    [Fact]
    public void the_ceiling_of_a_former_round_counts_no_more()
    {
        object[] facts =
        [
            Registered(), Announced(L1) with { CeilingPrice = Yuan("100") }, Terminated(TerminationKind.Failed, L1),
            Announced(L1) with { Notice = Announced().Another(50) }, Opened(L1),
        ];

        Given<EvaluationState>(facts).When(Show(Shown(L1))).Then(Shown(L1));
    }

    [Fact]
    public void refuses_a_publicity_that_ends_now() =>
        Given<EvaluationState>(BidsOpen).When(Show(Shown(L1), ShownUntil)).ThenRefused("evaluation.publicity-past");

    [Fact]
    public void refuses_a_report_received_in_the_future_and_names_when()
    {
        var decision = Show(Shown(L1) with { EvaluationReportReceivedAt = ShownAt.AddHours(1) })(Folded<EvaluationState>(BidsOpen));

        var finding = Assert.IsType<Decision.Refused>(decision).Finding;
        Assert.Equal("evaluation.report-in-future", finding.Rule.Code);
        Assert.Equal([new("evaluationReportReceivedAt", "2026-03-25T09:00:00+08:00")], finding.Facts);
    }

    [Fact]
    public void refuses_a_lot_twice() =>
        Given<EvaluationState>(BidsOpen).When(Show(Shown(L1, L1))).ThenRefused("lot.twice");

    [Fact]
    public void refuses_an_unknown_lot() =>
        Given<EvaluationState>(BidsOpen).When(Show(Shown(NoLot))).ThenRefused("lot.unknown");

    [Fact]
    public void refuses_where_things_are_sold_by_listing() =>
        Given<EvaluationState>(Registered(TradeCategory.Mineral, ProcedureMethod.Listing), Offered(L1)).When(Show(Shown(L1)))
            .ThenRefused("evaluation.not-in-course");

    [Fact]
    public void a_framework_shows_as_many_as_there_are_and_needs_no_opening()
    {
        var shown = Shown() with { Lots = [Ranked(L1, Everyone)] };

        Given<EvaluationState>(Registered(TradeCategory.Procurement, ProcedureMethod.Framework), Invited(L1)).When(Show(shown)).Then(shown);
    }

    [Fact]
    public void refuses_to_show_nobody_in_a_negotiation() =>
        Given<EvaluationState>(Registered(TradeCategory.Procurement, ProcedureMethod.Negotiation), Invited(L1))
            .When(Show(Shown() with { Lots = [Ranked(L1)] })).ThenRefused("evaluation.one-to-three-candidates");

    [Fact]
    public void a_tender_waits_for_the_answer_to_an_objection() =>
        Given<EvaluationState>([.. BidsOpen, Objected()]).When(Show(Shown(L1))).ThenRefused("procedure.objection-open");

    [Fact]
    public void refuses_while_suspended() =>
        Given<EvaluationState>([.. BidsOpen, Suspended()]).When(Show(Shown(L1))).ThenRefused("procedure.suspended");

    private static readonly Party[] Everyone = [First, Second, Third, Stranger];

    private static Func<EvaluationState, Decision> Show(CandidatesPublicised fact, DateTimeOffset? now = null) =>
        state => Evaluation.PublishCandidates(state, fact, now ?? ShownAt);
}
