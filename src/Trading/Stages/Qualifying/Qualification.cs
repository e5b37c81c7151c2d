using Trading.Docket;
using Trading.Events;
using Trading.Kernel;
using static Trading.Stages.Qualifying.QualificationRules;

namespace Trading.Stages.Qualifying;

public sealed record QualificationState(Standing Standing) : IStage<QualificationState>
{
    public static QualificationState? Fold(QualificationState? state, object fact) =>
        Standing.Fold(state?.Standing, fact) is { } standing ? new QualificationState(standing) : null;
}

/// <summary>资格审查: who may take part. Before the bids (预审), after them (后审), or before a sale.</summary>
public static class Qualification
{
    public static Decision Decide(QualificationState state, QualificationDecided fact)
    {
        return Decision.Of(Findings(), fact);

        IEnumerable<Finding> Findings()
        {
            foreach (var finding in Admission.Going(state.Standing)) yield return finding;
            foreach (var finding in Admission.Lots(
                state.Standing, [.. fact.Results.Select(r => r.LotId).Distinct()], lot => lot.IsOpen, LotNotOut))
                yield return finding;
            foreach (var lot in fact.Results.GroupBy(r => r.LotId))
                yield return BidderTwice.If(Parties.AnyTwice(lot.Select(r => r.Bidder.Named)), new Fact("lot", lot.Key.ToString()));
            foreach (var result in fact.Results)
            {
                yield return ReasonMissing.If(
                    result.Result is QualificationOutcome.Rejected && string.IsNullOrWhiteSpace(result.Reason),
                    new Fact("lot", result.LotId.ToString()), new Fact("bidder", result.Bidder.Name));
            }
        }
    }
}
