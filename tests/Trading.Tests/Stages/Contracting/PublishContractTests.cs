using Trading.Events;
using Trading.Kernel;
using Trading.Stages.Contracting;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Stages.Contracting;

public sealed class PublishContractTests
{
    private static readonly object[] Awarded =
    [
        Registered(), Announced(L1, L2, L3), Opened(L1, L2, L3), Shown(L1, L2, L3),
        Decided(To(First, L1), To(First, L2, "1879464.15"), To(Second, L3, "5")),
    ];

    private static readonly ContractPublished OverBoth = Contracted(L1, L2) with { Value = Yuan("20000000") };

    [Fact]
    public void publishes_a_contract_over_one_lot() =>
        Given<ContractState>(Awarded).When(Publish(Contracted(L1))).Then(Contracted(L1)).ThenWarned()
            .Keeping("contract.number-taken", "contract.signed-in-future", "contract.other-supplier");

    [Fact]
    public void publishes_a_contract_over_two_lots_at_the_sum_of_their_prices() =>
        Given<ContractState>(Awarded).When(Publish(OverBoth)).Then(OverBoth).ThenWarned();

    [Fact]
    public void publishes_a_second_contract_over_the_other_lot() =>
        Given<ContractState>([.. Awarded, Contracted(L1)])
            .When(Publish(Contracted(L2) with { Number = "示例-2026-002", Value = Yuan("1879464.15") })).ThenWarned();

    [Fact]
    public void warns_of_another_value() =>
        Given<ContractState>(Awarded).When(Publish(Contracted(L1, L2))).ThenWarned("contract.other-value");

    [Fact]
    public void values_that_are_no_amounts_or_of_other_money_are_not_compared()
    {
        var rate = Contracted(L1) with { Value = new RatePrice(Percent.Parse("20.5"), "下浮率") };
        var dollars = Contracted(L1) with { Value = new AmountPrice(Trading.Kernel.Yuan.Parse("2500000"), "USD") };

        Given<ContractState>(Awarded).When(Publish(rate)).Then(rate).ThenWarned();
        Given<ContractState>(Awarded).When(Publish(dollars)).Then(dollars).ThenWarned();
    }

    [Fact]
    public void a_sum_larger_than_any_amount_is_only_another_value() =>
        Given<ContractState>(
                Registered(TradeCategory.Other, ProcedureMethod.Listing), Listed(L1, L2),
                Decided(To(First, L1, "99999999999999"), To(First, L2, "99999999999999")))
            .When(Publish(Contracted(L1, L2))).ThenWarned("contract.other-value");

    [Fact]
    public void refuses_another_supplier() =>
        Given<ContractState>(Awarded).When(Publish(Contracted(L1, L3))).ThenRefused("contract.other-supplier");

    [Fact]
    public void the_supplier_awarded_last_is_the_one_that_counts()
    {
        object[] facts = [.. Awarded, Cancelled(L1), Decided(To(Second, L1)) with { Notice = Decided().Another(50) }];

        Given<ContractState>(facts).When(Publish(Contracted(L1))).ThenRefused("contract.other-supplier");
        Given<ContractState>(facts).When(Publish(Contracted(L1) with { Supplier = Second })).Then(Contracted(L1) with { Supplier = Second });
    }

    [Fact]
    public void refuses_a_lot_whose_award_was_cancelled() =>
        Given<ContractState>([.. Awarded, Cancelled(L1)]).When(Publish(Contracted(L1))).ThenRefused("contract.lot-not-awarded");

    [Fact]
    public void refuses_a_lot_that_has_its_contract() =>
        Given<ContractState>([.. Awarded, Contracted(L1)]).When(Publish(OverBoth)).ThenRefused("contract.lot-not-awarded");

    [Fact]
    public void refuses_a_number_that_is_taken() =>
        Given<ContractState>([.. Awarded, Contracted(L1), TerminatedContract()]).When(Publish(Contracted(L2))).ThenRefused("contract.number-taken");

    [Fact]
    public void a_contract_signed_today_is_published_and_one_of_tomorrow_refused()
    {
        Given<ContractState>(Awarded).When(Publish(Contracted(L1) with { SignedOn = Today })).Then(Contracted(L1) with { SignedOn = Today });
        Given<ContractState>(Awarded).When(Publish(Contracted(L1) with { SignedOn = Today.AddDays(1) })).ThenRefused("contract.signed-in-future");
    }

    [Fact]
    public void refuses_an_unknown_lot() =>
        Given<ContractState>(Awarded).When(Publish(Contracted(L1, NoLot))).ThenRefused("lot.unknown");

    [Fact]
    public void refuses_a_lot_named_twice() =>
        Given<ContractState>(Awarded).When(Publish(Contracted(L1, L1))).ThenRefused("lot.twice");

    [Fact]
    public void refuses_a_contract_over_nothing() =>
        Given<ContractState>(Awarded).When(Publish(Contracted())).ThenRefused("lot.missing");

    [Fact]
    public void a_tender_waits_for_the_answer_to_an_objection() =>
        Given<ContractState>([.. Awarded, Objected()]).When(Publish(Contracted(L1))).ThenRefused("procedure.objection-open");

    [Fact]
    public void refuses_while_suspended() =>
        Given<ContractState>([.. Awarded, Suspended()]).When(Publish(Contracted(L1))).ThenRefused("procedure.suspended");

    private static Func<ContractState, Decision> Publish(ContractPublished fact) => state => Contract.Publish(state, fact, Today);
}
