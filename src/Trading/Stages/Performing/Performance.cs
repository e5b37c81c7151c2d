using System.Collections.Immutable;
using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using static Trading.Stages.Performing.PerformanceRules;

namespace Trading.Stages.Performing;

public sealed record PerformanceState(Standing Standing, ImmutableDictionary<Guid, ContractLife> Contracts) : IStage<PerformanceState>
{
    public static PerformanceState? Fold(PerformanceState? state, object fact) => Standing.Fold(state?.Standing, fact) is { } standing
        ? new PerformanceState(standing, Heard(state?.Contracts ?? ImmutableDictionary<Guid, ContractLife>.Empty, fact))
        : null;

    private static ImmutableDictionary<Guid, ContractLife> Heard(ImmutableDictionary<Guid, ContractLife> contracts, object fact) => fact switch
    {
        ContractPublished e => contracts.SetItem(e.ContractId, ContractLife.Running),
        ContractTerminated e => contracts.SetItem(e.ContractId, ContractLife.Terminated),
        AcceptancePublished { Result: AcceptanceResult.Accepted } e => contracts.SetItem(e.ContractId, ContractLife.Accepted),
        _ => contracts,
    };
}

public enum ContractLife { Running, Accepted, Terminated }

/// <summary>履约: what is done under a contract, until it is accepted. A payment may follow the acceptance.</summary>
public static class Performance
{
    public static Decision Report(PerformanceState state, PerformanceReported fact, DateOnly today) =>
        Decision.Of(Performed(state, fact.ContractId, fact.OccurredOn, today), fact);

    public static Decision Accept(PerformanceState state, AcceptancePublished fact, DateOnly today) => Decision.Of(
        Performed(state, fact.ContractId, fact.AcceptedOn, today).Concat(
            state.Contracts.TryGetValue(fact.ContractId, out var life) ? [AlreadyAccepted.If(life is ContractLife.Accepted)] : []),
        fact);

    private static IEnumerable<Finding> Performed(PerformanceState state, Guid contract, DateOnly day, DateOnly today)
    {
        yield return ContractUnknown.If(!state.Contracts.ContainsKey(contract));
        foreach (var finding in Admission.Going(state.Standing)) yield return finding;
        yield return PerformanceRules.ContractTerminated.If(state.Contracts[contract] is ContractLife.Terminated);
        yield return OccurredInFuture.If(day > today, Day("day", day), Day("today", today));
    }

    private static Fact Day(string name, DateOnly day) => new(name, day.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
}
