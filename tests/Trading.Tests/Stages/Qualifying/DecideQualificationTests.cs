using Trading.Events;
using Trading.Kernel;
using Trading.Stages.Qualifying;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Stages.Qualifying;

public sealed class DecideQualificationTests
{
    private static readonly QualificationDecided Fact = Qualified(L1, L2);

    [Fact]
    public void decides_who_may_take_part_before_the_bids() =>
        Given<QualificationState>(Registered(), Prequalified(L1, L2)).When(Decide(Fact)).Then(Fact).ThenWarned()
            .Keeping("qualification.bidder-twice", "qualification.reason-missing");

    [Fact]
    public void decides_after_the_bids_and_before_a_sale() =>
        Given<QualificationState>(Registered(TradeCategory.Property, ProcedureMethod.Listing), Listed(L1, L2)).When(Decide(Fact)).Then(Fact);

    [Fact]
    public void tells_the_rejected_why()
    {
        var fact = Fact with { Results = [Rejected("业绩不符合要求")] };

        Given<QualificationState>(Registered(), Announced(L1), Opened(L1)).When(Decide(fact)).Then(fact);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void refuses_to_reject_without_a_reason(string? reason) =>
        Given<QualificationState>(Registered(), Announced(L1)).When(Decide(Fact with { Results = [Rejected(reason)] }))
            .ThenRefused("qualification.reason-missing");

    [Fact]
    public void refuses_a_bidder_twice_in_one_lot() =>
        Given<QualificationState>(Registered(), Announced(L1)).When(Decide(Fact with { Results = [.. Qualified(L1).Results, Rejected("重复")] }))
            .ThenRefused("qualification.bidder-twice");

    [Fact]
    public void refuses_a_lot_that_is_not_out() =>
        Given<QualificationState>(Registered(), Prequalified(L1)).When(Decide(Fact)).ThenRefused("qualification.lot-not-out");

    [Fact]
    public void refuses_a_lot_that_has_failed() =>
        Given<QualificationState>(Registered(), Prequalified(L1, L2), Decided(None(L2))).When(Decide(Fact)).ThenRefused("qualification.lot-not-out");

    [Fact]
    public void refuses_an_unknown_lot() =>
        Given<QualificationState>(Registered(), Prequalified(L1)).When(Decide(Qualified(NoLot))).ThenRefused("lot.unknown");

    [Fact]
    public void refuses_a_result_of_nothing() =>
        Given<QualificationState>(Registered(), Prequalified(L1)).When(Decide(Qualified())).ThenRefused("lot.missing");

    [Fact]
    public void refuses_while_suspended() =>
        Given<QualificationState>(Registered(), Prequalified(L1, L2), Suspended()).When(Decide(Fact)).ThenRefused("procedure.suspended");

    private static QualificationResult Rejected(string? reason) => new(L1, First, QualificationOutcome.Rejected, reason);

    private static Func<QualificationState, Decision> Decide(QualificationDecided fact) => state => Qualification.Decide(state, fact);
}
