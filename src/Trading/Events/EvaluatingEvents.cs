using Trading.Kernel;

namespace Trading.Events;

/// <summary>中标候选人公示: the ranked candidates are shown, and objections may be raised (招标投标法实施条例 第五十四条).</summary>
public sealed record CandidatesPublicised(
    Notice Notice,
    IReadOnlyList<LotCandidates> Lots,
    Period Publicity,
    DateTimeOffset? EvaluationReportReceivedAt = null,
    string? ObjectionChannel = null) : INoticed;
