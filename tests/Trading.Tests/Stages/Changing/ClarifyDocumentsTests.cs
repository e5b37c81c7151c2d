using Trading.Events;
using Trading.Kernel;
using Trading.Stages.Changing;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Stages.Changing;

public sealed class ClarifyDocumentsTests
{
    private static readonly object[] Out = [Registered(), Announced(L1, L2)];

    [Fact]
    public void says_more_before_the_deadline() =>
        Given<ChangeState>(Out).When(Clarify(Clarified(L1))).Then(Clarified(L1)).ThenWarned()
            .Keeping("lot.unknown", "change.deadline-earlier", "change.opening-before-deadline");

    [Fact]
    public void means_every_lot_that_is_out_when_none_is_named() =>
        Assert.Equal([L1, L2], Folded<ChangeState>(Out).Out(null));

    [Fact]
    public void explains_the_documents_of_a_prequalification() =>
        Given<ChangeState>(Registered(), Prequalified(L1)).When(Clarify(Clarified(L1))).Then(Clarified(L1));

    [Fact]
    public void explains_what_is_negotiated_without_a_deadline() =>
        Given<ChangeState>(Registered(TradeCategory.Procurement, ProcedureMethod.Negotiation), Announced(L1) with { Submission = null, Opening = null })
            .When(Clarify(Clarified(L1))).Then(Clarified(L1));

    [Fact]
    public void puts_the_deadline_off_and_the_opening_with_it() =>
        Given<ChangeState>(Out).When(Clarify(Clarified(L1) with { Submission = new Submission(ClosesAt.AddDays(7)) }))
            .Then(Clarified(L1) with { Submission = new Submission(ClosesAt.AddDays(7)) });

    [Fact]
    public void refuses_at_the_deadline() =>
        Given<ChangeState>(Out).When(Clarify(Clarified(L1), ClosesAt)).ThenRefused("change.deadline-passed");

    [Fact]
    public void a_deadline_put_off_is_the_one_that_counts() =>
        Given<ChangeState>([.. Out, Extended("2026-03-30T09:00:00", L1)]).When(Clarify(Clarified(L1), ClosesAt)).Then(Clarified(L1));

    [Fact]
    public void the_deadline_of_a_withdrawn_clarification_counts_no_more() =>
        Given<ChangeState>([.. Out, Clarified(L1) with { Submission = new Submission(ClosesAt.AddDays(7)) }, Withdrawn(Clarified())])
            .When(Clarify(Clarified(L1), ClosesAt)).ThenRefused("change.deadline-passed");

    [Fact]
    public void refuses_an_earlier_deadline() =>
        Given<ChangeState>(Out).When(Clarify(Clarified(L1) with { Submission = new Submission(ClosesAt.AddSeconds(-1)) }))
            .ThenRefused("change.deadline-earlier");

    [Fact]
    public void refuses_an_opening_before_the_deadline() =>
        Given<ChangeState>(Out).When(Clarify(Clarified(L1) with { Opening = new OpeningPlan(ClosesAt.AddSeconds(-1)) }))
            .ThenRefused("change.opening-before-deadline");

    [Fact]
    public void refuses_a_lot_that_is_not_out() =>
        Given<ChangeState>(Out).When(Clarify(Clarified(L1, L3))).ThenRefused("change.lot-not-out");

    [Fact]
    public void refuses_a_lot_whose_announcement_was_withdrawn() =>
        Given<ChangeState>([.. Out, Withdrawn(Announced())]).When(Clarify(Clarified(L1))).ThenRefused("change.lot-not-out");

    [Fact]
    public void refuses_an_unknown_lot() =>
        Given<ChangeState>(Out).When(Clarify(Clarified(NoLot))).ThenRefused("lot.unknown");

    [Fact]
    public void refuses_where_nothing_is_out() =>
        Given<ChangeState>(Registered()).When(Clarify(Clarified())).ThenRefused("lot.missing");

    [Fact]
    public void refuses_while_suspended() =>
        Given<ChangeState>([.. Out, Suspended()]).When(Clarify(Clarified(L1))).ThenRefused("procedure.suspended");

    private static Func<ChangeState, Decision> Clarify(DocumentsClarified fact, DateTimeOffset? now = null) =>
        state => Change.Clarify(state, fact, now ?? AnnouncedAt);
}
