using System.Collections.Immutable;
using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using static Trading.Stages.Awarding.AwardRules;

namespace Trading.Stages.Awarding;

/// <summary>As much of a procedure's history as the award has to know.</summary>
public sealed record AwardState(Standing Standing, ImmutableDictionary<LotId, LotPrelude> Preludes) : IStage<AwardState>
{
    public static AwardState? Fold(AwardState? state, object fact) => Standing.Fold(state?.Standing, fact) is { } standing
        ? new AwardState(standing, (state?.Preludes ?? ImmutableDictionary<LotId, LotPrelude>.Empty).SetItems(Heard(state, fact)))
        : null;

    public LotPrelude Of(LotId lot) => Preludes.GetValueOrDefault(lot, LotPrelude.None);

    private static IEnumerable<KeyValuePair<LotId, LotPrelude>> Heard(AwardState? state, object fact) => fact switch
    {
        AnnouncementPublished e => e.Lots.Select(lot => KeyValuePair.Create(lot.LotId, LotPrelude.None with
        {
            OfferedUntil = state?.Standing.Method is ProcedureMethod.Listing ? e.Bidding?.Until ?? e.Listing?.Until : null,
            Floor = e.Bidding?.StartPrice ?? e.Listing?.FloorPrice,
        })),
        SoleSourcePublicised e => e.Lots.Select(lot => KeyValuePair.Create(
            lot.LotId, LotPrelude.None with { ShownUntil = e.Publicity.Until, Proposed = e.Supplier.Named })),
        CandidatesPublicised e => e.Lots.Select(lot => KeyValuePair.Create(lot.LotId, (state?.Of(lot.LotId) ?? LotPrelude.None) with
        {
            ShownUntil = e.Publicity.Until,
            Candidates = [.. lot.Candidates.OrderBy(c => c.Rank).Select(c => c.Bidder.Named)],
        })),
        _ => [],
    };
}

/// <summary>What came before the award of one lot.</summary>
/// <param name="ShownUntil">End of the publicity period of candidates, or of the proposed supplier.</param>
/// <param name="OfferedUntil">End of the listing.</param>
/// <param name="Floor">起始价、底价.</param>
/// <param name="Proposed">The only supplier.</param>
/// <param name="Candidates">By rank.</param>
public sealed record LotPrelude(
    DateTimeOffset? ShownUntil, DateTimeOffset? OfferedUntil, Yuan? Floor, NamedParty? Proposed, ImmutableList<NamedParty> Candidates)
{
    public static readonly LotPrelude None = new(null, null, null, null, []);
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

        yield return PublicityRunning.If(decidedAt < prelude.ShownUntil, lot, Time("decidedAt", decidedAt), Time("publicityUntil", prelude.ShownUntil));
        if (prelude.OfferedUntil is { } until)
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

        if (prelude.Floor is { } floor && result.Price is AmountPrice price)
            yield return BelowStartPrice.If(price.Amount < floor, lot, new Fact("price", price.Amount.ToString()), new Fact("floor", floor.ToString()));
    }

    private static Fact Time(string name, DateTimeOffset? time) => new(name, time is { } t ? TimeConverter.Write(t) : "—");
}
