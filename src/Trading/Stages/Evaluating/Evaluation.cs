using System.Collections.Immutable;
using System.Globalization;
using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using static Trading.Stages.Evaluating.EvaluationRules;

namespace Trading.Stages.Evaluating;

/// <summary>As much of a procedure's history as evaluation has to know, and no more.</summary>
/// <param name="Ceilings">最高投标限价 in 元, of the lots that have one.</param>
/// <param name="Bidders">Whose bids were opened.</param>
public sealed record EvaluationState(
    Standing Standing,
    ImmutableDictionary<LotId, Yuan> Ceilings,
    ImmutableDictionary<LotId, ImmutableList<NamedParty>> Bidders) : IStage<EvaluationState>
{
    public static EvaluationState? Fold(EvaluationState? state, object fact) => Standing.Fold(state?.Standing, fact) is { } standing
        ? ((state ?? new EvaluationState(
            standing, ImmutableDictionary<LotId, Yuan>.Empty, ImmutableDictionary<LotId, ImmutableList<NamedParty>>.Empty))
            with { Standing = standing }).Heard(fact)
        : null;

    private EvaluationState Heard(object fact) => fact switch
    {
        AnnouncementPublished e => this with
        {
            Ceilings = e.CeilingPrice is AmountPrice { Currency: Yuan.Currency } ceiling
                ? Ceilings.SetItems(e.Lots.Select(lot => KeyValuePair.Create(lot.LotId, ceiling.Amount)))
                : Ceilings.RemoveRange(e.Lots.Select(lot => lot.LotId)),
            Bidders = Bidders.RemoveRange(e.Lots.Select(lot => lot.LotId)),
        },
        BidsOpened e => this with
        {
            Bidders = Bidders.SetItems(e.Bids.GroupBy(bid => bid.LotId)
                .Select(lot => KeyValuePair.Create(lot.Key, lot.Select(bid => bid.Bidder.Named).ToImmutableList()))),
        },
        _ => this,
    };
}

/// <summary>评标: what may be shown between the opening of bids and the award.</summary>
public static class Evaluation
{
    public static Decision PublishCandidates(EvaluationState state, CandidatesPublicised fact, DateTimeOffset now)
    {
        return Decision.Of(Findings(), fact);

        IEnumerable<Finding> Findings()
        {
            var course = state.Standing.Course;
            foreach (var finding in Admission.Going(state.Standing)) yield return finding;
            yield return NotInCourse.If(!course.ShowsCandidates);
            foreach (var finding in Admission.Lots(
                state.Standing, [.. fact.Lots.Select(lot => lot.LotId)],
                lot => lot.Progress is LotProgress.Opened || (!course.Opens && lot.Progress is LotProgress.Announced), BidsNotOpened))
                yield return finding;
            yield return Admission.Unopposed(state.Standing);
            yield return PublicityPast.If(fact.Publicity.Until <= now, Time("until", fact.Publicity.Until));
            if (fact.EvaluationReportReceivedAt is { } received)
                yield return ReportInFuture.If(received > now, Time("evaluationReportReceivedAt", received));
            foreach (var finding in fact.Lots.SelectMany(lot => Ranking(state, lot))) yield return finding;
        }
    }

    private static IEnumerable<Finding> Ranking(EvaluationState state, LotCandidates lot)
    {
        var name = new Fact("lot", lot.LotId.ToString());
        yield return OneToThreeCandidates.If(
            lot.Candidates.Count < 1 || (state.Standing.Course.Opens && lot.Candidates.Count > MostCandidates),
            name, new Fact("candidates", lot.Candidates.Count.ToString(CultureInfo.InvariantCulture)));
        yield return RanksNotConsecutive.If(
            !lot.Candidates.Select(c => c.Rank).Order().SequenceEqual(Enumerable.Range(1, lot.Candidates.Count)), name);
        yield return CandidateTwice.If(Parties.AnyTwice(lot.Candidates.Select(c => c.Bidder.Named)), name);

        var bidders = state.Bidders.GetValueOrDefault(lot.LotId);
        foreach (var candidate in lot.Candidates)
        {
            var who = new Fact("candidate", candidate.Bidder.Name);
            if (bidders is not null)
                yield return CandidateDidNotBid.If(!bidders.Exists(candidate.Bidder.Named.Is), name, who);
            if (candidate.Price is AmountPrice { Currency: Yuan.Currency } price && state.Ceilings.TryGetValue(lot.LotId, out var ceiling))
                yield return AboveCeiling.If(
                    price.Amount > ceiling, name, who, new Fact("price", price.Amount.ToString()), new Fact("ceilingPrice", ceiling.ToString()));
        }
    }

    private static Fact Time(string name, DateTimeOffset time) => new(name, TimeConverter.Write(time));
}
