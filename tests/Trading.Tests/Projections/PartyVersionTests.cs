using Trading.Events;
using Trading.Projections;
using Trading.Tests.Harness;
using Xunit;
using static Trading.Tests.Harness.Samples;

namespace Trading.Tests.Projections;

public sealed class PartyVersionTests
{
    [Fact]
    public void a_registration_makes_its_initiator_and_nobody_else() => Assert.Equal(
        ["1 initiator 示例市教育局 Lots= Amount=18500000"],
        Told(Registered() with { Lots = [Lot(L1, 1) with { Estimate = Yuan("18500000") }] }));

    [Fact]
    public void who_is_shown_is_a_candidate_and_a_bidder_and_who_is_awarded_a_supplier_too()
    {
        var told = Versions([Registered(), Announced(L1), Shown(L1), Decided(To(First, L1))]);

        Assert.Equal(["bidder 3", "bidder 4", "candidate 3", "supplier 4"], Of(told, First).Select(v => $"{v.Role} {v.EventVersion}"));
        Assert.Equal(["bidder 3", "candidate 3"], Of(told, Second).Select(v => $"{v.Role} {v.EventVersion}"));
        Assert.Equal([4L], told.Select(v => v.SupersededBy).OfType<long>());
    }

    [Fact]
    public void what_is_withdrawn_makes_nobody_anything_from_then_on()
    {
        var told = Versions([Registered(), Announced(L1), Shown(L1), Withdrawn(Shown(L1))]);

        Assert.Equal([("bidder", 4L), ("candidate", 4L)], Of(told, First).Select(v => (v.Role!, v.SupersededBy!.Value)));
    }

    [Fact]
    public void what_is_not_public_makes_nobody_anything()
    {
        var told = Versions([Registered(), Announced(L1), Shown(L1) with { Notice = Lives.Hidden(Shown(L1)) }, Decided(To(First, L1)) with { Notice = Lives.Hidden(Decided()) }]);

        Assert.Empty(Of(told, First));
    }

    [Fact]
    public void what_is_disclosed_makes_them_it_from_then_on() => Assert.All(Lives.All.Where(life => life.Facts.Any(fact => fact is NoticeDisclosed)), life =>
    {
        var disclosing = life.Facts.Select((fact, i) => (fact, Version: i + 1L)).First(each => each.fact is NoticeDisclosed);
        var named = Figures.Parties(((NoticeDisclosed)disclosing.fact).Disclosed().Fact).ToList();
        var told = Versions(life.Facts);

        Assert.All(named, party => Assert.Contains(told, v => v.CreditCode == party.CreditCode?.ToString() && v.EventVersion <= disclosing.Version));
    });

    [Fact]
    public void new_events_store_all_that_they_change() => Assert.All(Lives.All, life =>
    {
        var (events, stored) = (Recording.Of(life.Facts), new Dictionary<Guid, string>());
        foreach (var e in events)
            foreach (var row in PartyVersion.Of(new Lifecycle([.. events.Take((int)e.Version)], e.Version))) stored[row.Id] = Stored.Json(row);

        Assert.Equal(PartyVersion.Of(events).Select(Stored.Json).Order(), stored.Values.Order());
    });

    [Fact]
    public void another_name_is_told_beside_the_one_that_was_stated_last()
    {
        var renamed = First with { Name = "示例改名后建设有限公司" };
        var told = Of(Versions([Registered(), Announced(L1), Shown(L1), Decided(To(renamed, L1))]), First).Where(v => v.SupersededBy is null).ToList();

        Assert.Equal(["bidder " + renamed.Name, "candidate " + First.Name, "supplier " + renamed.Name], told.Select(v => $"{v.Role} {v.Name}"));
    }

    private static IReadOnlyList<PartyVersion> Versions(IEnumerable<INoticed> facts) => [.. PartyVersion.Of(Recording.Of(facts))];

    private static IEnumerable<PartyVersion> Of(IEnumerable<PartyVersion> told, Party party) =>
        told.Where(v => v.CreditCode == party.CreditCode!.ToString()).OrderBy(v => v.Role, StringComparer.Ordinal).ThenBy(v => v.EventVersion);

    private static IEnumerable<string> Told(params INoticed[] facts) => Versions(facts).Select(v => $"{v.EventVersion} {v.Role} {v.Name} Lots={v.Lots} Amount={v.Amount}");
}
