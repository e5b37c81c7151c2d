using Trading.Events;
using Trading.Kernel;
using Trading.Supervision.Erasure;
using Xunit;
using static Trading.Tests.Harness.Samples;
using static Trading.Tests.Harness.Spec;

namespace Trading.Tests.Supervision.Erasure;

public sealed class ErasingTests
{
    private static readonly ErasedMember Contact = new("/content/initiator/contact", "c"), Text = new("/text", "t"), Sha256 = new("/sha256", "s");
    private static readonly ErasedMember[] There = [Contact, Text, Sha256];
    private static readonly object[] Told = [Registered(), Announced(L1)];

    [Fact]
    public void erases_all_there_is_when_nothing_is_named() =>
        Given<ErasureState>(Told).When(Erase(null)).Then(Erased(Announced()) with { Members = There });

    [Fact]
    public void erases_what_is_named_and_nothing_else() =>
        Given<ErasureState>(Told).When(Erase(["/content/initiator/contact"])).Then(Erased(Announced()) with { Members = [Contact] });

    [Fact]
    public void the_wording_goes_with_its_hash() =>
        Given<ErasureState>(Told).When(Erase(["/text"])).Then(Erased(Announced()) with { Members = [Text, Sha256] });

    [Fact]
    public void erases_after_the_end_and_of_what_a_former_system_held()
    {
        Given<ErasureState>([.. Told, Closed()]).When(Erase(null)).Then(Erased(Announced()) with { Members = There });
        var legacy = Harness.Lives.Legacy(5);
        Given<ErasureState>(legacy).When(state => Erasing.Erase(state, Erased(legacy), null, There)).Then(Erased(legacy) with { Members = There });
    }

    [Fact]
    public void refuses_a_notice_that_is_not_there() =>
        Given<ErasureState>(Registered()).When(Erase(null)).ThenRefused("erasure.notice-unknown");

    [Fact]
    public void refuses_a_member_that_is_not_there() =>
        Given<ErasureState>(Told).When(Erase(["/text", "/title"])).ThenRefused("erasure.member-unknown");

    [Fact]
    public void refuses_where_nothing_is_left() =>
        Given<ErasureState>(Told).When(state => Erasing.Erase(state, Erased(Announced()), null, [])).ThenRefused("erasure.nothing-left");

    private static Func<ErasureState, Decision> Erase(string[]? members) => state => Erasing.Erase(state, Erased(Announced()), members, There);
}
