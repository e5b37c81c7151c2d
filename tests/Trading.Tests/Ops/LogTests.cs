using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using Trading.Ops;
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

    /// <summary>Failures of many kinds, with a word of its own in each place a caller can put one, at the lowest level of every category.</summary>
    [Fact]
    public async Task no_failure_writes_down_what_a_caller_sent()
    {
        var before = Cluster.LogsOfTests.ToDictionary(file => file, file => new FileInfo(file).Length);
        await using var database = await Database.Create("failures");
        await using var service = await Deployment.Start(
            database, [.. ((string[])["Default", "Microsoft.AspNetCore", "Marten", "Npgsql", "JasperFx"]).Select(category => ($"Logging__LogLevel__{category}", (string?)"Trace"))]);
        const string key = "canary-of-the-key", body = "canary-of-the-body", header = "canary-of-the-header", query = "canary-of-the-query", path = "canary-of-the-path",
            subject = "canary-of-the-subject", line = "canary-of-the-line", forged = "canary-of-the-forged-token";
        var publisher = service.With(new LocalKey(service.Directory).Token(subject, "publisher", LocalKey.CentreCode, LocalKey.CentreName, "*"));
        var posting = Routes.Register.Set("/title", body).Set("/text", body);
        (string, string)[] headers = [("Idempotency-Key", $"\"{key}\""), ("If-Match", $"\"{header}\""), ("Accept-Language", header), ("traceparent", header), ("X-Forwarded-For", header)];
        var procedure = (string)(await publisher.PostText("/v1/procedures", posting, ("Idempotency-Key", $"\"{key}-1\""))).Expect(HttpStatusCode.Created).Json["procedureId"]!;

        foreach (var broken in (string[])
        [
            "alter table intake.idempotency_keys add constraint broken check (key = '') not valid",
            "alter table events.mt_events add constraint broken check (version < 0) not valid",
            "alter table intake.idempotency_keys drop constraint broken; alter table vault.opening add constraint broken check (digest = '') not valid",
            "revoke insert on intake.idempotency_keys from trading_app",
            "revoke insert, select on events.mt_events from trading_app",
            "revoke select on intake.idempotency_keys from trading_app",
            "alter table views.mt_doc_noticerow rename to elsewhere",
            "alter table events.mt_streams rename to elsewhere",
        ])
        {
            await Owner(database, broken);
            foreach (var ask in (Func<Task<Answer>>[])
            [
                () => publisher.PostText("/v1/procedures", posting, headers[0]),
                () => publisher.PostText("/v1/procedures", posting, headers),
                () => publisher.PostText($"/v1/procedures/{procedure}/plan", Routes.Plan.Set("/title", body), headers[0]),
                () => publisher.PostText($"/v1/procedures/{procedure}/plan?dryRun={query}", Routes.Plan.Set("/title", body), headers),
                () => Import(publisher, Routes.Legacy.Set("/title", line)),
                () => service.Client().Get($"/v1/notices?q={query}&supplier={query}", [.. headers[1..]]),
                () => service.Client().Get($"/v1/procedures?after={query}&asOf={query}"),
                () => service.Client().Get($"/v1/procedures/{path}?token={query}"),
                () => service.Client().Get($"/v1/ocds/records/{path}"),
                () => service.Client().Get($"/v1/parties/{path}"),
                () => service.With(forged).PostText("/v1/procedures", posting, headers[0]),
                () => service.With($"{(string)service.Tokens["publisher"]!}{forged}").PostText("/v1/procedures", posting, headers[0]),
            ])
                await ask();
        }

        var log = await service.Running.Until(log => log.Contains("failed", StringComparison.Ordinal) ? log : null, TimeSpan.FromSeconds(15));
        string[] canaries = [key, body, header, query, path, subject, line, forged];
        var server = string.Concat((await Task.WhenAll(Cluster.LogsOfTests.Select(async file =>
            System.Text.Encoding.UTF8.GetString((await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken))[(int)before.GetValueOrDefault(file)..])))));
        Assert.Contains("ERROR", server, StringComparison.Ordinal);
        var told = canaries.SelectMany(canary => (string[])[Excerpt(log, canary), Excerpt(server, canary)]).Where(excerpt => excerpt.Length > 0).ToList();
        Assert.True(told.Count is 0, string.Join("\n---\n", told));
    }

    private static async Task<Answer> Import(Client client, string lines)
    {
        using var content = new StringContent(lines, System.Text.Encoding.UTF8, Routes.Legacy.ContentType);
        return await client.Send(HttpMethod.Post, "/v1/legacy-notices", content);
    }

    private static async Task Owner(Database database, string statements)
    {
        await using var owner = database.OpenAsOwner();
        await using var command = owner.CreateCommand(statements);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
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
