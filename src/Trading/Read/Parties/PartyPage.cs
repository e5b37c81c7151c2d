using Trading.Kernel;
using Trading.Projections;

namespace Trading.Read.Parties;

/// <summary>主体: everything public about one party.</summary>
/// <param name="Name">As it was stated last.</param>
/// <param name="Names">All names it was stated under, the last first.</param>
/// <param name="Roles">What it is in procedures; only roles it has.</param>
/// <param name="Latest">The procedures in which it was named last, ten at most; all of them by the links of its roles.</param>
public sealed record PartyPage(
    CreditCode CreditCode, string Name, IReadOnlyList<string> Names, IReadOnlyList<RoleSummary> Roles, IReadOnlyList<PartyProcedure> Latest, PartyLinks Links);

/// <summary>角色汇总: how often a party has a role, and for how much money.</summary>
/// <param name="Procedures">In how many procedures.</param>
/// <param name="Lots">In how many lots; absent where the role is of the procedure.</param>
/// <param name="Amount">In 元: what was estimated of an initiator's lots, awarded to a supplier, or agreed with a signatory; absent where none is stated.</param>
/// <param name="FirstAt">When it was published first that it has the role; <paramref name="LastAt"/> when last.</param>
/// <param name="ByCategory">How many of the procedures are of which category, the most frequent first.</param>
/// <param name="Link">To the list of what it has the role in, or is named in beside it; relative to the service.</param>
public sealed record RoleSummary(
    PartyRole Role, long Procedures, long? Lots, string? Amount, DateTimeOffset FirstAt, DateTimeOffset LastAt, IReadOnlyList<FacetCount> ByCategory, string Link);

/// <summary>A procedure, and what the party is in it.</summary>
public sealed record PartyProcedure(
    Guid ProcedureId, string Ocid, string Title, TradeCategory Category, RegionCode RegionCode, string Region, ProcedureStage Stage, ProcedureStatus Status,
    IReadOnlyList<PartyRole> Roles, PageLinks Links);

/// <summary>Where to read on; addresses relative to the service.</summary>
public sealed record PartyLinks(string Self);
