using JasperFx.Events;
using Trading.Events;
using Trading.Kernel;
using Trading.Projections;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Projections;

/// <summary>
/// After any event of any history the versions that hold are what reading the public notices one by one says, without a fold: who registered
/// it, who is named in what stands, who signed. Candidates and suppliers are those of the page where nothing was disclosed later.
/// </summary>
public sealed class PartyVersionReplayTests(ITestOutputHelper output)
{
    private const int Seed = 20_271_200, Histories = 400;

    [Fact]
    public void after_any_event_it_is_what_the_public_notices_say()
    {
        output.WriteLine($"seed {Seed}");
        var chance = new RandomLives(Seed);
        var seen = new HashSet<string>();
        for (var i = 0; i < Histories; i++)
        {
            var events = chance.Next();
            var versions = PartyVersion.Of(events).ToList();
            for (var reached = 1; reached <= events.Count; reached++)
            {
                var then = versions.Where(v => v.Role is not null && v.EventVersion <= reached && !(v.SupersededBy <= reached)).ToList();
                var expected = Read([.. events.Take(reached)]).ToList();
                var pageTells = !events.Take(reached).Any(e => e.Data is NoticeDisclosed);
                Assert.Equal(
                    expected.Where(row => pageTells || row.Split(" ")[0] is not ("candidate" or "supplier")).Order(StringComparer.Ordinal),
                    then.Where(v => pageTells || v.Role is not ("candidate" or "supplier")).Select(v => Written(v.Role!, v.CreditCode, v.Lots ?? 0, v.Amount)).Order(StringComparer.Ordinal));
                seen.UnionWith(then.Select(v => v.Role!));
            }
        }

        Assert.Equal(WireNames.All<PartyRole>().Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void what_is_disclosed_counts_from_then_on_as_far_as_it_still_stands()
    {
        var (shown, decided) = (Hidden(Samples.Shown(Samples.L1)), Hidden(Samples.Decided(Samples.To(Samples.First, Samples.L1))));
        INoticed[] before = [Samples.Registered(), Samples.Announced(Samples.L1), shown, decided];

        Assert.Empty(Roles(before));
        Assert.Equal(["bidder 5", "candidate 5"], Roles([.. before, RandomLives.Opening(shown)!]));
        Assert.Equal(["bidder 5", "supplier 5"], Roles([.. before, RandomLives.Opening(decided)!]));
        Assert.Equal(["bidder 6"], Roles([.. before, Samples.Cancelled(Samples.L1), RandomLives.Opening(decided)!]));
        Assert.Empty(Roles([.. before, Samples.Withdrawn(shown), RandomLives.Opening(shown)!]));

        static INoticed Hidden<T>(T fact) where T : INoticed => fact switch
        {
            CandidatesPublicised f => f with { Notice = Lives.Hidden(f) },
            AwardAnnounced f => f with { Notice = Lives.Hidden(f) },
            _ => throw new ArgumentException("Of another kind.", nameof(fact)),
        };

        static IEnumerable<string> Roles(IEnumerable<INoticed> facts) => PartyVersion.Of(Recording.Of(facts))
            .Where(v => v.SupersededBy is null && v.CreditCode == Samples.First.CreditCode!.ToString()).Select(v => $"{v.Role} {v.EventVersion}").Order(StringComparer.Ordinal);
    }

    [Fact]
    public void what_is_erased_changes_nothing_a_party_is() => Assert.Equal(
        Stored.Json(PartyVersion.Of(Recording.Of(Samples.Registered(), Samples.Announced(Samples.L1), Samples.Shown(Samples.L1))).ToList()),
        Stored.Json(PartyVersion.Of(Recording.Of(Samples.Registered(), Samples.Announced(Samples.L1), Samples.Shown(Samples.L1), Samples.Erased(Samples.Shown(Samples.L1)))).ToList()));

    private static IEnumerable<string> Read(IReadOnlyList<IEvent> events)
    {
        var withdrawn = events.Select(e => e.Data).OfType<NoticeWithdrawn>().Select(f => f.Withdraws).ToHashSet();
        var disclosed = events.Select(e => e.Data).OfType<NoticeDisclosed>().Where(f => f.Notice.Disclosure.IsPublic).Select(f => f.Discloses).ToHashSet();
        var facts = events.Select(e => (INoticed)e.Data).Where(f => !withdrawn.Contains(f.Notice.NoticeId) && (f.Notice.Disclosure.IsPublic || disclosed.Contains(f.Notice.NoticeId))).ToList();
        var page = ProcedureFold.Pages(events).Single();
        var shown = facts.SelectMany(fact => fact is CandidatesPublicised candidates ? candidates.Lots.Select(lot => lot.LotId) : fact is LegacyNoticeImported ? [LotId.Parse("1")] : []).ToHashSet();
        foreach (var registered in facts.OfType<ProcedureRegistered>())
        {
            if (registered.Initiator.CreditCode is { } initiator) yield return Written("initiator", initiator.ToString(), 0, Sum(registered.Lots.Select(lot => lot.Estimate)));
            if (registered.Agency?.CreditCode is { } agency) yield return Written("agency", agency.ToString(), 0, null);
        }

        foreach (var party in facts.SelectMany(Bids).Where(bid => bid.By.CreditCode is not null).GroupBy(bid => bid.By.CreditCode!.ToString()))
            yield return Written("bidder", party.Key, party.Select(bid => bid.Lot).Distinct().Count(), null);
        foreach (var party in facts.OfType<ContractPublished>().Where(f => f.Supplier.CreditCode is not null).GroupBy(f => f.Supplier.CreditCode!.ToString()))
            yield return Written("signatory", party.Key, party.SelectMany(f => f.Lots).Distinct().Count(), Sum(party.Select(f => f.Value)));
        foreach (var party in page.Lots.Where(lot => shown.Contains(lot.LotId)).SelectMany(lot => lot.Candidates.Select(c => (lot.LotId, c.Bidder))).Where(c => c.Bidder.CreditCode is not null).GroupBy(c => c.Bidder.CreditCode!.ToString()))
            yield return Written("candidate", party.Key, party.Select(c => c.LotId).Distinct().Count(), null);
        foreach (var party in page.Lots.Where(lot => lot.Award?.Supplier?.CreditCode is not null && !withdrawn.Contains(lot.Award.NoticeId)).GroupBy(lot => lot.Award!.Supplier!.CreditCode!.ToString()))
            yield return Written("supplier", party.Key, party.Count(), Sum(party.Select(lot => lot.Award!.Price)));
    }

    private static IEnumerable<(Party By, LotId Lot)> Bids(INoticed fact) => fact switch
    {
        SoleSourcePublicised f => f.Lots.Select(lot => (f.Supplier, lot.LotId)),
        QualificationDecided f => f.Results.Select(result => (result.Bidder, result.LotId)),
        BidsOpened f => f.Bids.Select(bid => (bid.Bidder, bid.LotId)),
        CandidatesPublicised f => f.Lots.SelectMany(lot => lot.Candidates.Select(c => (c.Bidder, lot.LotId)).Concat((lot.Rejected ?? []).Select(r => (r.Bidder, lot.LotId)))),
        AwardAnnounced f => f.Results.OfType<LotResult.Awarded>().Select(result => (result.Supplier, result.LotId)),
        ContractPublished f => f.Lots.Select(lot => (f.Supplier, lot)),
        LegacyNoticeImported f => f.Candidates.Select(c => (c.Bidder, LotId.Parse("1"))),
        _ => [],
    };

    private static decimal? Sum(IEnumerable<Price?> prices) =>
        prices.OfType<AmountPrice>().Where(price => price.Currency is "CNY").Aggregate((decimal?)null, (sum, price) => (sum ?? 0) + price.Amount.Value);

    private static string Written(string role, string code, int lots, decimal? amount) => $"{role} {code} {lots} {amount:0.######}";
}
