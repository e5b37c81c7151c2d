using Trading.Events;
using Trading.Ocds.Mapping;

namespace Trading.Ocds;

/// <summary>Which release tags a public fact has. Whatever updates presupposes that its stage was released before; otherwise it begins it.</summary>
internal sealed class Tagging
{
    private const string Planning = "planning", Tender = "tender", Award = "award", Contract = "contract", Implementation = "implementation";

    private readonly HashSet<string> released = [];

    /// <param name="state">After the fact.</param>
    public IReadOnlyList<string> Of(INoticed fact, ProcessState state)
    {
        var tags = Tags(fact, state).Distinct().ToList();
        released.UnionWith(tags);
        return tags;
    }

    private IEnumerable<string> Tags(INoticed fact, ProcessState state) => fact switch
    {
        ProcedureRegistered or PlanPublished or ProcurementIntentionPublished => [After(Planning, "planningUpdate")],
        DocumentsClarified f => [After(Tender, f.Amends() ? "tenderAmendment" : "tenderUpdate")],
        AnnouncementCorrected { Subject: CorrectionSubject.Result } when OfAnAward(fact, state) => [After(Award, "awardUpdate")],
        AnnouncementCorrected or DeadlineExtended => [After(Tender, "tenderAmendment")],
        AwardAnnounced => [Award],
        AwardCancelled when OfAnAward(fact, state) => [After(Award, "awardCancellation")],
        ContractPublished => [Contract],
        ContractAmended => [After(Contract, "contractAmendment")],
        ContractTerminated => ["contractTermination"],
        PerformanceReported => [After(Implementation, "implementationUpdate")],
        AcceptancePublished { Result: AcceptanceResult.Accepted } => [After(Implementation, "implementationUpdate"), "contractTermination"],
        AcceptancePublished => [After(Implementation, "implementationUpdate")],
        ProcedureTerminated when released.Count > 0 && (string?)state.Tender["status"] is "cancelled" or "withdrawn" => ["tenderCancellation"],
        NoticeWithdrawn f => [.. Undone(state.Fact(f.Withdraws)), After(Tender, "tenderUpdate")],
        NoticeDisclosed f => [.. Tags(f.Disclosed().Fact, state), After(Tender, "tenderUpdate")],
        _ => [After(Tender, "tenderUpdate")],
    };

    /// <summary>Besides that its withdrawal stands in the tender section.</summary>
    private IEnumerable<string> Undone(INoticed? withdrawn) => withdrawn switch
    {
        ProcedureRegistered or PlanPublished or ProcurementIntentionPublished => [After(Planning, "planningUpdate")],
        AwardAnnounced => [After(Award, "awardCancellation")],
        ContractPublished or ContractAmended or ContractTerminated => [After(Contract, "contractUpdate")],
        PerformanceReported or AcceptancePublished => [After(Implementation, "implementationUpdate")],
        _ => [],
    };

    /// <summary>Whether the award is public of which a fact speaks.</summary>
    private static bool OfAnAward(INoticed fact, ProcessState state) =>
        state.Json.Items("awards").Any(award => award.Find("documents", fact.Notice.NoticeId.ToString()) is not null);

    private string After(string first, string update) => released.Contains(first) ? update : first;
}
