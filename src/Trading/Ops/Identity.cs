using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Trading.Http;

namespace Trading.Ops;

/// <summary>Who may come in: tokens of the configured authority, or of the embedded start's own key. Always by real time.</summary>
public static class Identity
{
    public static void AddIdentity(this WebApplicationBuilder builder, Settings settings)
    {
        // at the start, not at the first request that asks for a token's key
        var local = settings.Authority is null ? new LocalKey(settings.Embedded!) : null;
        local?.WriteTokens();

        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(o =>
        {
            o.TimeProvider = TimeProvider.System;
            o.MapInboundClaims = false;
            o.IncludeErrorDetails = false;   // they repeat what stands in the token, and not all of that can stand in a header
            o.TokenValidationParameters.NameClaimType = "sub";
            o.TokenValidationParameters.RoleClaimType = Role.Claim;
            o.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(30);
            if (settings.Authority is { } authority)
            {
                o.Authority = authority.Address;
                o.Audience = authority.Audience;
                o.TokenValidationParameters.ValidAlgorithms = AccessTokens.Asymmetric;
                o.TokenValidationParameters.ValidTypes = authority.TokenTypes;
            }
            else
            {
                o.TokenValidationParameters.ValidIssuer = LocalKey.Issuer;
                o.TokenValidationParameters.ValidAudience = LocalKey.Audience;
                o.TokenValidationParameters.IssuerSigningKey = local!.SigningKey;
                o.TokenValidationParameters.ValidAlgorithms = [SecurityAlgorithms.HmacSha256];
            }

            o.Events = new JwtBearerEvents
            {
                OnTokenValidated = token =>
                {
                    var isUntyped = settings.Authority is not null && !AccessTokens.Rfc9068.Contains((token.SecurityToken as JsonWebToken)?.Typ ?? "");
                    if ((AccessTokens.Flaw(token.Principal!) ?? (isUntyped ? AccessTokens.FlawOfUntyped(token.Principal!) : null)) is { } flaw) token.Fail(flaw);
                    return Task.CompletedTask;
                },
            };
        });
    }
}
