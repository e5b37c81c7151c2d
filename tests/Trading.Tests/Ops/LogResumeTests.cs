using System.Net;
using Trading.Tests.Harness;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Ops;

/// <summary>How an operator lets a log go on that a node has stopped, or begins a new one.</summary>
public sealed class LogResumeTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("trading-resume-");

    [Fact]
    public async Task the_stop_holds_until_it_is_lifted_and_a_new_log_has_a_name_keys_and_a_fence_of_its_own()
    {
        await using var database = await Database.Create("resume");
        await using (var service = await Deployment.Start(database))
        {
            await Posted.Register(service.Client("publisher"), database);
            await Eventually.Get(service.Client(), "/log/checkpoint", answer => answer.Status is HttpStatusCode.OK && answer.Body.Split('\n')[1] is "1");

            await using (var owner = database.OpenAsOwner())
            await using (var mark = owner.CreateCommand("insert into log.stop (id, reason, node) values (1, 'another node has seen more', 'other')"))
                await mark.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await Eventually.Get(service.Client(), "/health/ready", answer => answer.Status is HttpStatusCode.ServiceUnavailable);
            (await service.Client("publisher").PostText("/v1/procedures", Posted.Body)).Refused(HttpStatusCode.ServiceUnavailable, "unavailable");

            Assert.Equal((0, true), await Resume(database, "another node has seen more", []));
            await Eventually.Get(service.Client(), "/health/ready", answer => answer.Status is HttpStatusCode.OK);
            await Posted.Register(service.Client("publisher"), database);
            Assert.Equal((1, true), await Resume(database, "No node has stopped the others.", []));
        }

        await using (var owner = database.OpenAsOwner())
        await using (var junk = owner.CreateCommand("insert into log.checkpoint (tree, size, note, number) select tree, 1000000000000, 'no note', number + 1 from log.checkpoint where tree = 'sha256' order by size desc limit 1"))
            await junk.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);   // it does not hide the old log
        (string, string?)[] anew = [("Log__Origin", "trading.local/log-2"), ("Log__Keys", In("keys")), ("Log__Directory", In("log")), ("Log__Fence", In("fence"))];
        Assert.Equal((2, true), await Resume(database, "Log:Origin is still trading.local/log", [], "--new-log"));
        Assert.Equal((2, true), await Resume(database, "Log:Keys still has a key of the old log", anew[..1], "--new-log"));
        Assert.Equal((2, true), await Resume(database, "Log:Fence still has the fence of the old log", anew[..2], "--new-log"));
        Assert.Equal((0, true), await Resume(database, "The log begins anew as trading.local/log-2", anew, "--new-log"));

        await using var next = await Deployment.Start(database, anew);
        await Posted.Register(next.Client("publisher"), database);
        var checkpoint = await Eventually.Get(next.Client(), "/log/checkpoint", answer => answer.Status is HttpStatusCode.OK && answer.Body.Split('\n')[1] is "3");
        Assert.StartsWith("trading.local/log-2\n", checkpoint.Body, StringComparison.Ordinal);
        Assert.StartsWith("3 entries", await GoTlog.Accepts("log", In("log/public"), (await next.Client().Get("/log/keys")).Body.Trim()), StringComparison.Ordinal);
    }

    /// <summary>The service's role may change the head of a tree. That stops the log; what the leaves say brings it back.</summary>
    [Fact]
    public async Task a_tree_that_was_changed_is_made_anew_from_its_leaves()
    {
        await using var database = await Database.Create("remake");
        (string, string?)[] places = [("Log__Keys", In("keys")), ("Log__Directory", In("log")), ("Log__Fence", In("fence"))];
        await using var service = await Deployment.Start(database, places);
        await Posted.Register(service.Client("publisher"), database);
        await Eventually.Get(service.Client(), "/log/checkpoint", answer => answer.Status is HttpStatusCode.OK && answer.Body.Split('\n')[1] is "1");

        await using (var role = Npgsql.NpgsqlDataSource.Create(database.Application))
        await using (var forge = role.CreateCommand("update log.head set frontier[1] = sha256('x') where tree = 'sha256'"))
            await forge.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await Posted.Register(service.Client("publisher"), database);
        await Eventually.Get(service.Client(), "/health/ready", answer => answer.Status is HttpStatusCode.ServiceUnavailable);

        Assert.Equal((0, true), await Resume(database, "The trees were made anew from the leaves.", places, "--remake-trees"));
        await Eventually.Get(service.Client(), "/health/ready", answer => answer.Status is HttpStatusCode.OK);
        await Eventually.Get(service.Client(), "/log/checkpoint", answer => answer.Body.Split('\n')[1] is "2");
        Assert.StartsWith("2 entries", await GoTlog.Accepts("log", In("log/public"), (await service.Client().Get("/log/keys")).Body.Trim()), StringComparison.Ordinal);
    }

    public void Dispose() => directory.Delete(recursive: true);

    private async Task<(int Code, bool Says)> Resume(Database database, string says, (string Name, string? Value)[] settings, params string[] options)
    {
        var environment = Service.Environment(database, directory.CreateSubdirectory("embedded").FullName);
        environment["ConnectionStrings__Migration"] = database.Owner;
        foreach (var (name, value) in settings) environment[name] = value;
        var (code, output) = await Running.Verb(["log-resume", .. options], environment);
        Assert.True(output.Contains(says, StringComparison.Ordinal), output);
        return (code, true);
    }

    private string In(string path) => Path.Combine(directory.FullName, path);
}
