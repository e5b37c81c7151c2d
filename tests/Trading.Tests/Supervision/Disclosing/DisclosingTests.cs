using Trading.Events;
using Trading.Kernel;
using Trading.Supervision.Disclosing;
using Trading.Tests.Harness;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Supervision.Disclosing;

public sealed class DisclosingTests
{
    private static readonly PlanPublished Hidden = Planned() with { Notice = Lives.Hidden(Planned()) };
    private static readonly NoticeDisclosed Fact = Disclosed(Hidden);

    [Fact]
    public void makes_public_what_was_not_also_after_the_end()
    {
        Given<DisclosingState>(Registered(), Hidden).When(Disclose(Fact)).Then(Fact);
        Given<DisclosingState>(Registered(), Hidden, Terminated(TerminationKind.Terminated, L1, L2, L3)).When(Disclose(Fact)).Then(Fact);
    }

    [Fact]
    public void what_it_discloses_is_the_notice()
    {
        var disclosed = Assert.IsType<PlanPublished>(Fact.Disclosed().Fact);
        Assert.Equal((Hidden.Notice.NoticeId, Hidden.Summary), (disclosed.Notice.NoticeId, disclosed.Summary));
    }

    [Fact]
    public void refuses_a_notice_that_is_not_there() =>
        Given<DisclosingState>(Registered()).When(Disclose(Fact)).ThenRefused("disclosing.notice-unknown");

    [Fact]
    public void refuses_what_is_public_already()
    {
        Given<DisclosingState>(Registered(), Planned()).When(Disclose(Fact)).ThenRefused("disclosing.already-public");
        Given<DisclosingState>(Registered(), Hidden, Fact).When(Disclose(Fact)).ThenRefused("disclosing.already-public");
    }

    [Fact]
    public void refuses_what_was_withdrawn() =>
        Given<DisclosingState>(Registered(), Hidden, Withdrawn(Hidden)).When(Disclose(Fact)).ThenRefused("disclosing.withdrawn");

    [Fact]
    public void refuses_to_disclose_in_secret() =>
        Given<DisclosingState>(Registered(), Hidden).When(Disclose(Fact with { Notice = Lives.Hidden(Fact) })).ThenRefused("disclosing.not-public");

    private static Func<DisclosingState, Decision> Disclose(NoticeDisclosed fact) => state => Trading.Supervision.Disclosing.Disclosing.Disclose(state, fact);
}
