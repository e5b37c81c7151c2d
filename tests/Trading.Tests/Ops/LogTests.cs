using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Ops;

/// <summary>What the service writes of its work holds nothing of people and nothing that opens a door.</summary>
public sealed class LogTests
{
    private const string Person = "canary-person", Phone = "13900000001", Email = "canary@example.org", Key = "canary-key", Text = "canary-text";

    [Fact]
    public async Task the_log_names_no_person_and_no_secret()
    {
        await using var database = await Database.Create("log");
        await using var service = await Deployment.Start(database, ("Logging__LogLevel__Default", "Debug"));
        var publisher = service.Client("publisher");
        var body = Routes.Register
            .Set("/initiator/contact", new JsonObject { ["name"] = Person, ["phone"] = Phone, ["email"] = Email })
            .Set("/text", Text);

        var receipt = (await publisher.PostText("/v1/procedures", body, ("Idempotency-Key", $"\"{Key}\""))).Expect(HttpStatusCode.Created).Json;
        (await publisher.PostText("/v1/procedures", body + " ", ("Idempotency-Key", $"\"{Key}\""))).Expect(HttpStatusCode.UnprocessableEntity);
        (await publisher.PostText("/v1/procedures", body.Set("/initiator/name", 1), ("Idempotency-Key", Key))).Expect(HttpStatusCode.BadRequest);
        (await publisher.PostText("/v1/procedures", body[..^9])).Expect(HttpStatusCode.BadRequest);
        (await publisher.PostText("/v1/procedures", Routes.Engineering("001").Set("/lots/0/lotId", Person + Phone + "。"))).Expect(HttpStatusCode.BadRequest);
        using (var lines = new StringContent(Routes.Legacy.Set("/candidates/0/name", Person), System.Text.Encoding.UTF8, Routes.Legacy.ContentType))
            (await publisher.Send(HttpMethod.Post, "/v1/legacy-notices", lines)).Expect(HttpStatusCode.OK);
        (await service.Client().Get($"/v1/notices?supplier={Person}")).Expect(HttpStatusCode.OK);
        (await service.Client().Get($"/v1/{Person}?token={service.Tokens["publisher"]}")).Expect(HttpStatusCode.NotFound);
        (await new Client(service.Address, (string)service.Tokens["operator"]! + "x").PostText("/v1/procedures", body)).Expect(HttpStatusCode.Unauthorized);
        (await service.Client().Get($"/v1/procedures/{receipt["procedureId"]}")).Expect(HttpStatusCode.OK);
        await Break(database);
        (await publisher.PostText("/v1/procedures", body)).Expect(HttpStatusCode.InternalServerError);

        var log = await service.Running.Until(
            log => log.Contains("POST /v1/procedures failed", StringComparison.Ordinal) ? log : null, TimeSpan.FromSeconds(15));
        var password = new NpgsqlConnectionStringBuilder(database.Application).Password!;
        string[] secrets =
        [
            Phone, Email, Key, Text, password, Convert.ToBase64String(service.SigningKey), Convert.ToHexString(service.SigningKey),
            .. service.Tokens.Select(token => (string)token.Value!), .. service.Tokens.Select(token => ((string)token.Value!).Split('.')[2]),
        ];
        var told = secrets.Where(secret => log.Contains(secret, StringComparison.OrdinalIgnoreCase)).Append(Person).Select(secret => Excerpt(log, secret)).ToList();
        Assert.True(told is [""], string.Join("\n---\n", told));
    }

    /// <summary>Inserts fail from now on, in the middle of a transaction, with values at hand.</summary>
    private static async Task Break(Database database)
    {
        await using var owner = database.OpenAsOwner();
        await using var command = owner.CreateCommand("alter table events.mt_events add constraint broken check (version < 0) not valid");
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static string Excerpt(string log, string secret)
    {
        var at = log.IndexOf(secret, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? "" : log[Math.Max(0, at - 300)..Math.Min(log.Length, at + 50)];
    }
}
