using Trading.Kernel;

namespace Trading.Events;

/// <summary>中标结果公告、成交公告: each lot has its supplier, or has failed.</summary>
/// <param name="DecidedAt">确定中标人、成交 之时.</param>
/// <param name="NoticePeriod">公告期限.</param>
/// <param name="Evaluators">评审专家名单.</param>
/// <param name="ObjectionChannel">提出异议的渠道和方式.</param>
public sealed record AwardAnnounced(
    Notice Notice,
    DateTimeOffset DecidedAt,
    IReadOnlyList<LotResult> Results,
    Period? NoticePeriod = null,
    [property: Personal] IReadOnlyList<string>? Evaluators = null,
    string? ObjectionChannel = null) : Sealable, INoticed;

/// <summary>中标无效、成交取消: the lot is back where it was before the award.</summary>
public sealed record AwardCancelled(Notice Notice, LotId LotId, string Reason) : INoticed;
