using System.Net;
using System.Text.Json.Nodes;
using Trading.Tests.Faults;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Xunit;

namespace Trading.Tests.Intake;

/// <summary>A node whose clock is wrong says so, and refuses nothing by the law of another day.</summary>
public sealed class NodeClockTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("trading-clock-");

    [Fact]
    public async Task a_node_that_is_behind_refuses_no_lawful_notice()
    {
        await using var database = await Database.Create("behind", trial: false);
        var clock = new SteppedClock(Path.Combine(directory.FullName, "clock"));
        clock.Step(TimeSpan.FromDays(-400));
        await using var service = await Deployment.Start(database, [.. clock.Environment]);
        var publisher = service.Client("publisher");

        var reviewed = Posted.Body.Set("/disclosure", JsonNode.Parse("""{"attribute":"active","secrecyReview":{"reviewer":"李审查","reviewedAt":"2026-03-01T09:00:00+08:00","result":"passed"}}"""));
        foreach (var (path, body) in ((string, string)[])[("/v1/procedures", Posted.Body), ("/v1/procedures?dryRun=true", Posted.Body), ("/v1/procedures", reviewed), ("/v1/procedures?dryRun=true", reviewed)])
        {
            var answer = (await publisher.PostText(path, body)).Refused(HttpStatusCode.ServiceUnavailable, "unavailable");
            Assert.Equal("clocks-differ", (string?)answer.Json["facts"]!["database"]);
        }
    }

    public void Dispose() => directory.Delete(recursive: true);
}
