using System.Net;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Http;

/// <summary>Tokens of a real authority, with its discovery document and keys over TLS: access tokens come in, everything else it signs does not.</summary>
public sealed class AccessTokenTests
{
    [Fact]
    public async Task only_access_tokens_signed_with_an_asymmetric_key_and_with_a_subject_come_in()
    {
        await using var authority = await OidcAuthority.Start();
        await using var database = await Database.Create("tokens");
        await using var service = await Deployment.Start(database, authority.Settings);

        await Let(service, [
            ("RS256", authority.Token(authority.Rs256)),
            ("ES256", authority.Token(authority.Es256)),
            ("the long media type of RFC 9068", authority.Token(authority.Rs256, "application/at+jwt")),
            ("a subject of 255 characters", authority.Token(authority.Rs256, claims: ("sub", new string('s', 255)))),
        ], HttpStatusCode.OK);
        await Let(service, [
            ("HS256 with the public key as its secret", authority.Token(authority.Hs256OfPublicKey)),
            ("no signature", authority.Token(null)),
            ("an ID token for the same audience", authority.Token(authority.Rs256, "JWT", ("scope", null), ("nonce", "n"), ("at_hash", "h"))),
            ("a token of no type", authority.Token(authority.Rs256, "JWT")),
            ("a logout token", authority.Token(authority.Rs256, "logout+jwt")),
            .. Unnamed(authority, "at+jwt"),
        ], HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task where_the_authority_marks_no_access_tokens_they_are_known_by_what_id_tokens_lack()
    {
        await using var authority = await OidcAuthority.Start();
        await using var database = await Database.Create("types");
        await using var service = await Deployment.Start(database, [.. authority.Settings, ("Authentication__TokenTypes__0", "JWT")]);

        await Let(service, [
            ("an access token with a scope", authority.Token(authority.Rs256, "JWT")),
            ("an access token with scp", authority.Token(authority.Rs256, "JWT", ("scope", null), ("scp", "trading"))),
            ("an access token of an application alone", authority.Token(authority.Rs256, "JWT", ("scope", null), ("idtyp", "app"))),
            ("an access token that says so in its claims", authority.Token(authority.Rs256, "JWT", ("typ", "Bearer"), ("token_use", "access"))),
        ], HttpStatusCode.OK);
        await Let(service, [
            ("a type that was not named", authority.Token(authority.Rs256)),
            ("an ID token with a nonce", authority.Token(authority.Rs256, "JWT", ("nonce", "n"))),
            ("an ID token with at_hash", authority.Token(authority.Rs256, "JWT", ("at_hash", "h"))),
            ("an ID token with c_hash", authority.Token(authority.Rs256, "JWT", ("c_hash", "h"))),
            ("an ID token with s_hash", authority.Token(authority.Rs256, "JWT", ("s_hash", "h"))),
            ("an ID token that has nothing of its own", authority.Token(authority.Rs256, "JWT", ("scope", null))),
            ("an ID token that says so in its claims", authority.Token(authority.Rs256, "JWT", ("typ", "ID"))),
            ("a refresh token", authority.Token(authority.Rs256, "JWT", ("typ", "Refresh"))),
            ("an ID token by token_use", authority.Token(authority.Rs256, "JWT", ("token_use", "id"))),
            .. Unnamed(authority, "JWT"),
        ], HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task two_clients_of_one_subject_and_two_authorities_may_use_the_same_key()
    {
        await using var database = await Database.Create("scopes");
        var recorded = new List<string>();
        var other = Routes.Register.Set("/title", "另一项目");
        foreach (var body in (string[])[Posted.Body, other])
        {
            await using var authority = await OidcAuthority.Start();
            await using var service = await Deployment.Start(database, authority.Settings);
            foreach (var (name, value) in ((string, object?)[])[("client_id", "one"), ("client_id", "two"), ("azp", "three"), ("client_id", null)])
            {
                var client = service.With(authority.Token(authority.Rs256, claims: name is "azp" ? [("client_id", null), (name, value)] : [(name, value)]));
                (string, string) key = ("Idempotency-Key", "\"shared-key\"");
                var first = (await client.PostText("/v1/procedures", body, key)).Expect(HttpStatusCode.Created);
                Assert.False(first.Headers.ContainsKey("Idempotency-Replayed"), $"{name} {value} gets the answer of another");
                IdempotencyTests.Repeats(first, await client.PostText("/v1/procedures", body, key));
                (await client.PostText("/v1/procedures", body + " ", key)).Refused(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
                recorded.Add((string)first.Json["procedureId"]!);
            }
        }

        Assert.Equal(8, recorded.Distinct().Count());
    }

    private static (string, string)[] Unnamed(OidcAuthority authority, string type) =>
    [
        ("no subject", authority.Token(authority.Rs256, type, ("sub", null))),
        ("an empty subject", authority.Token(authority.Rs256, type, ("sub", ""))),
        ("a subject of 256 characters", authority.Token(authority.Rs256, type, ("sub", new string('s', 256)))),
        ("a subject with U+0000", authority.Token(authority.Rs256, type, ("sub", "a\0b"))),
        ("a subject with a line break", authority.Token(authority.Rs256, type, ("sub", "a\nb"))),
        ("a centre's name with U+0000", authority.Token(authority.Rs256, type, ("centre_name", "a\0b"))),
        ("a role with a control character", authority.Token(authority.Rs256, type, ("role", (string[])["publisher", "a\u001fb"]))),
        ("a client with a control character", authority.Token(authority.Rs256, type, ("client_id", "a\u001fb"))),
    ];

    /// <summary>Asks as each, and names every one that is answered otherwise.</summary>
    private static async Task Let(Deployment service, IEnumerable<(string Who, string Token)> callers, HttpStatusCode due)
    {
        var wrong = new List<string>();
        foreach (var (who, token) in callers)
        {
            var answer = await service.With(token).PostText("/v1/procedures?dryRun=true", Posted.Body);
            if (answer.Status != due) wrong.Add($"{who}: {(int)answer.Status} instead of {(int)due}");
        }

        Assert.True(wrong.Count is 0, string.Join(Environment.NewLine, wrong));
    }
}
