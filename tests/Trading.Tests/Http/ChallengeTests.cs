using System.Net;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Trading.Ops;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Http;

/// <summary>A token that is refused is not repeated to whoever brought it.</summary>
[Collection(TradingApp.Collection)]
public sealed class ChallengeTests(TradingApp app)
{
    [Theory]
    [InlineData("iss", "a\\u0000b")]
    [InlineData("iss", "a\\r\\nX-Injected: 1")]
    [InlineData("iss", "发证方")]
    [InlineData("aud", "a\\u0000b")]
    [InlineData("aud", "a\\u007Fb")]
    public async Task what_cannot_stand_in_a_header_is_not_put_there(string claim, string value)
    {
        var (issuer, audience) = (claim is "iss" ? value : LocalKey.Issuer, claim is "aud" ? value : LocalKey.Audience);
        var expires = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds();
        var token = new JsonWebTokenHandler().CreateToken(
            $$"""{"iss":"{{issuer}}","aud":"{{audience}}","exp":{{expires}},"sub":"somebody","role":"publisher"}""",
            new SigningCredentials(app.Key.SigningKey, SecurityAlgorithms.HmacSha256));
        var refused = (await new Client(app.Address, token).PostText("/v1/procedures", "{}")).Refused(HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.StartsWith("Bearer", refused.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        Assert.DoesNotContain("issuer", refused.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }
}
