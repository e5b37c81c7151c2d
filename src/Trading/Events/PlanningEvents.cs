using Trading.Kernel;

namespace Trading.Events;

/// <summary>项目登记: the procedure exists, with its lots.</summary>
/// <param name="Code">招标项目编号、采购项目编号.</param>
/// <param name="TradingPlaceCode">交易发生行政区域.</param>
/// <param name="Statutory">依法必须招标.</param>
public sealed record ProcedureRegistered(
    Notice Notice,
    ProcedureMethod Method,
    bool Statutory,
    Party Initiator,
    IReadOnlyList<Lot> Lots,
    string? Code = null,
    string? Description = null,
    RegionCode? TradingPlaceCode = null,
    Party? Agency = null,
    string? FundSource = null,
    InvestmentProjectCode? InvestmentProjectCode = null) : INoticed;

/// <summary>招标方式、采购方式、出让方式.</summary>
public enum ProcedureMethod
{
    Open, Limited, Negotiation, Consultation, Inquiry, SoleSource, Auction, Listing, Framework, Other,
}

/// <summary>招标计划、出让计划: what is going to be put out, and when.</summary>
/// <param name="ExpectedMonth"><c>YYYY-MM</c>.</param>
public sealed record PlanPublished(Notice Notice, string ExpectedMonth, string Summary, Price? Budget = null) : INoticed;

/// <summary>采购意向公开 (财库〔2020〕10号).</summary>
/// <param name="ExpectedMonth"><c>YYYY-MM</c>.</param>
public sealed record ProcurementIntentionPublished(Notice Notice, string ExpectedMonth, string Summary, Price? Budget = null) : INoticed;
