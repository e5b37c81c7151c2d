using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Watch;

/// <summary>Whatever becomes of those who watch, each alert is raised once.</summary>
public sealed class WatchServiceTests
{
    private static readonly (string, string?)[] sandbox = [("Sandbox__Enabled", "true")];

    [Fact]
    public async Task a_tender_in_which_every_time_passes_raises_these_alerts_and_no_others()
    {
        await using var service = await Service.Start("watch", watches: true);
        var tender = new LateTender(service.Client);

        await tender.Run();

        await tender.RaisedExactlyOnce(service.Database);
    }

    [Fact]
    public async Task also_when_the_service_is_killed_between_any_two_steps()
    {
        await using var database = await Database.Create("watch_killed");
        var directory = Directory.CreateTempSubdirectory("trading-watch-");
        var service = await Deployment.Start(database, directory, sandbox);
        try
        {
            var tender = new LateTender(role => service.Client(role));

            await tender.Run(async () =>
            {
                await service.Running.Signal("KILL");
                await service.DisposeAsync();
                service = await Deployment.Start(database, directory, sandbox);
            });

            await tender.RaisedExactlyOnce(database);
        }
        finally
        {
            await service.DisposeAsync();
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task also_when_two_nodes_watch_and_one_of_them_is_killed()
    {
        await using var database = await Database.Create("watch_nodes");
        await using var one = await Deployment.Start(database, sandbox);
        var other = await Deployment.Start(database, sandbox);
        var tender = new LateTender(one.Client);
        var steps = 0;

        await tender.Run(async () =>
        {
            if (++steps is 6) await other.Running.Signal("KILL");
        });

        await tender.RaisedExactlyOnce(database);
        await other.DisposeAsync();
    }

    [Fact]
    public async Task a_watch_that_begins_late_or_anew_raises_what_was_earned_before()
    {
        await using var database = await Database.Create("watch_late");
        await using (var blind = await Service.Start("watch_late", database))
            await new LateTender(blind.Client).Run();
        await using var service = await Service.Start("watch_late", database, watches: true);
        var tender = new LateTender(service.Client);
        await tender.RaisedExactlyOnce(database);
        await using var owner = database.OpenAsOwner();
        await using var forget = owner.CreateCommand("delete from watch.look; update watch.progress set position = 0");
        await forget.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await tender.RaisedExactlyOnce(database);
    }
}
