using Trading.Events;
using Trading.Kernel;
using Trading.Supervision.Mending;
using Trading.Tests.Harness;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Supervision.Mending;

public sealed class DefectDecisionTests
{
    private static readonly FoundEvent Defective = new(IsThere: true, IsDefective: true);
    private static readonly DefectDisclosed Fact = Explained(Registered());

    [Fact]
    public void what_cannot_be_shown_is_explained_also_of_a_former_system_and_after_the_end()
    {
        Given<DefectState>(Registered()).When(Disclose(Fact)).Then(Fact);
        Given<DefectState>(Registered(), Closed()).When(Disclose(Fact)).Then(Fact);
        Given<DefectState>(Lives.Legacy(1)).When(Disclose(Fact)).Then(Fact);
    }

    [Fact]
    public void nothing_is_explained_twice_or_where_nothing_is_wrong()
    {
        Given<DefectState>(Registered(), Fact).When(Disclose(Fact)).ThenRefused("defect.already-disclosed");
        Given<DefectState>(Registered()).When(Disclose(Fact, Defective with { IsDefective = false })).ThenRefused("defect.none");
        Given<DefectState>(Registered()).When(Disclose(Fact, new FoundEvent(false, false))).ThenRefused("defect.event-unknown");
        Given<DefectState>(Registered()).When(Disclose(Fact with { Notice = Lives.Hidden(Fact) })).ThenRefused("defect.not-public");
    }

    private static Func<DefectState, Decision> Disclose(DefectDisclosed fact, FoundEvent? found = null) => state => DefectDecision.Disclose(state, fact, found ?? Defective);
}
