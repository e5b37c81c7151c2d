using Trading.Kernel;

namespace Trading.Events;

/// <summary>资格预审公告: applications to take part are invited.</summary>
/// <param name="Submission">Of applications, not of bids.</param>
/// <param name="NoticePeriod">公告期限.</param>
public sealed record PrequalificationAnnounced(
    Notice Notice,
    IReadOnlyList<AnnouncedLot> Lots,
    Party Initiator,
    Party? Agency = null,
    Documents? Documents = null,
    Submission? Submission = null,
    OpeningPlan? Opening = null,
    string? Qualification = null,
    bool? ConsortiumAllowed = null,
    string? ObjectionChannel = null,
    Period? NoticePeriod = null) : INoticed;

/// <summary>招标公告、采购公告、出让公告、挂牌披露: lots are put out, each for its round.</summary>
/// <param name="Initiator">招标人、采购人、出让人、转让方, with the contact the law publishes.</param>
/// <param name="CeilingPrice">最高投标限价.</param>
/// <param name="Bidding">Land and mineral rights.</param>
/// <param name="Listing">State property and whatever else is listed.</param>
/// <param name="NoticePeriod">公告期限.</param>
/// <param name="Display">拍卖标的的展示.</param>
/// <param name="Risks">风险提示.</param>
public sealed record AnnouncementPublished(
    Notice Notice,
    IReadOnlyList<AnnouncedLot> Lots,
    Party Initiator,
    Party? Agency = null,
    Documents? Documents = null,
    Submission? Submission = null,
    OpeningPlan? Opening = null,
    string? Qualification = null,
    bool? ConsortiumAllowed = null,
    Price? CeilingPrice = null,
    string? EvaluationMethod = null,
    string? ObjectionChannel = null,
    Parcel? Parcel = null,
    Bidding? Bidding = null,
    Listing? Listing = null,
    Period? NoticePeriod = null,
    Display? Display = null,
    string? Risks = null) : INoticed;

/// <summary>单一来源公示: one supplier is proposed, and anyone may object (政府采购法实施条例 第三十八条).</summary>
/// <param name="Opinions">专业人员论证意见.</param>
public sealed record SoleSourcePublicised(
    Notice Notice,
    IReadOnlyList<AnnouncedLot> Lots,
    Party Initiator,
    Party Supplier,
    string Grounds,
    IReadOnlyList<string> Opinions,
    Period Publicity,
    Party? Agency = null) : INoticed;
