using System.Collections.Immutable;
using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using static Trading.Stages.Awarding.AwardRules;

namespace Trading.Stages.Awarding;

/// <summary>As much of a procedure's history as the award has to know.</summary>
public sealed record AwardState(Standing Standing, Deadlines Deadlines, ImmutableDictionary<LotId, LotPrelude> Preludes) : IStage<AwardState>
{
    public static AwardState? Fold(AwardState? state, object fact) => Standing.Fold(state?.Standing, fact) is { } standing
        ? new AwardState(
            standing, Deadlines.Fold(state?.Deadlines, fact), state?.Preludes.SetItems(state.Heard(fact)) ?? ImmutableDictionary<LotId, LotPrelude>.Empty)
        : null;

    public LotPrelude Of(LotId lot) => Preludes.GetValueOrDefault(lot, LotPrelude.None);

    private IEnumerable<KeyValuePair<LotId, LotPrelude>> Heard(object fact) => fact switch
    {
        SoleSourcePublicised e => Changed(e.Lots.Select(lot => lot.LotId), e, _ => LotPrelude.None with
        {
            Proposed = e.Supplier.Named,
        }),
        AnnouncementPublished e => Changed(e.Lots.Select(lot => lot.LotId), e, lot => Proposal(lot) with
        {
            EarliestEnd = EarliestEnd(e), Floor = e.Bidding?.StartPrice ?? e.Listing?.FloorPrice,
        }),
        BidsOpened e => Changed(e.Bids.Select(bid => bid.LotId).Distinct(), e, lot => Of(lot) with
        {
            Bidders = [.. e.Bids.Where(bid => bid.LotId == lot).Select(bid => bid.Bidder.Named)],
        }),
        CandidatesPublicised e => e.Lots.SelectMany(shown => Changed([shown.LotId], e, lot => Of(lot) with
        {
            Candidates = [.. shown.Candidates.OrderBy(c => c.Rank).Select(c => c.Bidder.Named)],
        })),
        NoticeWithdrawn e => Preludes.Where(lot => lot.Value.By == e.Withdraws)
            .Select(lot => KeyValuePair.Create(lot.Key, lot.Value.Before ?? LotPrelude.None)),
        _ => [],
    };

    private IEnumerable<KeyValuePair<LotId, LotPrelude>> Changed(IEnumerable<LotId> lots, INoticed by, Func<LotId, LotPrelude> prelude) =>
        lots.Select(lot => KeyValuePair.Create(lot, prelude(lot) with { By = by.Notice.NoticeId, Before = Of(lot) }));

    /// <summary>What the proposal of the only supplier leaves behind; nothing where the lot is put out for other reasons.</summary>
    private LotPrelude Proposal(LotId lot) => Standing.Lot(lot) is { Progress: LotProgress.Publicised } ? Of(lot) : LotPrelude.None;

    /// <summary>A listing runs its whole time; at an auction the hammer may fall once it has begun.</summary>
    private DateTimeOffset? EarliestEnd(AnnouncementPublished e) => e.Bidding is { } bidding
        ? Standing.Method is ProcedureMethod.Listing ? bidding.Until : bidding.From
        : e.Listing?.Until;
}

/// <summary>What came before the award of one lot.</summary>
/// <param name="By">The notice that said so last; when it is withdrawn, <paramref name="Before"/> counts again.</param>
/// <param name="EarliestEnd">Of a listing or auction.</param>
/// <param name="Floor">起始价、底价.</param>
/// <param name="Proposed">The only supplier.</param>
/// <param name="Bidders">Whose bids were opened.</param>
/// <param name="Candidates">By rank.</param>
public sealed record LotPrelude(
    Guid? By, LotPrelude? Before, DateTimeOffset? EarliestEnd, Yuan? Floor, NamedParty? Proposed,
    ImmutableList<NamedParty> Bidders, ImmutableList<NamedParty> Candidates)
{
    public static readonly LotPrelude None = new(null, null, null, null, null, [], []);
}

/// <summary>成交: each lot gets its supplier, or fails.</summary>
public static class Award
{
    public static Decision Announce(AwardState state, AwardAnnounced fact, DateTimeOffset now)
    {
        return Decision.Of(Findings(), fact);

        IEnumerable<Finding> Findings()
        {
            foreach (var finding in Admission.Going(state.Standing)) yield return finding;
            yield return Admission.LotMissing.If(fact.Results.Count is 0);
            foreach (var finding in Admission.Named(state.Standing, [.. fact.Results.Select(r => r.LotId)])) yield return finding;
            foreach (var finding in Lots<LotResult.Awarded>(lot => MayBeAwarded(state.Standing.Course, lot), LotNotReady)) yield return finding;
            foreach (var finding in Lots<LotResult.Failed>(lot => lot.IsOpen, LotNotOpen)) yield return finding;
            if (fact.Results.OfType<LotResult.Awarded>().Any()) yield return Admission.Unopposed(state.Standing);
            yield return DecidedInFuture.If(fact.DecidedAt > now, Time("decidedAt", fact.DecidedAt), Time("now", now));
            foreach (var finding in fact.Results.OfType<LotResult.Awarded>().SelectMany(r => Winner(state, r, fact.DecidedAt)))
                yield return finding;
        }

        IEnumerable<Finding> Lots<TResult>(Func<LotStanding, bool> stands, Rule otherwise) where TResult : LotResult =>
            fact.Results.OfType<TResult>().SelectMany(r => Admission.Lots(state.Standing, [r.LotId], stands, otherwise));
    }

    public static Decision Cancel(AwardState state, AwardCancelled fact) => Decision.Of(
        Admission.Going(state.Standing).Concat(
            Admission.Lots(state.Standing, [fact.LotId], lot => lot.Progress is LotProgress.Awarded, NotAwarded)),
        fact);

    private static bool MayBeAwarded(Course course, LotStanding lot) => lot.Progress switch
    {
        LotProgress.Evaluated or LotProgress.Publicised => true,
        LotProgress.Opened => !course.MustShowCandidates,
        LotProgress.Announced => !course.Opens,
        _ => false,
    };

    private static IEnumerable<Finding> Winner(AwardState state, LotResult.Awarded result, DateTimeOffset decidedAt)
    {
        var lot = new Fact("lot", result.LotId.ToString());
        var supplier = new Fact("supplier", result.Supplier.Name);
        var prelude = state.Of(result.LotId);

        var until = Later(prelude.EarliestEnd, state.Deadlines.Of(result.LotId).Submission);
        yield return BiddingRunning.If(decidedAt < until, lot, Time("decidedAt", decidedAt), Time("until", until));
        if (prelude.Proposed is { } proposed)
            yield return NotTheProposed.If(!proposed.Is(result.Supplier.Named), lot, supplier);
        if (!prelude.Candidates.IsEmpty)
        {
            yield return NotACandidate.If(!prelude.Candidates.Exists(result.Supplier.Named.Is), lot, supplier);
            yield return NotFirstCandidate.If(
                state.Standing.Statutory && string.IsNullOrWhiteSpace(result.Reason) && !prelude.Candidates[0].Is(result.Supplier.Named),
                lot, supplier);
        }
        else if (!prelude.Bidders.IsEmpty)
        {
            yield return DidNotBid.If(!prelude.Bidders.Exists(result.Supplier.Named.Is), lot, supplier);
        }

        if (prelude.Floor is { } floor && result.Price is AmountPrice { Currency: Yuan.Currency } price)
            yield return BelowStartPrice.If(price.Amount < floor, lot, new Fact("price", price.Amount.ToString()), new Fact("floor", floor.ToString()));
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;

    private static Fact Time(string name, DateTimeOffset? time) => new(name, time is { } t ? TimeConverter.Write(t) : "—");
}
