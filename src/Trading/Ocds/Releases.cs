using System.Globalization;
using System.Text.Json.Nodes;
using JasperFx.Events;
using Trading.Events;
using Trading.Kernel;
using Trading.Ocds.Mapping;
using Trading.Ocds.Merging;

namespace Trading.Ocds;

/// <summary>
/// The OCDS releases of a procedure: one for each public event, with what it changed. Merging them by the rules of the standard gives what the
/// public knows of the procedure (ReleasesTests).
/// </summary>
internal static class Releases
{
    public const string Surface = "ocds-release";
    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.ffffffzzz";
    private static readonly string[] Sections = ["parties", "buyer", "planning", "tender", "bids", "awards", "contracts"];

    /// <param name="events">All of a procedure up to a version, in order.</param>
    public static IReadOnlyList<JsonObject> Of(IReadOnlyList<IEvent> events, Contacts contacts, Uri service) => [.. Told(events, contacts, service).Select(told => told.Release)];

    /// <summary>Each release with what the public knows after it.</summary>
    public static IEnumerable<(JsonObject Release, JsonObject Known)> Told(IReadOnlyList<IEvent> events, Contacts contacts, Uri service)
    {
        var history = new List<(Guid Id, INoticed? Public)>();
        var tagging = new Tagging();
        var (before, last) = (new JsonObject(), DateTimeOffset.MinValue);
        ProcessState? state = null;
        foreach (var e in events)
        {
            if (e.Data is not INoticed fact) continue;
            if (!fact.Notice.Disclosure.IsPublic)
            {
                history.Add((e.Id, null));
                continue;
            }

            // The standard merges by date, so that no two releases of a process may have the same.
            var date = e.Timestamp > last ? e.Timestamp : last.AddMicroseconds(1);
            var earlier = history.ToList();
            if (Next() is not { } next)
            {
                history = [.. earlier, (e.Id, null)];
                state = Again(history, e.StreamId, service);
                continue;
            }

            (last, before) = (date, next.Known);
            yield return next;

            (JsonObject Release, JsonObject Known)? Next()
            {
                try
                {
                    history.Add((e.Id, contacts.In(fact)));
                    if (fact is NoticeDisclosed disclosing)
                        state = Again(Disclose(history, disclosing, contacts), e.StreamId, service);
                    else
                        (state ??= new ProcessState(e.StreamId, service)).Take(history[^1].Public!);

                    var after = state.Json.Pruned();
                    return (Release(fact, tagging.Of(fact, state), date, before, after, state), after);
                }
                catch (Exception wrong) when (Defects.Report(e.Id, Surface, wrong))
                {
                    return null;   // no release is made of it, and the process goes on as if it had not been public
                }
            }
        }
    }

    /// <summary>What is public from now on has its place where it was recorded.</summary>
    private static List<(Guid Id, INoticed? Public)> Disclose(List<(Guid Id, INoticed? Public)> history, NoticeDisclosed disclosing, Contacts contacts)
    {
        var place = history.FindIndex(past => past.Id == disclosing.Discloses);
        if (place >= 0) history[place] = (disclosing.Discloses, contacts.In(disclosing.Disclosed().Fact));
        return history;
    }

    private static ProcessState Again(List<(Guid Id, INoticed? Public)> history, Guid process, Uri service)
    {
        var state = new ProcessState(process, service);
        foreach (var (_, fact) in history)
            if (fact is not null) state.Take(fact);
        return state;
    }

    private static JsonObject Release(
        INoticed fact, IReadOnlyList<string> tags, DateTimeOffset date, JsonObject before, JsonObject after, ProcessState state)
    {
        var changes = Differences.Between(PublishedRules.All, before, after) ?? [];
        if (fact is PersonalDataErased erased) Forget(erased, changes, after, state);
        Complete(changes, after);
        var release = new JsonObject
        {
            ["ocid"] = fact.Notice.Heading.Ocid,
            ["id"] = fact.Notice.NoticeId.ToString(),
            ["date"] = LegalTime.Here(date).ToString(TimeForm, CultureInfo.InvariantCulture),
            ["tag"] = Members.Texts(tags),
            ["initiationType"] = "tender",
            ["language"] = "zh",
        };
        foreach (var section in Sections)
            if (changes[section] is { } changed) release[section] = changed.DeepClone();
        return release;
    }

    /// <summary>Whoever has merged the contact from a release of before is told that it is gone.</summary>
    private static void Forget(PersonalDataErased erased, JsonObject changes, JsonObject after, ProcessState state)
    {
        foreach (var party in erased.Members.Select(member => Contacts.At(state.Fact(erased.ErasedFrom), member.Pointer)).OfType<Party>())
        {
            var id = Organizations.IdOf(party.Named);
            var known = after.Find("parties", id)?["contactPoint"] as JsonObject ?? [];
            var contact = changes.Item("parties", id).At("contactPoint");
            foreach (var member in (string[])["name", "telephone", "email"])
                if (known[member] is null) contact[member] = null;
        }
    }

    /// <summary>Every party a release refers to stands in it.</summary>
    private static void Complete(JsonObject changes, JsonObject after)
    {
        var referred = Ids(changes).ToHashSet();
        foreach (var party in after.Items("parties").Where(party => referred.Contains((string)party["id"]!)))
        {
            var released = changes.Item("parties", (string)party["id"]!);
            foreach (var (name, value) in party)
                if (!released.ContainsKey(name)) released[name] = value?.DeepClone();
        }
    }

    private static IEnumerable<string> Ids(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member is { Key: "id", Value: JsonValue id } && id.TryGetValue<string>(out var text) ? [text] : Ids(member.Value)),
        JsonArray list => list.SelectMany(Ids),
        _ => [],
    };
}
