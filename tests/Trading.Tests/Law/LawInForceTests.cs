using System.Net;
using System.Text.Json.Nodes;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Law;

/// <summary>A service that was started with packs of its own: a rule that changes on a day, and one of a county.</summary>
public sealed class LawInForceTests : IDisposable
{
    private const string Before = "2026-05-31T09:00:00+08:00", After = "2026-06-01T09:00:00+08:00";

    private readonly DirectoryInfo packs = Directory.CreateTempSubdirectory("trading-law-");

    [Fact]
    public async Task the_day_on_which_a_procedure_is_put_out_and_its_place_say_by_which_version_it_is_judged()
    {
        await File.WriteAllTextAsync(
            Path.Combine(packs.FullName, "local.json"),
            LawbookTests.Pack(
                """{"id":"R-X-1","value":21,"validTo":"2026-05-31","citation":"示例条例（旧） 第一条"}""",
                """{"id":"R-X-1","value":30,"validFrom":"2026-06-01","citation":"示例条例（新） 第一条"}""",
                """{"id":"R-T-03","value":40,"jurisdiction":"420502","citation":"示例区条例 第二条"}"""),
            TestContext.Current.CancellationToken);
        await using var service = await Service.Start("law", settings: ("Law__Packs", packs.FullName));

        await service.SetClock(Before);
        var (old, fresh) = (await Register(service, "420500"), await Register(service, "420500"));
        var kept = (await Announce(service, old, Before, "2026-06-24T09:00:00+08:00")).Expect(HttpStatusCode.Created).Json;
        Assert.Equal(("compliant", "示例条例（旧） 第一条"), Verdict(kept, "R-X-1"));

        await service.SetClock(After);
        var refused = (await Announce(service, fresh, After, "2026-06-25T09:00:00+08:00")).Refused(HttpStatusCode.UnprocessableEntity, "rule-refused").Json;
        Assert.Equal(("R-X-1", "示例条例（新） 第一条", "2026-07-01T09:00:00+08:00"), ((string?)refused["rule"], (string?)refused["citation"], (string?)refused["facts"]!["earliestLawful"]));
        var extended = (await service.Client("publisher").PostText($"{old}/extensions", Routes.Extension.Body!.Replace("2026-07-08", "2026-06-26", StringComparison.Ordinal)))
            .Expect(HttpStatusCode.Created).Json;
        Assert.Equal(("compliant", "示例条例（旧） 第一条"), Verdict(extended, "R-X-1"));

        var (county, neighbour) = (await Register(service, "420502"), await Register(service, "420503"));
        var stricter = (await Announce(service, county, After, "2026-07-06T09:00:00+08:00")).Refused(HttpStatusCode.UnprocessableEntity, "rule-refused").Json;
        Assert.Equal(("R-T-03", "示例区条例 第二条"), ((string?)stricter["rule"], (string?)stricter["citation"]));
        Assert.Equal(("compliant", "招标投标法 第二十四条"), Verdict((await Announce(service, neighbour, After, "2026-07-06T09:00:00+08:00")).Expect(HttpStatusCode.Created).Json, "R-T-03"));

        var audit = (await service.Client("supervisor").Get($"/v1/supervision{old["/v1".Length..]}/audit")).Expect(HttpStatusCode.OK).Json;
        Assert.Contains("local@1", audit["items"]![1]!["packs"]!.AsArray().Select(pack => (string)pack!));
    }

    public void Dispose() => packs.Delete(recursive: true);

    private static async Task<string> Register(Service service, string region)
    {
        var body = Routes.Engineering("001").Replace("420500\",\"method", $"{region}\",\"method", StringComparison.Ordinal);
        return (string)(await service.Client("publisher").PostText("/v1/procedures", body)).Expect(HttpStatusCode.Created).Json["links"]!["procedure"]!;
    }

    private static Task<Answer> Announce(Service service, string procedure, string from, string deadline)
    {
        var body = JsonNode.Parse(Routes.Announcement.Body!)!;
        (body["documents"]!["availableFrom"], body["submission"]!["deadline"], body["opening"]!["at"]) = (from, deadline, deadline);
        return service.Client("publisher").PostText($"{procedure}/announcement", body.ToJsonString());
    }

    private static (string?, string?) Verdict(JsonNode receipt, string rule)
    {
        var verdict = receipt["verdicts"]!.AsArray().Single(told => (string?)told!["rule"] == rule)!;
        return ((string?)verdict["outcome"], (string?)verdict["citation"]);
    }
}
