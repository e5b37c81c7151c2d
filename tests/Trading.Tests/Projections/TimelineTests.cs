using System.Text.Json.Nodes;
using Trading.Events;
using Trading.Kernel;
using Trading.Projections;
using Trading.Tests.Harness;
using Xunit;
using static Trading.Tests.Harness.Samples;

namespace Trading.Tests.Projections;

public sealed class TimelineTests
{
    public static TheoryData<string> Names => [.. Lives.All.Select(life => life.Name)];

    [Theory, MemberData(nameof(Names))]
    public void every_event_is_told_once_and_in_its_order(string name)
    {
        var facts = Lives.All.Single(life => life.Name == name).Facts;
        var entries = Timeline.Of(Recording.Of(facts), []);

        Assert.Equal(Enumerable.Range(1, facts.Count).Select(version => (long)version), entries.Select(entry => entry.Version));
        Assert.Equal(facts.Select(fact => (fact.Notice.NoticeId, Catalogue.Of(fact).WireName)), entries.Select(entry => (entry.EventId, entry.Type)));
        Assert.All(entries, entry => Assert.Equal(TimeSpan.FromHours(8), entry.RecordedAt.Offset));
        Assert.All(entries, entry => Assert.NotEmpty(entry.Citation));
    }

    [Fact]
    public void the_first_event_changes_nothing_that_was()
    {
        var entry = Timeline.Of(Recording.Of(Registered()), []).Single();

        Assert.Equal(("项目登记", "示例公告"), (entry.Kind, entry.Title));
        Assert.Empty(entry.Changes!);
    }

    [Fact]
    public void an_event_tells_what_it_changed_on_the_page() => Assert.Equal(
        [
            "/stage \"planning\" \"announcing\"",
            "/lots/001/status \"planned\" \"announced\"",
            "/lots/001/round 0 1",
            "/lots/001/deadlines/submission — \"2026-03-23T09:00:00+08:00\"",
            "/lots/001/deadlines/opening — \"2026-03-23T09:00:00+08:00\"",
            "/deadlines/submission — \"2026-03-23T09:00:00+08:00\"",
            "/deadlines/opening — \"2026-03-23T09:00:00+08:00\"",
        ],
        Changes(Registered(), Announced(L1)));

    [Fact]
    public void what_is_new_in_a_list_is_told_by_its_key()
    {
        var changes = Changes(Registered(), Announced(L1), Opened(L1), Shown(L1), Decided(To(First, L1)), Contracted(L1));

        Assert.Contains($"/lots/001/contracts/{ContractId} —", string.Join('\n', changes), StringComparison.Ordinal);
    }

    [Fact]
    public void what_is_gone_is_told_with_what_it_was()
    {
        var changes = Changes(Registered(), Announced(L1), Opened(L1), Shown(L1), Withdrawn(Shown()));

        Assert.Contains("/lots/001/status \"evaluated\" \"opened\"", changes);
        Assert.Equal(3, changes.Count(change => change.StartsWith("/lots/001/candidates/", StringComparison.Ordinal) && change.EndsWith(" —", StringComparison.Ordinal)));
    }

    [Fact]
    public void a_notice_that_changes_nothing_on_the_page_says_so() => Assert.Empty(Changes(Registered(), Clarified(L1)));

    [Fact]
    public void of_an_event_that_is_not_public_only_that_it_happened()
    {
        var entries = Timeline.Of(Recording.Of(Registered(), Announced(L1) with { Notice = Lives.Hidden(Announced()) }, Opened(L1)), []);

        Assert.Equal((2, "announcement-published", DisclosureKind.Withheld), (entries[1].Version, entries[1].Type, entries[1].Disclosure));
        Assert.Null(entries[1].Title);
        Assert.Null(entries[1].Changes);
        Assert.Contains(entries[2].Changes!, change => change.Path is "/lots/001/status");
    }

    [Theory, MemberData(nameof(Names))]
    public void there_are_changes_if_and_only_if_the_page_has_changed(string name)
    {
        var events = Recording.Of(Lives.All.Single(life => life.Name == name).Facts);
        var entries = Timeline.Of(events, []);
        for (var known = 1; known < events.Count; known++)
        {
            var (before, after) = (Plain(events.Take(known)), Plain(events.Take(known + 1)));
            if (entries[known].Changes is { } changes) Assert.Equal(before == after, changes.Count is 0);
        }

        static string Plain(IEnumerable<JasperFx.Events.IEvent> events)
        {
            var page = JsonNode.Parse(Stored.Json(ProcedureFold.Pages(events).Single()))!.AsObject();
            foreach (var untold in new[] { "version", "changedAt", "notices" }) page.Remove(untold);
            foreach (var lot in page["lots"]!.AsArray())
            foreach (var untold in new[] { "steps", "deadlineSteps", "contractIds" }) lot!.AsObject().Remove(untold);
            return page.ToJsonString();
        }
    }

    private static List<string> Changes(params IEnumerable<INoticed> facts) =>
        [.. Timeline.Of(Recording.Of(facts), [])[^1].Changes!.Select(change => $"{change.Path} {Text(change.Before)} {Text(change.After)}")];

    private static string Text(JsonNode? node) => node?.ToJsonString(WireJson.Stored) ?? "—";
}
