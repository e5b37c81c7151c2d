using System.Collections.Immutable;
using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using static Trading.Supervision.Mending.DefectRules;

namespace Trading.Supervision.Mending;

/// <param name="Disclosed">The events whose defects were disclosed.</param>
public sealed record DefectState(Heading Heading, ImmutableHashSet<Guid> Disclosed) : IFolded<DefectState>, IHeaded
{
    public static DefectState? Fold(DefectState? state, object fact)
    {
        if (fact is not INoticed { Notice: var notice }) return state;
        var disclosed = state?.Disclosed ?? [];
        return new DefectState(state?.Heading ?? notice.Heading, fact is DefectDisclosed { DefectOf: var defect } ? disclosed.Add(defect) : disclosed);
    }
}

/// <summary>What the store knows of the event that is spoken of.</summary>
/// <param name="IsThere">Whether the procedure has it.</param>
/// <param name="IsDefective">Whether something cannot be made of it.</param>
public sealed record FoundEvent(bool IsThere, bool IsDefective);

/// <summary>数据缺陷说明: of an event that cannot be shown it is said why.</summary>
public static class DefectDecision
{
    public static Decision Disclose(DefectState state, DefectDisclosed fact, FoundEvent found)
    {
        return Decision.Of(Findings(), fact);

        IEnumerable<Finding> Findings()
        {
            yield return EventUnknown.If(!found.IsThere);
            yield return AlreadyDisclosed.If(state.Disclosed.Contains(fact.DefectOf));
            yield return NoDefect.If(!found.IsDefective);
            yield return NotPublic.If(!fact.Notice.Disclosure.IsPublic);
        }
    }
}
