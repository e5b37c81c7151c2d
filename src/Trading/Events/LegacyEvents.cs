using Trading.Kernel;

namespace Trading.Events;

/// <summary>历史公告: a notice of a centre's former system, taken over as it stood.</summary>
/// <param name="SourceId">The former system's own key; unique within the centre.</param>
/// <param name="PublishedOn">The day of the original publication; the notice's own time is that of the import.</param>
public sealed record LegacyNoticeImported(
    Notice Notice,
    string SourceId,
    LegacyNoticeType NoticeType,
    string ProjectName,
    DateOnly PublishedOn,
    IReadOnlyList<Candidate> Candidates,
    Period? Publicity = null,
    string? PublicityText = null) : INoticed;

public enum LegacyNoticeType { CandidatesPublicised }
