using System.Net;
using System.Text.Json.Nodes;
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

        var opening = (string)JsonNode.Parse(await app.Database.Leaf((string)receipt["noticeId"]!))!["notice"]!["opening"]!;
        Assert.Equal((string?)JsonNode.Parse(await app.Database.Leaf(id))!["commitment"], Commitment.Digest(opening));
        (await app.Client().PostText(disclosing, Routes.Disclosure.Body!)).Refused(HttpStatusCode.Conflict, "wrong-stage");
    }
}
