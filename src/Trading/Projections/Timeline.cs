using System.Text.Json;
using System.Text.Json.Nodes;
using JasperFx.Events;
using Trading.Events;
using Trading.Kernel;

namespace Trading.Projections;

/// <summary>One event of a procedure as the history shows it.</summary>
/// <param name="Type">The wire name of the event.</param>
/// <param name="Kind">The Chinese name of the notice.</param>
/// <param name="Title">Absent, with <paramref name="Changes"/>, where the event is not public.</param>
/// <param name="Position">In the public feed, once it has one.</param>
/// <param name="Changes">What the event changed on the procedure's page.</param>
/// <param name="Citation">The article that asks for the notice.</param>
/// <param name="Unreadable">True of an event that this version of the service cannot read: it stands here with nothing of its content.</param>
public sealed record TimelineEntry(
    long Version,
    Guid EventId,
    string Type,
    string Kind,
    DateTimeOffset RecordedAt,
    DisclosureKind Disclosure,
    string Citation,
    string? Title = null,
    IReadOnlyList<Difference>? Changes = null,
    long? Position = null,
    bool? Unreadable = null);

/// <param name="Path">Where on the page (RFC 6901); lots, notices and contracts by their id.</param>
public sealed record Difference(string Path, JsonNode? Before, JsonNode? After);

/// <summary>The history of a procedure, folded event by event.</summary>
public static class Timeline
{
    // What changes with every event, or only repeats another member, tells nothing.
    private static readonly HashSet<string> Untold = ["version", "changedAt", "steps", "deadlineSteps", "contractIds", "notices"];

    /// <param name="positions">Of the events, in order, as far as they are published.</param>
    /// <param name="whole">With what is not public: for supervisors alone.</param>
    public static IReadOnlyList<TimelineEntry> Of(IReadOnlyList<IEvent> events, IReadOnlyList<long> positions, bool whole = false)
    {
        var disclosed = events.Select(e => e.Data).OfType<NoticeDisclosed>().Where(f => f.Notice.Disclosure.IsPublic).Select(f => f.Discloses).ToHashSet();
        var entries = new List<TimelineEntry>();
        ProcedurePage? page = null;
        JsonNode? before = null;
        foreach (var e in events)
        {
            if (e.Data is Unreadable { Kind: var unreadable })
            {
                var category = page?.Category ?? TradeCategory.Other;
                page = ProcedureFold.Show(page, e, whole);
                entries.Add(new TimelineEntry(
                    e.Version, e.Id, unreadable.WireName, unreadable.Titles(category), LegalTime.Here(e.Timestamp), DisclosureKind.Withheld, unreadable.Citations(category),
                    Position: ProcedurePage.PositionOf(e.Version, positions), Unreadable: true));
                continue;
            }

            if (e.Data is not INoticed fact) continue;
            page = ProcedureFold.Show(page, e, whole);
            var after = JsonSerializer.SerializeToNode(page, WireJson.Stored);
            var kind = Catalogue.Of(fact);
            var entry = new TimelineEntry(
                e.Version, e.Id, kind.WireName, kind.Titles(fact.Notice.Heading.Category), LegalTime.Here(e.Timestamp), fact.Notice.Disclosure.Attribute,
                kind.Citations(fact.Notice.Heading.Category), Position: ProcedurePage.PositionOf(e.Version, positions));
            entries.Add(whole || fact.Notice.Disclosure.IsPublic || disclosed.Contains(e.Id)
                ? entry with { Title = fact.Notice.Title, Changes = before is null ? [] : [.. Differences("", before, after)] }
                : entry);
            before = after;
        }

        return entries;
    }

    private static IEnumerable<Difference> Differences(string path, JsonNode? before, JsonNode? after)
    {
        if (JsonNode.DeepEquals(before, after)) return [];
        return (Members(before), Members(after)) switch
        {
            ({ } was, { } now) => was.Keys.Union(now.Keys).Where(name => !Untold.Contains(name))
                .SelectMany(name => Differences(
                    $"{path}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}",
                    was.GetValueOrDefault(name), now.GetValueOrDefault(name))),
            _ => [new Difference(path, before?.DeepClone(), after?.DeepClone())],
        };
    }

    private static Dictionary<string, JsonNode?>? Members(JsonNode? node) => node switch
    {
        JsonObject o => o.ToDictionary(),
        JsonArray a when a.All(item => Key(item) is not null) => a.ToDictionary(item => Key(item)!, item => item),
        _ => null,
    };

    private static string? Key(JsonNode? item) =>
        item is JsonObject o ? (o["lotId"] ?? o["noticeId"] ?? o["contractId"] ?? o["rank"])?.ToString() : null;
}
