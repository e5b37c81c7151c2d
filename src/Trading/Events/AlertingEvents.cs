using Trading.Kernel;

namespace Trading.Events;

/// <summary>What happens to an alert. Each alert is a stream of its own; its events are for supervisors and stand in the log as commitments.</summary>
public interface IAlerted
{
    /// <summary>The procedure that is watched.</summary>
    Guid ProcedureId { get; }

    Heading Heading { get; }

    string Rule { get; }
}

/// <summary>预警: a time the law sets has begun to run, is half or three quarters over, or has passed without what it was for.</summary>
/// <param name="Explanation">What the rule asks, and how it stands.</param>
/// <param name="ReachedAt">When the light came on, by the law; the event may be recorded later.</param>
/// <param name="DueAt">The last second that is in time.</param>
/// <param name="Lots">For which it is still awaited.</param>
/// <param name="Facts">What the rule was applied to.</param>
/// <param name="StartedBy">The notice with which the time began.</param>
public sealed record AlertRaised(
    Guid ProcedureId,
    Heading Heading,
    string Rule,
    string Citation,
    Wording Explanation,
    AlertLight Light,
    AlertStep Step,
    DateTimeOffset ReachedAt,
    DateTimeOffset DueAt,
    IReadOnlyList<LotId> Lots,
    IReadOnlyList<Fact> Facts,
    Guid StartedBy) : IAlerted;

/// <summary>预警解除: what was awaited has come, or is awaited no more.</summary>
/// <param name="SettledBy">The notice that brought it.</param>
public sealed record AlertSettled(
    Guid ProcedureId,
    Heading Heading,
    string Rule,
    AlertLight Light,
    AlertOutcome Outcome,
    DateTimeOffset SettledAt,
    Guid SettledBy) : IAlerted;

/// <summary>绿灯、黄灯、红灯.</summary>
public enum AlertLight { Green, Yellow, Red }

/// <summary>期限开始、过半、过四分之三、逾期.</summary>
public enum AlertStep { Begun, Half, ThreeQuarters, Broken }

/// <summary>按期、逾期办理, 不再适用 (the notice that began it was withdrawn, the lot terminated).</summary>
public enum AlertOutcome { Kept, Late, Lapsed }
