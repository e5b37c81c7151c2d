using Trading.Kernel;

namespace Trading.Events;

/// <summary>澄清、修改: the documents say more, or something else, than before.</summary>
/// <param name="AffectsBidPreparation">Whether bidders must be given more time (招标投标法实施条例 第二十一条).</param>
public sealed record DocumentsClarified(
    Notice Notice,
    IReadOnlyList<LotId> Lots,
    string Content,
    bool AffectsBidPreparation,
    Submission? Submission = null,
    OpeningPlan? Opening = null) : INoticed;

/// <summary>更正公告: an earlier notice was wrong, and this is what it should have said.</summary>
/// <param name="Corrects">The notice that is corrected.</param>
public sealed record AnnouncementCorrected(
    Notice Notice,
    IReadOnlyList<LotId> Lots,
    Guid Corrects,
    CorrectionSubject Subject,
    IReadOnlyList<TextChange> Changes,
    Submission? Submission = null,
    OpeningPlan? Opening = null) : INoticed;

/// <summary>采购公告、采购文件、采购结果.</summary>
public enum CorrectionSubject { Notice, Documents, Result }

/// <summary>延期公告: the deadline is later than it was.</summary>
public sealed record DeadlineExtended(
    Notice Notice, IReadOnlyList<LotId> Lots, Submission Submission, string Reason, OpeningPlan? Opening = null) : INoticed;

/// <summary>暂停: nothing may happen until it is resumed.</summary>
/// <param name="OrderedBy">The supervisor that ordered it, when one did.</param>
public sealed record ProcedureSuspended(Notice Notice, string Reason, string? OrderedBy = null) : INoticed;

/// <summary>恢复.</summary>
public sealed record ProcedureResumed(Notice Notice, string Reason, string? OrderedBy = null) : INoticed;
