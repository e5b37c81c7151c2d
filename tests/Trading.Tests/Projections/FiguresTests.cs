using Trading.Events;
using Trading.Kernel;
using Trading.Projections;
using Trading.Tests.Harness;
using Xunit;
using static Trading.Tests.Harness.Samples;

namespace Trading.Tests.Projections;

public sealed class FiguresTests
{
    public static TheoryData<INoticed, DateTimeOffset?> Deadlines => new()
    {
        { Registered(), null },
        { Prequalified(L1), At("2026-03-10T09:00:00") },
        { Announced(L1), ClosesAt },
        { Offered(L1), ClosesAt },
        { Listed(L1), ClosesAt },
        { Announced(L1) with { Submission = null }, null },
        { Proposed(L1), At("2026-03-10T18:00:00") },
        { Clarified(L1), null },
        { Clarified(L1) with { Submission = new Submission(Later) }, Later },
        { Corrected(Id(5), L1) with { Submission = new Submission(Later) }, Later },
        { Extended("2026-03-30T09:00:00", L1), At("2026-03-30T09:00:00") },
        { Shown(L1), ShownUntil },
        { Decided(To(First, L1)), null },
        { Lives.Legacy(1), At("2024-05-09T18:00:00") },
    };

    public static TheoryData<INoticed, decimal?> Amounts => new()
    {
        { Registered(), null },
        { Planned(), 18500000m },
        { Intended(), 500000m },
        { Announced(L1), null },
        { Announced(L1) with { CeilingPrice = Yuan("7.5") }, 7.5m },
        { Announced(L1) with { CeilingPrice = new RatePrice(Percent.Parse("20")) }, null },
        { Offered(L1), 1000000m },
        { Listed(L1), 1000000m },
        { Shown(L1, L2), 36241071.70m },
        { Decided(To(First, L1, "1"), To(Second, L2, "2"), None(L3)), 3m },
        { Decided(None(L1)), null },
        { Contracted(L1), 18120535.85m },
        { Contracted(L1) with { Value = new AmountPrice(Trading.Kernel.Yuan.Parse("5"), "USD") }, null },
        { Performed(), null },
        { Performed() with { Amount = Yuan("9") }, 9m },
        { Lives.Legacy(1), 18120535.85m },
        { Closed(), null },
    };

    [Theory, MemberData(nameof(Deadlines), DisableDiscoveryEnumeration = true)]
    public void the_deadline_is_the_one_the_notice_sets(INoticed fact, DateTimeOffset? deadline) => Assert.Equal(deadline, Figures.Deadline(fact));

    [Theory, MemberData(nameof(Amounts), DisableDiscoveryEnumeration = true)]
    public void the_amount_is_in_yuan_and_of_the_best_candidates(INoticed fact, decimal? amount) => Assert.Equal(amount, Figures.Amount(fact));

    [Fact]
    public void of_candidates_the_first_by_rank_counts_wherever_it_stands()
    {
        var turned = Shown(L1) with { Lots = [new LotCandidates(L1, [new Candidate(2, Second, Yuan("2")), new Candidate(1, First, Yuan("1"))])] };

        Assert.Equal(1m, Figures.Amount(turned));
    }

    [Fact]
    public void parties_are_all_who_bid_are_candidates_or_suppliers()
    {
        Assert.Equal(["First"], Names(Proposed(L1)));
        Assert.Equal(["First"], Names(Qualified(L1)));
        Assert.Equal(["First", "Second", "Third"], Names(Opened(L1)));
        Assert.Equal(
            ["First", "Second", "Stranger"],
            Names(Shown(L1) with { Lots = [Ranked(L1, First, Second) with { Rejected = [new RejectedBidder(Stranger, "未实质性响应")] }] }));
        Assert.Equal(["Second"], Names(Decided(To(Second, L1), None(L2))));
        Assert.Equal(["First"], Names(Contracted(L1)));
        Assert.Equal(["First", "Second"], Names(Lives.Legacy(1)));
        Assert.Empty(Names(Registered()));
    }

    [Fact]
    public void a_party_is_found_by_code_and_by_name()
    {
        Assert.Equal([First.CreditCode!.ToString(), First.Name], Figures.FoundBy(First.Named));
        Assert.Equal(["张三"], Figures.FoundBy(new NamedParty("张三")));
    }

    private static IEnumerable<string> Names(INoticed fact) => Figures.Parties(fact).Distinct().Select(party =>
        party == First.Named ? "First" : party == Second.Named ? "Second" : party == Third.Named ? "Third" : party == Stranger.Named ? "Stranger" : party.Name);
}
