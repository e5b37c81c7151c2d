using System.Security.Claims;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using Trading.Http;

namespace Trading.Ops;

/// <summary>
/// What a token must be beyond what its signature, issuer, audience and times say: an access token with a subject. An ID token has the
/// same issuer and keys and may have the same audience, but it tells a client who has logged in and grants nothing.
/// </summary>
public static class AccessTokens
{
    /// <summary>The types of RFC 9068 §2.1.</summary>
    public static readonly IReadOnlyList<string> Rfc9068 = ["at+jwt", "application/at+jwt"];

    /// <summary>With a key that is published, a symmetric algorithm would let anybody sign.</summary>
    public static readonly IReadOnlyList<string> Asymmetric =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>The most characters of a claim that is kept or compared; OpenID Connect Core §2 bounds <c>sub</c> likewise.</summary>
    private const int LongestClaim = 255;

    /// <summary>A role or client may be named several times.</summary>
    private const int MostClaims = 50;

    private static readonly string[] kept = ["iss", "sub", "client_id", "azp", Role.Claim, "centre", "centre_name", "region"];

    /// <summary>Claims of ID tokens alone (OpenID Connect Core §2, §3.3.2.11; Financial-grade API §5.1.1).</summary>
    private static readonly string[] ofIdTokens = ["nonce", "at_hash", "c_hash", "s_hash"];

    /// <summary>Why a token is not taken whoever has signed it; null when it is. It names claims, never their values.</summary>
    public static string? Flaw(ClaimsPrincipal token)
    {
        if (token.FindAll("sub").ToList() is not [{ Value.Length: > 0 }]) return "There is not exactly one subject.";
        var read = token.Claims.Where(claim => kept.Contains(claim.Type)).ToList();
        if (read.Count > MostClaims) return "There are too many claims.";
        return read.Find(claim => !IsText(claim.Value)) is { } flawed ? $"The claim {flawed.Type} is too long or no text." : null;
    }

    /// <summary>Whether a claim can be stored: the claims that are kept are recorded with every event.</summary>
    private static bool IsText(string claim) =>
        claim.Length <= LongestClaim && !claim.Any(char.IsControl) && claim.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);

    /// <summary>Why a token that is not typed by RFC 9068 is not known to be an access token; null when it is.</summary>
    public static string? FlawOfUntyped(ClaimsPrincipal token)
    {
        if (ofIdTokens.FirstOrDefault(name => token.HasClaim(claim => claim.Type == name)) is { } own) return $"The claim {own} is of ID tokens.";
        if (token.FindFirstValue("typ") is { } typ && typ is not "Bearer") return "The claim typ is not that of access tokens.";                    // Keycloak
        if (token.FindFirstValue("token_use") is { } use && use is not "access") return "The claim token_use is not that of access tokens.";         // Cognito
        var grants = token.HasClaim(claim => claim.Type is "scope" or "scp") || token.HasClaim("idtyp", "app");                                      // the last: Entra ID
        return grants ? null : "There is none of the claims scope, scp and idtyp, by which access tokens are known.";
    }
}
