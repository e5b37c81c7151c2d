using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Trading.Vault;
using Xunit;

namespace Trading.Tests.Supervision.Disclosing;

/// <summary>What had to wait is shown in the end, and everybody can check that it is what was recorded then.</summary>
[Collection(TradingApp.Collection)]
public sealed class DiscloseNoticeTests(TradingApp app, Scene scene) : IClassFixture<Scene>
{
    private readonly Client anyone = app.Client(role: null);

    [Fact]
    public async Task a_withheld_notice_becomes_public_and_is_what_was_committed_to()
    {
        var procedure = scene.Path(Routes.GetProcedure, Scene.Hidden);
        var disclosing = scene.Path(Routes.Disclosure, Scene.Hidden);
        var id = disclosing.Split('/')[^2];
        (await anyone.Get($"/v1/notices/{id}")).Refused(HttpStatusCode.NotFound, "not-found");

        var receipt = (await app.Client().PostText(disclosing, Routes.Disclosure.Body!)).Expect(HttpStatusCode.Created).Json;

        var notice = (await anyone.Get($"/v1/notices/{id}")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("教学楼施工总承包", (string?)receipt["noticeId"]), ((string?)notice["content"]!["summary"], (string?)notice["disclosedBy"]));
        Assert.Contains((await anyone.Get(procedure)).Json["notices"]!.AsArray(), line => (string?)line!["noticeId"] == id);
        Assert.NotNull((await anyone.Get(procedure + "/history")).Json["items"]!.AsArray().Single(item => (string?)item!["eventId"] == id)!["title"]);
        await Eventually.Get(anyone, $"/v1/notices?procedure={procedure[^36..]}", answer => answer.Json["items"]!.AsArray().Any(item => (string?)item!["noticeId"] == id));

        var opening = (string)(await Leaf((string)receipt["noticeId"]!))["notice"]!["opening"]!;
        Assert.Equal((string?)(await Leaf(id))["commitment"], Commitment.Digest(opening));
        (await app.Client().PostText(disclosing, Routes.Disclosure.Body!)).Refused(HttpStatusCode.Conflict, "wrong-stage");
    }

    private async Task<JsonNode> Leaf(string eventId)
    {
        await using var owner = app.Database.OpenAsOwner();
        string? leaf = null;
        await Eventually.True(async () =>
        {
            await using var command = owner.CreateCommand("select convert_from(bytes, 'UTF8') from log.leaf where event_id = $1");
            command.Parameters.Add(new NpgsqlParameter { Value = Guid.Parse(eventId) });
            return (leaf = (string?)await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)) is not null;
        });
        return JsonNode.Parse(leaf!)!;
    }
}
