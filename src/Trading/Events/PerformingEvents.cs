using Trading.Kernel;

namespace Trading.Events;

/// <summary>履约信息: something the parties did, or failed to do, under the contract.</summary>
public sealed record PerformanceReported(
    Notice Notice,
    Guid ContractId,
    PerformanceKind Kind,
    DateOnly OccurredOn,
    string Description,
    Price? Amount = null) : INoticed;

/// <summary>进度、支付、结算、延误、完工.</summary>
public enum PerformanceKind { Progress, Payment, Settlement, Delay, Completion }

/// <summary>验收公告 (政府采购法实施条例 第四十五条).</summary>
public sealed record AcceptancePublished(
    Notice Notice, Guid ContractId, DateOnly AcceptedOn, AcceptanceResult Result, string? Opinion = null) : INoticed;

public enum AcceptanceResult { Accepted, Rejected }
