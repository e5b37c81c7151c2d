using Trading.Kernel;

namespace Trading.Events;

/// <summary>终止公告、流标公告: these lots go no further (招标投标法实施条例 第三十一条).</summary>
/// <param name="Refund">文件费用、投标保证金的退还.</param>
public sealed record ProcedureTerminated(
    Notice Notice, TerminationKind Kind, IReadOnlyList<LotId> Lots, string Reason, DateTimeOffset DecidedAt, string? Refund = null) : INoticed;

/// <summary>终止, 流标 (the lots may be announced again), 撤回.</summary>
public enum TerminationKind { Terminated, Failed, Withdrawn }

/// <summary>公告撤销: an earlier notice no longer stands. It stays readable.</summary>
public sealed record NoticeWithdrawn(Notice Notice, Guid Withdraws, string Reason) : INoticed;

/// <summary>办结: everything the procedure was for is done.</summary>
public sealed record ProcedureClosed(Notice Notice, string? Reason = null) : INoticed;
