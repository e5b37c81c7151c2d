using System.Net;
using Trading.Tests.Harness;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Delivery;

/// <summary>One node records, another is read: whoever has an event from its feed finds it on its pages.</summary>
public sealed class EvictionTests
{
    [Fact]
    public async Task what_the_feed_tells_the_pages_show()
    {
        await using var database = await Database.Create("eviction");
        await using var one = await Service.Start("eviction", database);
        await using var other = await Service.Start("eviction", database);
        var posted = await Posted.Register(one.Client("publisher"), database);
        var anyone = other.Client();

        for (var version = 2; version <= 12; version++)
        {
            var posting = posted.Post("plan", Posted.Plan);
            while (!posting.IsCompleted) (await anyone.Get(posted.Path)).Expect(HttpStatusCode.OK);
            (await posting).Expect(HttpStatusCode.Created);
            var told = await Eventually.Get(anyone, $"/v1/changes?after={version - 1}&wait=10", answer => answer.Json["items"]!.AsArray().Count > 0);

            Assert.Equal(version, (int?)told.Json["items"]![0]!["version"]);
            Assert.Equal(version, (await anyone.Get(posted.Path)).Version);
            Assert.Equal(version, (await anyone.Get(posted.Path + "/history")).Version);
        }
    }
}
