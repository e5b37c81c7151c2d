using Trading.Events;
using Trading.Kernel;

namespace Trading.Docket;

/// <summary>交易流程: which stages a procedure goes through. Data by category and method; the stages themselves are the same for all.</summary>
/// <param name="Opens">Bids are opened in public before anything is decided.</param>
/// <param name="ShowsCandidates">Candidates may be shown before the award.</param>
/// <param name="MustShowCandidates">There is no award without it.</param>
/// <param name="FewestBidders">With fewer, bids may not be opened.</param>
public sealed record Course(bool Opens, bool ShowsCandidates, bool MustShowCandidates, int FewestBidders)
{
    private static readonly Course StatutoryTender = new(Opens: true, ShowsCandidates: true, MustShowCandidates: true, FewestBidders: 3);
    private static readonly Course Tender = new(Opens: true, ShowsCandidates: true, MustShowCandidates: false, FewestBidders: 3);
    private static readonly Course Negotiated = new(Opens: false, ShowsCandidates: true, MustShowCandidates: false, FewestBidders: 0);
    private static readonly Course Listed = new(Opens: false, ShowsCandidates: false, MustShowCandidates: false, FewestBidders: 0);

    public static Course Of(TradeCategory category, ProcedureMethod method, bool statutory) => (category, method) switch
    {
        (_, ProcedureMethod.Listing or ProcedureMethod.Auction) => Listed,
        (TradeCategory.Engineering, ProcedureMethod.Open or ProcedureMethod.Limited) => statutory ? StatutoryTender : Tender,
        (_, ProcedureMethod.Open or ProcedureMethod.Limited) => Tender,
        _ => Negotiated,
    };
}
