using System.Text.Json;
using JasperFx.Events;
using Trading.Events;
using Trading.Kernel;
using Trading.Vault;

namespace Trading.Ocds;

/// <summary>Contacts of initiators and agencies in announcements, as long as the vault opens them (10号令 第五条).</summary>
/// <param name="ByDigest">What stands for each in the event.</param>
internal sealed record Contacts(IReadOnlyDictionary<string, Contact> ByDigest)
{
    public static readonly Contacts None = new(new Dictionary<string, Contact>());

    public static async Task<Contacts> Of(PersonalVault vault, IEnumerable<IEvent> events, CancellationToken ct)
    {
        var digests = events.Select(e => e.Data).OfType<INoticed>().Select(Disclosed).SelectMany(Parties).SelectMany(party => party.Sealed ?? []).Distinct().ToArray();
        var contacts = new Dictionary<string, Contact>();
        foreach (var (digest, opening) in await vault.Openings(digests, ct))
            if (PersonalVault.Read(opening) is ("contact", { } value)) contacts[digest] = value.Deserialize<Contact>(WireJson.Stored)!;
        return new Contacts(contacts);
    }

    /// <summary>The fact with the contacts that are known of its parties.</summary>
    public INoticed In(INoticed fact) => fact switch
    {
        PrequalificationAnnounced f => f with { Initiator = Known(f.Initiator), Agency = f.Agency is { } agency ? Known(agency) : null },
        AnnouncementPublished f => f with { Initiator = Known(f.Initiator), Agency = f.Agency is { } agency ? Known(agency) : null },
        SoleSourcePublicised f => f with { Initiator = Known(f.Initiator), Agency = f.Agency is { } agency ? Known(agency) : null },
        _ => fact,
    };

    /// <summary>Whose contact stands at a pointer into an announcement as it is read.</summary>
    public static Party? At(INoticed? announcement, string pointer) => pointer switch
    {
        "/content/initiator/contact" when announcement is not null => Parties(announcement).FirstOrDefault(),
        "/content/agency/contact" when announcement is not null => Parties(announcement).Skip(1).FirstOrDefault(),
        _ => null,
    };

    private static IEnumerable<Party> Parties(INoticed fact) => fact switch
    {
        PrequalificationAnnounced f => [f.Initiator, .. f.Agency is { } agency ? new[] { agency } : []],
        AnnouncementPublished f => [f.Initiator, .. f.Agency is { } agency ? new[] { agency } : []],
        SoleSourcePublicised f => [f.Initiator, .. f.Agency is { } agency ? new[] { agency } : []],
        _ => [],
    };

    private static INoticed Disclosed(INoticed fact)
    {
        try
        {
            return fact is NoticeDisclosed disclosing ? disclosing.Disclosed().Fact : fact;
        }
        catch (Exception wrong) when (Defects.Report(fact.Notice.NoticeId, Releases.Surface, wrong))
        {
            return fact;
        }
    }

    private Party Known(Party party) => (party.Sealed ?? []).Select(digest => ByDigest.GetValueOrDefault(digest)).FirstOrDefault(c => c is not null) is { } contact
        ? party with { Contact = contact, Sealed = null }
        : party;
}
