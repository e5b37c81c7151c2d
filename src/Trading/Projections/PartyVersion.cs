using System.Security.Cryptography;
using System.Text;
using JasperFx.Events;
using Trading.Kernel;

namespace Trading.Projections;

/// <summary>
/// 招标人(采购人、出让人)、代理机构、投标人、中标候选人、中标人(成交供应商)、合同供方: what somebody is in a procedure. Who is a candidate,
/// is awarded or signs is a bidder too.
/// </summary>
public enum PartyRole { Initiator, Agency, Bidder, Candidate, Supplier, Signatory }

/// <summary>What one party was in one procedure, in one role, from one event until another changed it: what its page is counted from.</summary>
/// <param name="RecordedAt">When the event was recorded from which on it holds, in UTC; never before an earlier event of the procedure.</param>
/// <param name="SupersededBy">The version of the procedure that changed it; null while none has.</param>
/// <param name="Name">As the role was stated under last.</param>
/// <param name="Role">On the wire; null where the row only tells of another name the party was stated under.</param>
/// <param name="Lots">How many it has the role in; null where the role is of the procedure.</param>
/// <param name="Amount">In 元: what was estimated of an initiator's lots, awarded to a supplier, or agreed with a signatory.</param>
/// <param name="FirstAt">When what stands made it that first, by publication, in UTC; <paramref name="LastAt"/> likewise.</param>
public sealed record PartyVersion(
    Guid Id,
    Guid ProcedureId,
    long EventVersion,
    DateTimeOffset RecordedAt,
    long? SupersededBy,
    DateTimeOffset? SupersededAt,
    string CreditCode,
    string Name,
    string? Role,
    string Category,
    int? Lots,
    decimal? Amount,
    DateTimeOffset FirstAt,
    DateTimeOffset LastAt) : IVersion<PartyVersion>
{
    object IVersion<PartyVersion>.Thing => (CreditCode, Role, Role is null ? Name : null);

    /// <summary>The versions in one procedure that new events have begun or ended.</summary>
    public static IEnumerable<PartyVersion> Of(Lifecycle life) => Versions.Changed(life, Of);

    /// <summary>Every version of every party in one procedure.</summary>
    public static IEnumerable<PartyVersion> Of(IEnumerable<IEvent> events) => Versions.Of<PartyFold, PartyVersion>(events, PartyFold.Show, Told);

    PartyVersion IVersion<PartyVersion>.EndedBy(long version, DateTimeOffset at) => this with { SupersededBy = version, SupersededAt = at };

    public bool IsAs(PartyVersion other) =>
        (Name, Category, Lots, Amount, FirstAt, LastAt) == (other.Name, other.Category, other.Lots, other.Amount, other.FirstAt, other.LastAt);

    private static IEnumerable<PartyVersion> Told(PartyFold then, IEvent e, DateTimeOffset reached)
    {
        foreach (var party in then.Parts().Where(part => part.Party.CreditCode is not null).GroupBy(part => part.Party.CreditCode!.ToString()))
        {
            var roles = party.GroupBy(part => part.Role).Select(role => Row(role, WireNames.Of(role.Key))).ToList();
            foreach (var row in roles) yield return row;
            foreach (var name in party.GroupBy(part => part.Party.Name).Where(name => roles.All(row => row.Name != name.Key))) yield return Row(name, role: null);
        }

        PartyVersion Row(IEnumerable<Part> parts, string? role)
        {
            var all = parts.OrderBy(part => part.At).ToList();
            var (code, name) = (all[^1].Party.CreditCode!.ToString(), all[^1].Party.Name);
            var of = role is null ? [] : all;
            return new PartyVersion(
                IdOf(e.Id, $"{code} {role} {(role is null ? name : "")}"), then.Page.Id, e.Version, reached, null, null, code, name, role, WireNames.Of(then.Page.Category),
                of.Any(part => part.Lot is not null) ? of.Select(part => part.Lot).Distinct().Count() : null, Figures.Sum(of.SelectMany(part => part.Prices)),
                StoredTime.Column(all[0].At), StoredTime.Column(all[^1].At));
        }
    }

    private static Guid IdOf(Guid e, string thing) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{e} {thing}")).AsSpan(0, 16), bigEndian: true);
}
