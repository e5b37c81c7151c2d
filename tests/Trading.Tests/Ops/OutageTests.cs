using System.Net;
using Trading.Tests.Harness;
using Trading.Tests.Http.Refusals;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Ops;

/// <summary>What goes wrong on our side: the database goes away and comes back, breaks, or is waited for while the service is told to end.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task without_its_database_the_service_says_so_and_recovers_with_it()
    {
        await using var database = await Database.Create("outage");
        await using var wire = new Wire(database.Application);
        await using var service = await Deployment.Start(database, ("ConnectionStrings__Trading", wire.Connection));
        var posted = await Posted.Register(service.Client("publisher"), database);
        await Eventually.Get(service.Client(), "/health/ready", answer => answer.Status is HttpStatusCode.OK);

        await Eventually.Get(service.Client(), "/v1/changes", page => page.Json["items"]!.AsArray().Count is 1);   // this node knows of it, and drops no answer on its account
        var published = await Eventually.Get(service.Client(), "/log/tile/0/000.p/1", answer => answer.Status is HttpStatusCode.OK);
        foreach (var path in (string[])[posted.Path, "/v1/codelists"]) (await service.Client().Get(path)).Expect(HttpStatusCode.OK);   // they are kept now
        var checkpoint = (await service.Client().Get("/log/checkpoint")).Expect(HttpStatusCode.OK);

        wire.Cut();
        await Eventually.Get(service.Client(), posted.Path, answer => answer.Headers.ContainsKey("Cache-Status"));
        (string, string) key = ("Idempotency-Key", "\"outage-1\"");
        foreach (var english in (bool[])[false, true])
        {
            (string, string) language = ("Accept-Language", english ? "en" : "zh-CN");
            foreach (var ask in (Func<Task<Answer>>[])
            [
                () => service.Client("publisher").PostText("/v1/procedures", Posted.Body, key, language),
                () => posted.Post("plan", Posted.Plan, key, language),
                () => service.Client("supervisor").Get(posted.Path, language),
                () => service.Client().Get("/v1/notices", language),
                () => service.Client().Get("/health/ready", language),
            ])
            {
                var answer = (await ask()).Refused(HttpStatusCode.ServiceUnavailable, "unavailable");
                ProblemForm.Assert(answer, english);
            }
        }

        var unread = await service.Client().Get("/v1/notices");
        Assert.Equal(("2", "unreachable"), (unread.Headers["Retry-After"], (string?)unread.Json["facts"]!["database"]));
        Assert.Equal("2", (await service.Client().Get("/health/ready")).Headers["Retry-After"]);
        foreach (var readable in (string[])[posted.Path, "/v1/codelists", "/v1/regions", "/v1/rules", "/docs/index.html", "/openapi/v1.json", "/log/keys", "/health/live"])
            (await service.Client().Get(readable)).Expect(HttpStatusCode.OK);
        Assert.Equal(checkpoint.Body, (await service.Client().Get("/log/checkpoint")).Expect(HttpStatusCode.OK).Body);
        Assert.Equal(published.Body, (await service.Client().Get("/log/tile/0/000.p/1")).Expect(HttpStatusCode.OK).Body);

        wire.Mend();
        await Eventually.Get(service.Client(), "/health/ready", answer => answer.Status is HttpStatusCode.OK);
        (await posted.Post("plan", Posted.Plan, key)).Expect(HttpStatusCode.Created);
        Assert.Equal(2, await posted.IsDense());

        // the lists follow again: the daemon has come back by itself
        await Eventually.Get(service.Client(), "/v1/notices", answer => answer.Json["items"]!.AsArray().Count is 2);
    }

    [Fact]
    public async Task what_nobody_foresaw_is_a_problem_too_and_tells_nothing_of_the_inside()
    {
        await using var database = await Database.Create("breakage");
        await using var service = await Deployment.Start(database);
        var posted = await Posted.Register(service.Client("publisher"), database);
        await using (var owner = database.OpenAsOwner())
        await using (var broken = owner.CreateCommand("alter table events.mt_streams rename to mt_streams_elsewhere"))
            await broken.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        foreach (var english in (bool[])[false, true])
        {
            var answer = (await posted.Post("plan", Posted.Plan, ("Accept-Language", english ? "en" : "zh-CN"))).Refused(HttpStatusCode.InternalServerError, "internal");
            ProblemForm.Assert(answer, english);
            Assert.DoesNotContain("mt_streams", answer.Body, StringComparison.Ordinal);
        }

        await service.Running.Until(
            log => log.Contains("POST /v1/procedures/{procedureId:guid}/plan failed", StringComparison.Ordinal) ? log : null, TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task told_to_end_it_finishes_what_it_has_begun()
    {
        await using var database = await Database.Create("ending");
        await using var service = await Deployment.Start(database);
        var posted = await Posted.Register(service.Client("publisher"), database);
        Task<Answer> begun;
        await using (var held = await posted.Hold())
        {
            begun = posted.Post("plan", Posted.Plan);
            await held.Awaited(postings: 1);
            await service.Running.Signal("TERM");
            await Eventually.True(() => Refuses(service.Address));
            Assert.False(begun.IsCompleted);
        }

        (await begun).Expect(HttpStatusCode.Created);
        Assert.Equal(0, await service.Running.End(TimeSpan.FromSeconds(30)));
        Assert.Equal(2, (await Posted.Rows<long>(database, "select count(*) from events.mt_events"))[0]);
    }

    /// <summary>A new connection finds nobody.</summary>
    private static async Task<bool> Refuses(Uri address)
    {
        using var connection = new System.Net.Sockets.TcpClient();
        try
        {
            await connection.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
            return false;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return true;
        }
    }
}
