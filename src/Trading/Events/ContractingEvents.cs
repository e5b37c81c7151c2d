using Trading.Kernel;

namespace Trading.Events;

/// <summary>合同公告: the parties have signed (招标投标法 第四十六条; 政府采购法实施条例 第五十条).</summary>
/// <param name="Place">履约地点.</param>
public sealed record ContractPublished(
    Notice Notice,
    Guid ContractId,
    string Number,
    IReadOnlyList<LotId> Lots,
    Party Supplier,
    Price Value,
    DateOnly SignedOn,
    DayRange? Period = null,
    string? Subject = null,
    IReadOnlyList<Supply>? Supplies = null,
    string? Place = null) : INoticed;

/// <summary>合同变更.</summary>
/// <param name="ReasonCode">The client's own code of the reason.</param>
public sealed record ContractAmended(
    Notice Notice,
    Guid ContractId,
    string ReasonCode,
    string Reason,
    IReadOnlyList<FieldChange> Changes,
    DateOnly SignedOn) : INoticed;

/// <summary>合同终止.</summary>
public sealed record ContractTerminated(Notice Notice, Guid ContractId, string Reason, DateOnly TerminatedOn) : INoticed;
