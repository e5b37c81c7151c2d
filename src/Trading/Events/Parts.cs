using System.Text.Json.Serialization;
using Trading.Kernel;

namespace Trading.Events;

/// <summary>交易主体: a party with what the law publishes of it.</summary>
/// <param name="CreditCode">Absent for a natural person.</param>
public sealed record Party(string Name, CreditCode? CreditCode = null, string? Address = null, [property: Personal] Contact? Contact = null)
    : Sealable
{
    [JsonIgnore]
    public NamedParty Named => new(Name, CreditCode);
}

/// <summary>A party by name and code alone.</summary>
public sealed record NamedParty(string Name, CreditCode? CreditCode = null)
{
    /// <summary>Whether both are one party: by code where both have one, for names are written in many ways, else by name.</summary>
    public bool Is(NamedParty other) =>
        CreditCode is not null && other.CreditCode is not null ? CreditCode == other.CreditCode : Name == other.Name;
}

/// <summary>联系人、联系方式. Published of the initiator and its agency only (10号令 第五条).</summary>
public sealed record Contact(string? Name = null, string? Phone = null, string? Email = null);

/// <summary>标段(包)、宗地、标的.</summary>
/// <param name="Code">标段编号, free text outside the numbering chain of engineering tenders.</param>
/// <param name="DealCode">统一交易标识码, issued here unless <paramref name="DealCodeGiven"/>.</param>
/// <param name="Estimate">标段合同估算价、起始估价.</param>
public sealed record Lot(
    LotId LotId,
    string Title,
    UnifiedDealCode DealCode,
    bool DealCodeGiven,
    string? Code = null,
    string? Description = null,
    Price? Estimate = null,
    int? DurationDays = null);

/// <summary>A lot put out for the <paramref name="Round"/>th time, counted from one.</summary>
public sealed record AnnouncedLot(LotId LotId, int Round);

/// <summary>招标文件、采购文件、出让文件 的获取.</summary>
public sealed record Documents(DateTimeOffset AvailableFrom, DateTimeOffset AvailableUntil, string Method, Yuan? Price = null);

/// <summary>递交截止.</summary>
public sealed record Submission(DateTimeOffset Deadline, string? Method = null);

/// <summary>开标安排.</summary>
public sealed record OpeningPlan(DateTimeOffset At, string? Place = null, string? Method = null);

/// <summary>宗地、矿区: what is put up for use or exploitation.</summary>
/// <param name="Boundary">界址、拐点坐标.</param>
/// <param name="PlotRatio">容积率, as the planning conditions word it.</param>
/// <param name="Construction">开工、竣工时间.</param>
public sealed record Parcel(
    string Number,
    string? Location = null,
    Area? Area = null,
    string? Boundary = null,
    string? CurrentState = null,
    string? Use = null,
    string? Term = null,
    string? PlotRatio = null,
    string? BuildingDensity = null,
    string? GreenRatio = null,
    string? Mineral = null,
    string? Reserves = null,
    string? Construction = null);

/// <summary>A surface as it was measured; <paramref name="Value"/> is a decimal number as text.</summary>
public sealed record Area(string Value, AreaUnit Unit);

public enum AreaUnit { SquareMetre, Hectare, Mu, SquareKilometre }

/// <summary>招拍挂: when and from what price on is bid (国土资源部令第39号 第九条、第十七条).</summary>
/// <param name="Method">投标、竞价方式.</param>
public sealed record Bidding(
    DateTimeOffset From,
    DateTimeOffset Until,
    Yuan StartPrice,
    Yuan? Increment = null,
    Yuan? Deposit = null,
    string? Place = null,
    string? Method = null);

/// <summary>挂牌披露 (企业国有资产交易监督管理办法 第十五条).</summary>
/// <param name="Shareholders">标的企业的股东结构.</param>
/// <param name="Approval">决策及批准情况.</param>
/// <param name="Accounts">最近一年审计报告和最近一期财务报表的主要数据.</param>
/// <param name="Insiders">管理层是否参与受让、原股东是否放弃优先购买权.</param>
/// <param name="Selection">竞价方式、受让方选择标准.</param>
public sealed record Listing(
    DateTimeOffset From,
    DateTimeOffset Until,
    Yuan FloorPrice,
    Yuan? Deposit = null,
    string? BuyerConditions = null,
    string? Terms = null,
    string? Shareholders = null,
    string? Approval = null,
    string? Accounts = null,
    string? Insiders = null,
    string? Selection = null);

/// <summary>拍卖标的的展示 (拍卖法 第四十六条、第四十八条).</summary>
public sealed record Display(DateTimeOffset From, DateTimeOffset Until, string? Place = null);

/// <summary>主要标的: what is supplied, in the words of the offer (政府采购法实施条例 第四十三条).</summary>
/// <param name="Quantity">With its unit.</param>
public sealed record Supply(
    string Name, string? Specification = null, string? Quantity = null, Yuan? UnitPrice = null, string? Service = null);

/// <summary>更正前、更正后.</summary>
public sealed record TextChange(string Item, string? Before, string? After);

/// <summary>A field of a contract before and after its amendment.</summary>
public sealed record FieldChange(string Field, string? Before, string? After);

/// <summary>资格审查结果 of one bidder for one lot.</summary>
public sealed record QualificationResult(LotId LotId, Party Bidder, QualificationOutcome Result, string? Reason = null);

public enum QualificationOutcome { Qualified, Rejected }

/// <summary>开标一览表 of one bid.</summary>
public sealed record OpenedBid(
    LotId LotId,
    Party Bidder,
    Price Price,
    int? DurationDays = null,
    string? Quality = null,
    [property: Personal] ProjectLeader? ProjectLeader = null,
    DateTimeOffset? SubmittedAt = null) : Sealable;

/// <summary>项目负责人: name and certificate are published (10号令 第六条), an identity number never.</summary>
public sealed record ProjectLeader(string Name, string? Certificate = null);

public sealed record LotCandidates(LotId LotId, IReadOnlyList<Candidate> Candidates, IReadOnlyList<RejectedBidder>? Rejected = null);

/// <summary>中标候选人 (10号令 第六条).</summary>
/// <param name="Rank">From 1.</param>
public sealed record Candidate(
    int Rank,
    Party Bidder,
    Price Price,
    string? Quality = null,
    int? DurationDays = null,
    [property: Personal] ProjectLeader? ProjectLeader = null,
    string? Evaluation = null,
    string? QualificationResponse = null) : Sealable;

/// <summary>被否决的投标人.</summary>
public sealed record RejectedBidder(Party Bidder, string Reason);

/// <summary>What became of one lot.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "outcome")]
[JsonDerivedType(typeof(Awarded), "awarded")]
[JsonDerivedType(typeof(Failed), "failed")]
public abstract record LotResult(LotId LotId)
{
    /// <summary>中标、成交.</summary>
    /// <param name="Reason">Why it is not the first candidate (招标投标法实施条例 第五十五条).</param>
    /// <param name="Appraisal">评估结果 of state property.</param>
    /// <param name="Payment">价款、出让收益的缴纳方式.</param>
    public sealed record Awarded(
        LotId LotId,
        Party Supplier,
        Price Price,
        string? Reason = null,
        IReadOnlyList<Supply>? Supplies = null,
        Price? Appraisal = null,
        string? Payment = null) : LotResult(LotId);

    /// <summary>流标、废标.</summary>
    public sealed record Failed(LotId LotId, string Reason) : LotResult(LotId);
}
