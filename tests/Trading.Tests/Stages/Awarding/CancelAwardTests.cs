using Trading.Kernel;
using Trading.Stages.Awarding;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Stages.Awarding;

public sealed class CancelAwardTests
{
    private static readonly object[] Awarded =
        [Registered(), Announced(L1, L2), Opened(L1, L2), Shown(L1, L2), Decided(To(First, L1), To(First, L2))];

    [Fact]
    public void takes_the_award_of_one_lot_back() =>
        Given<AwardState>(Awarded).When(Cancel(L1)).Then(Cancelled(L1)).ThenWarned();

    [Fact]
    public void refuses_to_take_it_back_twice() =>
        Given<AwardState>([.. Awarded, Cancelled(L1)]).When(Cancel(L1)).ThenRefused("award.not-awarded");

    [Fact]
    public void refuses_once_the_contract_is_signed() =>
        Given<AwardState>([.. Awarded, Contracted(L1)]).When(Cancel(L1)).ThenRefused("award.not-awarded");

    [Fact]
    public void refuses_a_lot_that_failed() =>
        Given<AwardState>(Registered(), Announced(L1), Decided(None(L1))).When(Cancel(L1)).ThenRefused("award.not-awarded");

    [Fact]
    public void refuses_an_unknown_lot() =>
        Given<AwardState>(Awarded).When(Cancel(NoLot)).ThenRefused("lot.unknown");

    [Fact]
    public void refuses_while_suspended() =>
        Given<AwardState>([.. Awarded, Suspended()]).When(Cancel(L1)).ThenRefused("procedure.suspended");

    private static Func<AwardState, Decision> Cancel(LotId lot) => state => Award.Cancel(state, Cancelled(lot));
}
