using Trading.Events;
using Trading.Kernel;
using Trading.Law;

namespace Trading.Docket;

/// <summary>合法性审查: judges an event by all rules of a lawbook, both when it is recorded and when it is replayed under other rule packs.</summary>
public static class Lawfulness
{
    /// <param name="before">Where the procedure stood; null for one that just comes into being, or was taken over from a former system.</param>
    public static IEnumerable<Finding> Findings(Lawbook law, Standing? before, INoticed fact) =>
        fact is LegacyNoticeImported legacy
            ? Timing.Findings(law, legacy)
            : Timing.Findings(law, before, fact).Concat(Completeness.Findings(law, before, fact));
}
