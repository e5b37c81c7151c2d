using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Trading.Tests.Harness;

/// <summary>
/// An OpenID Connect authority: discovery document and keys over TLS on a loopback port, and the tokens it signs. A process that is
/// started with <see cref="Settings"/> trusts its certificate and takes its tokens.
/// </summary>
internal sealed class OidcAuthority : IAsyncDisposable
{
    public const string Audience = "trading";

    private readonly WebApplication app;
    private readonly string certificate;
    private readonly RSA rsa;
    private readonly ECDsa ec;

    private OidcAuthority(WebApplication app, string certificate, RSA rsa, ECDsa ec, string address)
    {
        (this.app, this.certificate, this.rsa, this.ec, Address) = (app, certificate, rsa, ec, address);
        Rs256 = new SigningCredentials(new RsaSecurityKey(rsa) { KeyId = "rsa" }, SecurityAlgorithms.RsaSha256);
        Es256 = new SigningCredentials(new ECDsaSecurityKey(ec) { KeyId = "ec" }, SecurityAlgorithms.EcdsaSha256);
        Hs256OfPublicKey = new SigningCredentials(
            new SymmetricSecurityKey(System.Text.Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem())) { KeyId = "rsa" }, SecurityAlgorithms.HmacSha256);
    }

    /// <summary>Also the issuer of its tokens.</summary>
    public string Address { get; }

    public SigningCredentials Rs256 { get; }

    public SigningCredentials Es256 { get; }

    /// <summary>What a forger has who knows only what is public.</summary>
    public SigningCredentials Hs256OfPublicKey { get; }

    /// <summary>Of a service that takes this authority's tokens and no others.</summary>
    public (string Name, string? Value)[] Settings =>
    [
        ("Embedded__Directory", null), ("Authentication__Authority", Address), ("Authentication__Audience", Audience), ("SSL_CERT_FILE", certificate),
        ("Http__Hosts", "127.0.0.1"),
    ];

    public static async Task<OidcAuthority> Start()
    {
        var (rsa, ec) = (RSA.Create(2048), ECDsa.Create(ECCurve.NamedCurves.nistP256));
        using var own = Certificate(rsa);
        var file = Path.Combine(Directory.CreateTempSubdirectory("trading-authority-").FullName, "certificate.pem");
        await File.WriteAllTextAsync(file, own.ExportCertificatePem(), TestContext.Current.CancellationToken);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        var served = X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(served)));
        var app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", (HttpRequest request) =>
        {
            var issuer = $"{request.Scheme}://{request.Host}";
            return Results.Json(new { issuer, jwks_uri = $"{issuer}/keys", id_token_signing_alg_values_supported = (string[])["RS256", "ES256"] });
        });
        app.MapGet("/keys", () => Results.Json(new { keys = (object[])[Public(rsa), Public(ec)] }));
        await app.StartAsync(TestContext.Current.CancellationToken);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new OidcAuthority(app, file, rsa, ec, address);
    }

    /// <summary>An access token as RFC 9068 has it, of a publisher of the usual centre; the claims given replace or, where null, remove its own.</summary>
    public string Token(SigningCredentials? signing, string? type = "at+jwt", params (string Name, object? Value)[] claims)
    {
        var all = new Dictionary<string, object>
        {
            ["sub"] = "publisher-1", ["role"] = "publisher", ["centre"] = Trading.Ops.LocalKey.CentreCode, ["centre_name"] = Trading.Ops.LocalKey.CentreName,
            ["region"] = "*", ["client_id"] = "centre-software", ["jti"] = "1", ["scope"] = "trading",
        };
        foreach (var (name, value) in claims)
        {
            if (value is null) all.Remove(name);
            else all[name] = value;
        }

        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address, Audience = Audience, Claims = all, TokenType = type, IssuedAt = now, NotBefore = now, Expires = now.AddMinutes(10), SigningCredentials = signing,
        });
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        rsa.Dispose();
        ec.Dispose();
        Directory.Delete(Path.GetDirectoryName(certificate)!, recursive: true);
    }

    private static X509Certificate2 Certificate(RSA key)
    {
        var request = new CertificateRequest("CN=authority.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private static object Public(RSA key)
    {
        var of = key.ExportParameters(includePrivateParameters: false);
        return new { kty = "RSA", use = "sig", kid = "rsa", alg = "RS256", n = Base64UrlEncoder.Encode(of.Modulus), e = Base64UrlEncoder.Encode(of.Exponent) };
    }

    private static object Public(ECDsa key)
    {
        var of = key.ExportParameters(includePrivateParameters: false);
        return new { kty = "EC", use = "sig", kid = "ec", alg = "ES256", crv = "P-256", x = Base64UrlEncoder.Encode(of.Q.X), y = Base64UrlEncoder.Encode(of.Q.Y) };
    }
}
