using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Trading.Vault;
using Xunit;

namespace Trading.Tests.Supervision.Erasure;

/// <summary>个人信息保护法 第四十七条: what has to go is gone everywhere, and every proof stands.</summary>
[Collection(TradingApp.Collection)]
public sealed class ErasePersonalDataTests(TradingApp app)
{
    private const string Person = "王金丝雀", Phone = "13900000077", Wording = "金丝雀公告原文，请与王金丝雀联系";
    private const string Ground = """{"ground":"consent-withdrawn","reason":"本人撤回同意"}""";
    private readonly Client publisher = app.Client();

    [Fact]
    public async Task a_person_is_shown_where_the_law_asks_it_until_erased_and_nothing_before_it_changes()
    {
        var notice = await Announced();
        var shown = (await publisher.Get($"/v1/notices/{notice.Id}")).Expect(HttpStatusCode.OK);
        Assert.Equal((Person, Phone), ((string?)shown.Json["content"]!["initiator"]!["contact"]!["name"], (string?)shown.Json["content"]!["initiator"]!["contact"]!["phone"]));
        Assert.Equal(Wording, (string?)shown.Json["text"]);
        Assert.DoesNotContain("_sd", shown.Body, StringComparison.Ordinal);
        var before = await app.Database.Leaf(notice.Id);

        var erased = (await publisher.PostText($"{notice.Path}/erasure", Ground)).Expect(HttpStatusCode.Created).Json;

        var after = (await publisher.Get($"/v1/notices/{notice.Id}")).Expect(HttpStatusCode.OK);
        foreach (var value in (string[])[Person, Phone, Wording, "_sd"]) Assert.DoesNotContain(value, after.Body, StringComparison.Ordinal);
        Assert.Equal((string?)erased["noticeId"], (string?)after.Json["erasedBy"]![0]);
        Assert.Equal("personal-data-erased", (string?)erased["events"]![0]!["type"]);
        Assert.Equal(before, await app.Database.Leaf(notice.Id));

        var told = (await publisher.Get($"/v1/notices/{erased["noticeId"]}")).Expect(HttpStatusCode.OK).Json["content"]!;
        Assert.Equal(("consent-withdrawn", notice.Id), ((string?)told["ground"], (string?)told["erasedFrom"]));
        Assert.Equal(
            ["/content/initiator/contact", "/disclosure/secrecyReview/reviewer", "/sha256", "/text"],
            told["members"]!.AsArray().Select(m => (string)m!["pointer"]!).Order(StringComparer.Ordinal));
        Assert.All(told["members"]!.AsArray(), m => Assert.Contains((string)m!["digest"]!, before, StringComparison.Ordinal));
        (await publisher.PostText($"{notice.Path}/erasure", Ground)).Refused(HttpStatusCode.Conflict, "wrong-stage");
    }

    [Fact]
    public async Task one_member_goes_and_the_others_stay()
    {
        var notice = await Announced();
        (await publisher.PostText($"{notice.Path}/erasure", """{"ground":"law","reason":"依法删除","members":["/content/initiator/contact"]}""")).Expect(HttpStatusCode.Created);

        var after = (await publisher.Get($"/v1/notices/{notice.Id}")).Expect(HttpStatusCode.OK).Json;
        Assert.Null(after["content"]!["initiator"]!["contact"]);
        Assert.Equal(Wording, (string?)after["text"]);
    }

    [Fact]
    public async Task a_dry_run_and_a_refused_erasure_erase_nothing()
    {
        var notice = await Announced();
        (await publisher.PostText($"{notice.Path}/erasure?dryRun=true", Ground)).Expect(HttpStatusCode.OK);
        (await publisher.PostText($"{notice.Path}/erasure", Ground, ("If-Match", "\"9\""))).Refused(HttpStatusCode.PreconditionFailed, "stale-version");
        (await app.Client(centre: Scene.OtherCentre).PostText($"{notice.Path}/erasure", Ground)).Refused(HttpStatusCode.Forbidden, "forbidden");
        Assert.Contains(Phone, (await publisher.Get($"/v1/notices/{notice.Id}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_same_key_gets_the_same_answer_though_nothing_is_left()
    {
        var notice = await Announced();
        var first = (await publisher.PostText($"{notice.Path}/erasure", Ground, ("Idempotency-Key", "\"erase-once\""))).Expect(HttpStatusCode.Created);
        var second = (await publisher.PostText($"{notice.Path}/erasure", Ground, ("Idempotency-Key", "\"erase-once\""))).Expect(HttpStatusCode.Created);
        Assert.Equal(first.Body, second.Body);
    }

    [Fact]
    public async Task what_a_former_system_held_can_be_erased_and_is_not_taken_over_again()
    {
        var line = Routes.Legacy.Body!.Replace("refusals-1", "erased-1", StringComparison.Ordinal);
        Assert.Equal(1, (int)(await Import(line))["landed"]!);
        var (id, procedure) = await Recorded("erased-1");
        Assert.NotNull((await publisher.Get($"/v1/notices/{id}")).Json["sha256"]);

        (await publisher.PostText($"/v1/procedures/{procedure}/notices/{id}/erasure", Ground)).Expect(HttpStatusCode.Created);

        Assert.Null((await publisher.Get($"/v1/notices/{id}")).Expect(HttpStatusCode.OK).Json["sha256"]);
        Assert.Equal((0, 1), ((int)(await Import(line))["landed"]!, (int)(await Import(line))["present"]!));
        (await publisher.PostText($"/v1/procedures/{procedure}/plan", Routes.Plan.Body!)).Refused(HttpStatusCode.Conflict, "wrong-stage");
    }

    [Fact]
    public async Task no_byte_the_database_writes_tells_of_a_person()
    {
        const string person = "朱顶雀仙", phone = "13900000099";
        await Announced(person, phone, wording: null);
        await Boards.CaughtUp(app.Database);
        await using var owner = app.Database.OpenAsOwner();
        await using var ask = owner.CreateCommand("select oid::text from pg_database where datname = current_database()");
        var cluster = Environment.GetEnvironmentVariable("TRADING_TEST_CLUSTER")!;
        string[] folders = [Path.Combine(cluster, "base", (string)(await ask.ExecuteScalarAsync(TestContext.Current.CancellationToken))!), Path.Combine(cluster, "pg_wal")];

        var (project, canaries) = ("示例市第一中学教学楼建设项目"u8.ToArray(), ((string[])[person, phone]).Select(Encoding.UTF8.GetBytes).ToList());
        var seen = false;
        foreach (var file in folders.SelectMany(Directory.GetFiles))
        {
            var bytes = Bytes(file);
            seen |= bytes.AsSpan().IndexOf(project) >= 0;
            Assert.DoesNotContain(canaries, canary => bytes.AsSpan().IndexOf(canary) >= 0);
        }

        Assert.True(seen, "Nothing of the announcement is there at all.");
    }

    [Fact]
    public async Task a_missing_key_makes_the_service_unready()
    {
        await using var database = await Database.Create("vault_key");
        await using (var service = await Deployment.Start(database))
            (await service.Client("publisher").PostText("/v1/procedures", Routes.Engineering("001"))).Expect(HttpStatusCode.Created);
        File.Move(Path.Combine(database.Log.FullName, "vault", "1" + VaultKeys.Extension), Path.Combine(database.Log.FullName, "vault", "lost"));
        VaultKeys.Create(Path.Combine(database.Log.FullName, "vault", "2" + VaultKeys.Extension));
        await using var without = await Deployment.Start(database);
        Assert.Equal("healthy", (string?)(await without.Client().Get("/health/ready")).Json["facts"]!["database"]);
        Assert.Equal("unhealthy", (string?)(await without.Client().Get("/health/ready")).Json["facts"]!["vault"]);
    }

    private static byte[] Bytes(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (FileNotFoundException)
        {
            return [];   // the server has removed it meanwhile
        }
    }

    private async Task<(string Id, string Path)> Announced(string person = Person, string phone = Phone, string? wording = Wording)
    {
        app.Clock.Set(Scene.Now);
        var body = Routes.Engineering("001").Set("/initiator/contact", new JsonObject { ["name"] = person, ["phone"] = phone });
        var procedure = (string)(await publisher.PostText("/v1/procedures", body)).Expect(HttpStatusCode.Created).Json["procedureId"]!;
        var announced = (await publisher.PostText($"/v1/procedures/{procedure}/announcement", wording is null ? Routes.Announcement.Body! : Routes.Announcement.Set("/text", wording))).Expect(HttpStatusCode.Created).Json;
        return ((string)announced["noticeId"]!, $"/v1/procedures/{procedure}/notices/{announced["noticeId"]}");
    }

    private async Task<(string Id, string Procedure)> Recorded(string sourceId)
    {
        await using var owner = app.Database.OpenAsOwner();
        await using var command = owner.CreateCommand("select id, stream_id from events.mt_events where data ->> 'sourceId' = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = sourceId });
        await using var row = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        Assert.True(await row.ReadAsync(TestContext.Current.CancellationToken));
        return (row.GetGuid(0).ToString(), row.GetGuid(1).ToString());
    }

    private async Task<JsonNode> Import(string line)
    {
        using var content = new StringContent(line, Encoding.UTF8, Routes.Legacy.ContentType);
        return (await publisher.Send(HttpMethod.Post, "/v1/legacy-notices", content)).Expect(HttpStatusCode.OK).Json;
    }
}
