using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using JasperFx.Events;
using Trading.Events;
using Trading.Kernel;
using Trading.Projections;
using Trading.Read;

namespace Trading.Tests.Harness;

/// <summary>
/// What somebody else makes of the feed: the answers of the service, out of what it has published and nothing else. Of an event that is not
/// public he knows its position, its id, when it was recorded, its class and its commitment; not its procedure, nor its kind.
/// </summary>
internal sealed class Mirror
{
    private readonly Dictionary<Guid, List<IEvent>> procedures = [];
    private readonly Dictionary<Guid, JsonObject> items = [];
    private readonly HashSet<Guid> unread = [];

    /// <param name="feed">Every item from position 0 on.</param>
    public Mirror(IEnumerable<JsonObject> feed)
    {
        foreach (var item in feed)
        {
            items.Add((Guid)item["eventId"]!, item);
            if ((string)item["class"]! is not "public") continue;
            if (Event(item) is not { } e)
            {
                unread.Add((Guid)item["procedureId"]!);
                continue;
            }

            if (!procedures.TryGetValue(e.StreamId, out var events)) procedures[e.StreamId] = events = [];
            events.Add(e);
        }
    }

    /// <summary>In the order in which their first public event stands in the feed; without those that have an event of which nothing can be read, or whose beginning was withheld.</summary>
    public IReadOnlyList<Guid> Procedures => [.. procedures.Where(p => !unread.Contains(p.Key) && p.Value[0].Data is ProcedureRegistered or LegacyNoticeImported).OrderBy(p => p.Value[0].Sequence).Select(p => p.Key)];

    public JsonObject? Item(Guid eventId) => items.GetValueOrDefault(eventId);

    public IReadOnlyList<IEvent> Events(Guid procedure) => procedures[procedure];

    public JsonNode Page(Guid procedure) => Written(Folded(procedure));

    public JsonNode History(Guid procedure) => Written(new History(procedure, Timeline.Of(procedures[procedure], [])));

    public JsonNode Notice(IEvent e) => Written(NoticePage.Of(e, Folded(e.StreamId), [])!);

    public IReadOnlyDictionary<Guid, JsonNode> NoticeItems(Guid procedure) =>
        NoticeRow.Of(procedures[procedure]).ToDictionary(row => row.Id, row => Written(NoticeItem.Of(row, null)));

    public JsonNode ProcedureItem(Guid procedure) => Written(Trading.Read.ProcedureItem.Of(ProcedureRow.Of(Folded(procedure)), null));

    private ProcedurePage Folded(Guid procedure) => ProcedureFold.Pages(procedures[procedure]).Single();

    /// <returns>Null where the notice holds what nobody can read.</returns>
    private static IEvent? Event(JsonObject item)
    {
        var type = Catalogue.Find((string)item["type"]!)!.Type;
        object fact;
        try
        {
            fact = item["notice"]!.Deserialize(type, WireJson.Stored)!;
        }
        catch (JsonException)
        {
            return null;
        }

        var e = (IEvent)Activator.CreateInstance(typeof(Event<>).MakeGenericType(type), fact)!;
        e.Id = (Guid)item["eventId"]!;
        e.StreamId = (Guid)item["procedureId"]!;
        e.Version = (long)item["version"]!;
        e.Sequence = (long)item["position"]!;
        e.Timestamp = DateTimeOffset.Parse((string)item["recordedAt"]!, CultureInfo.InvariantCulture);
        return e;
    }

    private static JsonNode Written<T>(T answer) => JsonSerializer.SerializeToNode(answer, WireJson.Stored)!;
}
