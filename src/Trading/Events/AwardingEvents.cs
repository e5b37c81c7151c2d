using Trading.Kernel;

namespace Trading.Events;

/// <summary>中标结果公告、成交公告: each lot has its supplier, or has failed.</summary>
/// <param name="DecidedAt">确定中标人、成交 之时.</param>
public sealed record AwardAnnounced(Notice Notice, DateTimeOffset DecidedAt, IReadOnlyList<LotResult> Results) : INoticed;

/// <summary>中标无效、成交取消: the lot is back where it was before the award.</summary>
public sealed record AwardCancelled(Notice Notice, LotId LotId, string Reason) : INoticed;
