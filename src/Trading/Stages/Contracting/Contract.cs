using System.Collections.Immutable;
using System.Globalization;
using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using static Trading.Stages.Contracting.ContractRules;

namespace Trading.Stages.Contracting;

/// <param name="Awards">The standing award of each lot.</param>
/// <param name="Numbers">Of all contracts so far.</param>
/// <param name="Contracts">By id; true while they run.</param>
public sealed record ContractState(
    Standing Standing,
    ImmutableDictionary<LotId, LotResult.Awarded> Awards,
    ImmutableHashSet<string> Numbers,
    ImmutableDictionary<Guid, bool> Contracts) : IStage<ContractState>
{
    public static ContractState? Fold(ContractState? state, object fact) => Standing.Fold(state?.Standing, fact) is { } standing
        ? ((state ?? new ContractState(
            standing, ImmutableDictionary<LotId, LotResult.Awarded>.Empty, [], ImmutableDictionary<Guid, bool>.Empty))
            with { Standing = standing }).Heard(fact)
        : null;

    private ContractState Heard(object fact) => fact switch
    {
        AwardAnnounced e => this with
        {
            Awards = Awards.SetItems(e.Results.OfType<LotResult.Awarded>().Select(r => KeyValuePair.Create(r.LotId, r))),
        },
        AwardCancelled e => this with { Awards = Awards.Remove(e.LotId) },
        ContractPublished e => this with { Numbers = Numbers.Add(e.Number), Contracts = Contracts.SetItem(e.ContractId, true) },
        ContractTerminated e => this with { Contracts = Contracts.SetItem(e.ContractId, false) },
        _ => this,
    };
}

/// <summary>合同: what was awarded is signed, changed and ended.</summary>
public static class Contract
{
    public static Decision Publish(ContractState state, ContractPublished fact, DateOnly today)
    {
        return Decision.Of(Findings(), fact);

        IEnumerable<Finding> Findings()
        {
            foreach (var finding in Admission.Going(state.Standing)) yield return finding;
            foreach (var finding in Admission.Lots(
                state.Standing, fact.Lots, lot => lot.Progress is LotProgress.Awarded, LotNotAwarded))
                yield return finding;
            yield return Admission.Unopposed(state.Standing);
            yield return NumberTaken.If(state.Numbers.Contains(fact.Number), new Fact("number", fact.Number));
            yield return SignedInFuture.If(fact.SignedOn > today, Day("signedOn", fact.SignedOn), Day("today", today));
            foreach (var lot in fact.Lots)
                yield return OtherSupplier.If(
                    !state.Awards[lot].Supplier.Named.Is(fact.Supplier.Named),
                    new Fact("lot", lot.ToString()), new Fact("awardedTo", state.Awards[lot].Supplier.Name));

            var amounts = fact.Lots.Select(lot => state.Awards[lot].Price).OfType<AmountPrice>().ToList();
            if (fact.Value is AmountPrice value && amounts.Count == fact.Lots.Count && amounts.TrueForAll(a => a.Currency == value.Currency))
            {
                var sum = amounts.Sum(a => a.Amount.Value);
                yield return OtherValue.If(
                    value.Amount.Value != sum,
                    new Fact("value", value.Amount.ToString()), new Fact("awarded", sum.ToString(CultureInfo.InvariantCulture)));
            }
        }
    }

    public static Decision Amend(ContractState state, ContractAmended fact, DateOnly today) => Decision.Of(
        Running(state, fact.ContractId).Append(
            SignedInFuture.If(fact.SignedOn > today, Day("signedOn", fact.SignedOn), Day("today", today))),
        fact);

    public static Decision Terminate(ContractState state, ContractTerminated fact, DateOnly today) => Decision.Of(
        Running(state, fact.ContractId).Append(
            TerminatedInFuture.If(fact.TerminatedOn > today, Day("terminatedOn", fact.TerminatedOn), Day("today", today))),
        fact);

    private static IEnumerable<Finding> Running(ContractState state, Guid contract)
    {
        yield return Unknown.If(!state.Contracts.ContainsKey(contract));
        foreach (var finding in Admission.Going(state.Standing)) yield return finding;
        yield return Terminated.If(!state.Contracts[contract]);
    }

    private static Fact Day(string name, DateOnly day) => new(name, day.ToString("O", CultureInfo.InvariantCulture));
}
