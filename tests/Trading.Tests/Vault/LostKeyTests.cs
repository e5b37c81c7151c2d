using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Trading.Tests.Intake;
using Trading.Vault;
using Xunit;

namespace Trading.Tests.Vault;

/// <summary>A key is lost, or somebody has added an opening under a key that never was: what is not personal can be read all the same.</summary>
public sealed class LostKeyTests
{
    [Fact]
    public async Task what_cannot_be_decrypted_is_left_out_and_readiness_says_so()
    {
        await using var database = await Database.Create("lostkey");
        await using var service = await Deployment.Start(database);
        var posted = await Posted.Register(service.Client("publisher"), database);
        var receipt = (await posted.Post("plan", Posted.Plan.Set("/html", "<p>original wording</p>"))).Expect(HttpStatusCode.Created).Json;
        var notice = $"/v1/notices/{(string)receipt["noticeId"]!}";
        var whole = (await service.Client("supervisor").Get(notice)).Expect(HttpStatusCode.OK);
        Assert.Contains("original wording", whole.Body, StringComparison.Ordinal);

        await using (var administrator = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.Administrator) { Options = "-c session_replication_role=replica" }))
        await using (var lose = administrator.CreateCommand("update vault.opening set key = 'lost'"))
            Assert.True(await lose.ExecuteNonQueryAsync(TestContext.Current.CancellationToken) > 0);

        var left = (await service.Client("supervisor").Get(notice)).Expect(HttpStatusCode.OK);
        Assert.DoesNotContain("original wording", left.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("_sd", left.Body, StringComparison.Ordinal);
        Assert.Equal((string?)whole.Json["title"], (string?)left.Json["title"]);
        await Eventually.Get(service.Client(), "/health/ready", answer => answer.Status is HttpStatusCode.ServiceUnavailable);

        await using var source = database.OpenAsOwner();
        var vault = new PersonalVault(source, VaultKeys.ReadAll(Path.Combine(database.Log.FullName, "vault")), NullLogger<PersonalVault>.Instance);
        Assert.Empty(await vault.Openings([.. await Posted.Rows<string>(database, "select digest from vault.opening")], TestContext.Current.CancellationToken));
    }
}
