using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Trading.Docket;
using Trading.Events;
using Trading.Http;
using Trading.Kernel;

namespace Trading.Intake;

/// <summary>收件: one posting on its way in. Time, ids and the caller enter here; deciders get values.</summary>
/// <param name="html">Its HTML as it is published; null where it has none.</param>
/// <param name="address">The ids in the address it was sent to.</param>
public sealed class Filing(NoticeBody body, NoticeHtml.Cleaned? html, Caller caller, DateTimeOffset at, RouteValueDictionary? address = null)
{
    private readonly List<Finding> findings = [];

    public Caller Caller => caller;

    /// <summary>When the service took it in, in China Standard Time.</summary>
    public DateTimeOffset At { get; } = LegalTime.Here(at);

    public Guid NoticeId { get; } = Guid.CreateVersion7(at);

    public Guid? ContractId { get; private set; }

    public Guid? ObjectionId { get; private set; }

    /// <summary>What the address names, such as the contract of an amendment.</summary>
    public Guid Addressed(string id) => Guid.Parse((string)address![id]!);

    public Guid NewContract() => (Guid)(ContractId = Guid.CreateVersion7(at));

    public Guid NewObjection() => (Guid)(ObjectionId = Guid.CreateVersion7(at));

    public Guid About(Guid contract) => (Guid)(ContractId = contract);

    public Guid AboutObjection(Guid objection) => (Guid)(ObjectionId = objection);

    /// <summary>What was found while the posting was taken in, before its stage looks at it.</summary>
    public IEnumerable<Finding> Findings => findings;

    public Notice Notice<TFact>(Standing standing) where TFact : INoticed => Notice<TFact>(standing.Heading);

    public Notice Notice<TFact>(Heading heading) where TFact : INoticed
    {
        if (html is not null) findings.Add(WordingRules.HiddenText.If(html.Hidden > 0, new Fact("hidden", html.Hidden.ToString(CultureInfo.InvariantCulture))));
        return new(
            NoticeId,
            heading,
            body.Title ?? heading.ProcedureTitle + Catalogue.Of<TFact>().Titles(heading.Category),
            At,
            Disclosed<TFact>(),
            body.Text,
            html?.Html,
            (body.Html ?? body.Text) is { } original ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(original))) : null,
            body.Attachments,
            body.Media,
            body.SourceUrl);
    }

    /// <summary>A party whose contact the law publishes.</summary>
    public Party Host(Party party)
    {
        findings.AddRange(PartyRules.Findings(party));
        return party;
    }

    /// <summary>Removes the contact of a bidder, which the law does not publish, and warns the publisher.</summary>
    public Party Bidder(Party party)
    {
        findings.AddRange(PartyRules.Findings(party));
        findings.Add(PartyRules.ContactNotPublished.If(party.Contact is not null, new Fact("party", party.Name)));
        return party with { Contact = null };
    }

    private Disclosure Disclosed<TFact>() where TFact : INoticed
    {
        if (body.Disclosure is null && DisclosureRules.Assumed(typeof(TFact)) is { } assumed) return new Disclosure(assumed);

        var disclosure = body.Disclosure ?? new Disclosure(DisclosureKind.Active);
        findings.AddRange(DisclosureRules.Findings(disclosure, At));
        return disclosure;
    }
}
