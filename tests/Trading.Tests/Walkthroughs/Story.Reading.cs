using System.Net;
using System.Text.Json.Nodes;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Walkthroughs;

/// <summary>How a story is read back.</summary>
internal sealed partial class Story
{
    private static readonly string[] WithContact = ["announcement-published", "prequalification-announced", "sole-source-publicised"];
    private static readonly string[] Confidants = ["publisher", "reviewer", "supervisor"];

    /// <summary>Reads the whole back, as anyone and as those who may see more.</summary>
    public async Task Ends()
    {
        await Eventually.Get(Anyone, Fill("/v1/procedures/{procedureId}"), answer => answer.ETag == Tag);   // every position is published
        var procedure = await Read("procedure", "/v1/procedures/{procedureId}");
        Silent(procedure);
        Assert.Equal(version - 1, (int)procedure.Json["position"]!);
        await History();
        await Chains(procedure.Json);
        await Lists();
        transcript?.Close();
    }

    private async Task Shows(string stage, string status, string lots)
    {
        var answer = (await Anyone.Get(Fill("/v1/procedures/{procedureId}"))).Expect(HttpStatusCode.OK);
        var page = answer.Json;
        Assert.Equal(version, answer.Version);
        Assert.Equal((stage, status, version), ((string?)page["stage"], (string?)page["status"], (int?)page["version"]));
        Assert.Equal(lots, string.Join(", ", page["lots"]!.AsArray().Select(lot => $"{lot!["lotId"]} {lot["status"]}")));
        Silent(answer);
    }

    /// <summary>The notice of a step is there for all, or for those alone who may see what is not public.</summary>
    private async Task ShowsNotice(Step step)
    {
        var path = $"/v1/notices/{step.NoticeId}";
        var own = (await Publisher.Get(path)).Expect(HttpStatusCode.OK).Json;
        step.Public = (string?)own["disclosure"] is "active";
        if (step.Public)
        {
            var notice = (await Anyone.Get(path)).Expect(HttpStatusCode.OK);
            Assert.Equal((step.NoticeId, step.Type), ((string?)notice.Json["noticeId"], (string?)notice.Json["type"]));
            return;
        }

        (await Anyone.Get(path)).Refused(HttpStatusCode.NotFound, "not-found");
        (await service.Client("operator").Get(path)).Refused(HttpStatusCode.NotFound, "not-found");
        foreach (var role in Confidants)
        {
            var notice = (await service.Client(role).Get(path)).Expect(HttpStatusCode.OK);
            Assert.Contains("no-store", notice.Headers["Cache-Control"], StringComparison.Ordinal);
        }
    }

    private async Task History()
    {
        var history = await Read("history", "/v1/procedures/{procedureId}/history");
        var items = history.Json["items"]!.AsArray();
        Assert.Equal(Enumerable.Range(1, steps.Count), items.Select(item => (int)item!["version"]!));
        Assert.Equal(
            steps.Select(step => (step.NoticeId, step.Type)), items.Select(item => ((string)item!["eventId"]!, (string)item["type"]!)));
        Assert.Equal(Enumerable.Range(0, steps.Count), items.Select(item => (int)item!["position"]!));
        foreach (var (step, item) in steps.Zip(items))
        {
            Assert.True(step.Public == (item!["title"] is not null), $"the history tells too much or too little of {step.Name}");
            Assert.Equal(step.Public, item["changes"] is not null);
            Assert.NotEmpty((string)item["citation"]!);
        }

        Assert.Equal(items.Select(item => (string)item!["recordedAt"]!).Order(StringComparer.Ordinal), items.Select(item => (string)item!["recordedAt"]!));
        Silent(history);
    }

    private async Task Chains(JsonNode procedure)
    {
        var chain = steps.Where(step => step.Public).Select(step => step.NoticeId).ToList();
        Assert.Equal(chain, procedure["notices"]!.AsArray().Select(line => (string)line!["noticeId"]!));
        foreach (var step in steps.Where(step => step.Public))
        {
            var notice = step == steps.First(s => s.Type is not "procedure-registered" and not "plan-published")
                ? await Read("notice", $"/v1/notices/{step.NoticeId}")
                : (await Anyone.Get($"/v1/notices/{step.NoticeId}")).Expect(HttpStatusCode.OK);
            Assert.Equal(chain, notice.Json["chain"]!.AsArray().Select(line => (string)line!["noticeId"]!));
            Assert.Equal(ids["procedureId"], (string?)notice.Json["procedureId"]);
            if (WithContact.Contains(step.Type))
            {
                Assert.Contains(InitiatorPhone, notice.Body, StringComparison.Ordinal);
                Assert.DoesNotContain(BidderPhone, notice.Body, StringComparison.Ordinal);
            }
            else
            {
                Silent(notice);
            }
        }
    }

    /// <summary>The lists follow within the blink of an eye; every way to look for the procedure finds it.</summary>
    private async Task Lists()
    {
        var chain = steps.Where(step => step.Public).Select(step => step.NoticeId).ToList();
        var notices = await Eventually.Get(
            Anyone, Fill("/v1/notices?procedure={procedureId}&sort=publishedAt&limit=200"),
            answer => answer.Json["items"]!.AsArray().Count >= chain.Count);
        Assert.Equal(chain, notices.Json["items"]!.AsArray().Select(item => (string)item!["noticeId"]!));
        Silent(notices);

        var page = (await Anyone.Get(Fill("/v1/procedures/{procedureId}"))).Json;
        await Eventually.Get(
            Anyone, "/v1/procedures", answer => answer.Json["items"]!.AsArray().Any(item => (int)item!["version"]! == version));
        var suppliers = page["lots"]!.AsArray().Select(lot => (string?)lot!["award"]?["supplier"]?["creditCode"]).OfType<string>();
        foreach (var query in (string[])
        [
            $"category={page["category"]}&stage={page["stage"]}&status={page["status"]}",
            $"region={((string)page["regionCode"]!)[..4]}",
            $"initiator={Uri.EscapeDataString((string)page["initiator"]!["name"]!)}",
            $"lotStatus={page["lots"]![0]!["status"]}",
            .. suppliers.Select(code => $"supplier={code}"),
        ])
        {
            var found = (await Anyone.Get($"/v1/procedures?{query}")).Expect(HttpStatusCode.OK);
            Assert.True(found.Json["items"]!.AsArray().Any(item => (string?)item!["procedureId"] == ids["procedureId"]), $"?{query} does not find it");
            Silent(found);
        }

        foreach (var type in steps.Where(step => step.Public).Select(step => step.Type).Distinct())
            Assert.Equal(
                steps.Count(step => step.Public && step.Type == type),
                (await Anyone.Get($"/v1/notices?type={type}")).Json["items"]!.AsArray().Count);
        await Read("notices", "/v1/notices?procedure={procedureId}&limit=5");
        await Read("procedures", $"/v1/procedures?category={page["category"]}");
    }

    /// <summary>Nobody's phone is told.</summary>
    private static void Silent(Answer answer)
    {
        foreach (var phone in (string[])[BidderPhone, InitiatorPhone, AgencyPhone]) Assert.DoesNotContain(phone, answer.Body, StringComparison.Ordinal);
    }

    private async Task<Answer> Read(string step, string path)
    {
        var answer = (await Anyone.Get(Fill(path))).Expect(HttpStatusCode.OK);
        Keep(step, "GET", path, null, [], null, answer);
        return answer;
    }
}
