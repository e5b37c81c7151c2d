using System.Security.Claims;
using Trading.Kernel;

namespace Trading.Http;

/// <summary>Who asks, for whom, and how far they may reach.</summary>
/// <param name="Subject">Claim <c>sub</c>.</param>
/// <param name="Centre">Claims <c>centre</c> (its credit code) and <c>centre_name</c>; of publishers and reviewers.</param>
/// <param name="Reach">Claim <c>region</c>: a prefix of GB/T 2260, or <c>*</c> for the whole country.</param>
/// <param name="Issuer">Claim <c>iss</c>: who vouches for the subject.</param>
/// <param name="Client">Claim <c>client_id</c> (RFC 9068) or <c>azp</c> (OpenID Connect): the program that asks; null where the token names none.</param>
public sealed record Caller(string Subject, IReadOnlySet<string> Roles, CallerCentre? Centre, RegionPrefix? Reach, string Issuer = "", string? Client = null)
{
    public static Caller Of(ClaimsPrincipal user) => new(
        user.FindFirstValue("sub") ?? "",
        user.FindAll(Role.Claim).Select(c => c.Value).ToHashSet(),
        Written.TryParse<CreditCode>(user.FindFirstValue("centre")) is { } code
            ? new CallerCentre(code, user.FindFirstValue("centre_name") ?? code.ToString())
            : null,
        Written.TryParse<RegionPrefix>(user.FindFirstValue("region")),
        user.FindFirstValue("iss") ?? "",
        user.FindFirstValue("client_id") ?? user.FindFirstValue("azp"));

    public bool Is(string role) => Roles.Contains(role);

    /// <summary>Whether the caller acts for this centre in this region.</summary>
    public bool ActsFor(CreditCode centre, RegionCode region) => Centre?.Code == centre && Reaches(region);

    public bool Reaches(RegionCode region) => Reach?.Covers(region) is true;

    /// <summary>Why a supervisor is not shown all that was recorded of a procedure; null when he is.</summary>
    /// <param name="region">Of the procedure; null where there is no such procedure.</param>
    public ProblemKind? BarredFrom(RegionCode? region) => region is null ? ProblemKind.NotFound : Reaches(region) ? null : ProblemKind.Forbidden;

    /// <summary>Whether the caller may read what of this procedure is not public.</summary>
    public bool SeesAll(CreditCode centre, RegionCode region) =>
        (Is(Role.Supervisor) && Reaches(region)) || ((Is(Role.Publisher) || Is(Role.Reviewer)) && ActsFor(centre, region));
}

public sealed record CallerCentre(CreditCode Code, string Name);

/// <summary>What a caller may be.</summary>
public static class Role
{
    public const string Claim = "role";

    /// <summary>Posts for one centre.</summary>
    public const string Publisher = "publisher";

    /// <summary>Reads what its centre has not made public.</summary>
    public const string Reviewer = "reviewer";

    /// <summary>Reads everything of its region.</summary>
    public const string Supervisor = "supervisor";

    /// <summary>Runs the service; posts nothing but what is wrong with an event that cannot be shown.</summary>
    public const string Operator = "operator";

    public static readonly IReadOnlyList<string> All = [Publisher, Reviewer, Supervisor, Operator];
}
