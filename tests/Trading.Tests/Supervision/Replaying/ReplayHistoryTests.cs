using System.Net;
using System.Text.Json.Nodes;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Supervision.Replaying;

/// <summary>A history judged again over HTTP; the Refusals say what is not taken.</summary>
[Collection(TradingApp.Collection)]
public sealed class ReplayHistoryTests(TradingApp app, Scene scene) : IClassFixture<Scene>
{
    [Fact]
    public async Task shows_which_notices_would_have_been_refused_and_by_which_article()
    {
        var before = (await app.Client().Get(scene.Path(Routes.GetProcedure))).Expect(HttpStatusCode.OK);

        var answer = (await Replayed(Scene.Announced, Routes.Replay.Body!)).Json;

        Assert.Equal((1, 1), ((int)answer["refused"]!, (int)answer["changed"]!));
        Assert.Equal(["cn-auction@2026.2", "cn-disclosure@2026.1", "cn-engineering@2026.2", "yichang@2026.1"], answer["packs"]!.AsArray().Select(pack => (string)pack!));
        var (registered, announced) = (answer["items"]![0]!, answer["items"]![1]!);
        Assert.Equal((false, "procedure-registered"), ((bool)registered["refused"]!, (string?)registered["type"]));
        Assert.Null(registered["refusal"]);
        Assert.True((bool)announced["refused"]!);
        var refusal = announced["refusal"]!;
        Assert.Equal(("R-T-03", "示例市条例 第一条", "2026-07-16T09:00:00+08:00"), ((string?)refusal["rule"], (string?)refusal["citation"], (string?)refusal["facts"]!["earliestLawful"]));
        Assert.StartsWith("不得少于45日。", (string?)refusal["explanation"], StringComparison.Ordinal);
        var change = announced["changes"]!.AsArray().Single()!;
        Assert.Equal(("R-T-03", "compliant", "violation"), ((string?)change["rule"], (string?)change["before"]!["outcome"], (string?)change["after"]!["outcome"]));
        Assert.Contains(announced["recorded"]!.AsArray(), verdict => (string?)verdict!["rule"] is "R-T-03" && (string?)verdict["outcome"] is "compliant");

        var after = (await app.Client().Get(scene.Path(Routes.GetProcedure))).Expect(HttpStatusCode.OK);
        Assert.Equal(before.Version, after.Version);
    }

    [Fact]
    public async Task explains_in_the_language_of_the_asker() => Assert.StartsWith(
        "At least 45 days. Earliest lawful submission deadline: ",
        (string?)(await Replayed(Scene.Announced, Routes.Replay.Body!, ("Accept-Language", "en"))).Json["items"]![1]!["refusal"]!["explanation"], StringComparison.Ordinal);

    /// <summary>What a desk found and what is found again by the same law is the same, at every stage.</summary>
    [Fact]
    public async Task the_law_that_is_in_force_changes_nothing()
    {
        foreach (var place in (string[])[Scene.Registered, Scene.Hidden, Scene.Announced, Scene.Suspended, Scene.Objected, Scene.Terminated, Scene.Closed, Scene.SoleSource])
        {
            var answer = (await Replayed(place, """{"packs":[]}""")).Json;
            Assert.True((int)answer["refused"]! is 0 && (int)answer["changed"]! is 0, $"{place}: {answer["items"]!.ToJsonString()}");
            Assert.NotEmpty(answer["items"]!.AsArray());
        }
    }

    [Fact]
    public async Task a_pack_of_the_id_of_one_that_is_loaded_takes_its_place()
    {
        var pack = JsonNode.Parse(await File.ReadAllTextAsync(Repository.PathOf("src", "Trading", "Law", "Packs", "cn-engineering.json"), TestContext.Current.CancellationToken))!;
        pack["version"] = "2099.1";
        pack["rules"]!.AsArray().Single(rule => (string?)rule!["id"] is "R-T-03")!["value"] = 60;

        var answer = (await Replayed(Scene.Announced, new JsonObject { ["packs"] = new JsonArray(pack) }.ToJsonString())).Json;

        Assert.Equal("R-T-03", (string?)answer["items"]![1]!["refusal"]!["rule"]);
        Assert.Contains("cn-engineering@2099.1", answer["packs"]!.AsArray().Select(name => (string)name!));
        Assert.DoesNotContain("cn-engineering@2026.2", answer["packs"]!.AsArray().Select(name => (string)name!));
    }

    [Fact]
    public async Task what_a_former_system_published_is_never_refused() =>
        Assert.Equal(0, (int)(await Replayed(Scene.Former, Routes.Replay.Body!)).Json["refused"]!);

    private async Task<Answer> Replayed(string place, string body, params (string, string)[] headers)
    {
        app.Clock.Set(Scene.Now);
        return (await app.Client("supervisor", region: "4205").PostText(scene.Path(Routes.Replay, place), body, headers)).Expect(HttpStatusCode.OK);
    }
}
