using System.Net;
using System.Text.Json.Nodes;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Read;

/// <summary>不予公开、依申请公开: what is not public is on record, and read by its own centre and its supervisors alone.</summary>
[Collection(TradingApp.Collection)]
public sealed class WithheldNoticesTests(TradingApp app)
{
    private const string OtherCentre = "12420500MB0000078T";
    private const string Secret = "涉密设备清单";

    [Theory]
    [InlineData("withheld")]
    [InlineData("on-request")]
    public async Task a_notice_that_is_not_public_is_no_notice_to_strangers(string attribute)
    {
        var (procedure, notice) = await Post(attribute);

        Client[] strangers =
        [
            app.Client(null), app.Client("operator"), app.Client("publisher", OtherCentre), app.Client("reviewer", OtherCentre),
            app.Client("publisher", region: "4301"), app.Client("supervisor", region: "4301"),
        ];
        foreach (var stranger in strangers)
        {
            var answer = (await stranger.Get(notice)).Refused(HttpStatusCode.NotFound, "not-found");
            Assert.DoesNotContain(Secret, answer.Body, StringComparison.Ordinal);
            foreach (var path in (string[])[procedure, procedure + "/history", $"/v1/notices?procedure={procedure[^36..]}", "/v1/procedures?region=420503"])
                Assert.DoesNotContain(Secret, (await stranger.Get(path)).Expect(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("publisher", "*")]
    [InlineData("publisher", "420503")]
    [InlineData("reviewer", "4205")]
    [InlineData("supervisor", "42")]
    public async Task its_centre_and_its_supervisors_read_it_and_no_cache_keeps_it(string role, string region)
    {
        var (_, notice) = await Post("withheld");

        var answer = (await app.Client(role, region: region).Get(notice)).Expect(HttpStatusCode.OK);

        Assert.Contains(Secret, answer.Body, StringComparison.Ordinal);
        Assert.Equal("withheld", (string?)answer.Json["disclosure"]);
        Assert.Equal("no-store, private", string.Join(", ", answer.Headers["Cache-Control"].Split(", ").Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task the_history_says_that_it_happened_and_not_what()
    {
        var (procedure, notice) = await Post("withheld");

        var items = (await app.Client(null).Get(procedure + "/history")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();

        var item = items[1]!;
        Assert.Equal((2, notice[^36..], "plan-published"), ((int)item["version"]!, (string)item["eventId"]!, (string)item["type"]!));
        Assert.Equal((true, true), (item["title"] is null, item["changes"] is null));
        Assert.Single((await app.Client(null).Get(procedure)).Json["notices"]!.AsArray());
    }

    /// <summary>A registered procedure with a plan that is not public.</summary>
    private async Task<(string Procedure, string Notice)> Post(string attribute)
    {
        app.Clock.Set("2026-03-02T09:00:00+08:00");
        var registered = (await app.Client().PostText("/v1/procedures", """
            {
              "category": "engineering", "classCode": "A01", "title": "示例区人防工程", "regionCode": "420503", "method": "open", "statutory": true,
              "initiator": {"name": "示例市教育局", "creditCode": "11420500011052607X"}, "lots": [{"lotId": "1", "title": "施工"}]
            }
            """)).Expect(HttpStatusCode.Created).Json;
        var procedure = (string)registered["links"]!["procedure"]!;
        var plan = (await app.Client().Post(procedure + "/plan", new JsonObject
        {
            ["title"] = Secret,
            ["expectedMonth"] = "2026-04",
            ["summary"] = Secret,
            ["text"] = Secret,
            ["disclosure"] = JsonNode.Parse($$"""
                {"attribute": "{{attribute}}", "secrecyReview": {"reviewer": "李审查", "reviewedAt": "2026-03-02T08:00:00+08:00", "result": "passed"} }
                """),
        })).Expect(HttpStatusCode.Created).Json;
        return (procedure, (string)plan["links"]!["notice"]!);
    }
}
