using Marten;
using Trading.Projections;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Projections;

/// <summary>A rebuild beside writers, readers and the daemon: nobody fails, nobody finds a view empty, nothing is counted twice.</summary>
public sealed class RebuildWhileServingTests
{
    private const int Before = 110;   // more than are made anew at once
    private const int Rebuilds = 2;

    private int rebuilds;

    [Fact]
    public async Task nobody_notices()
    {
        await using var lives = await RecordedLives.Open("serving");
        foreach (var i in Enumerable.Range(0, Before)) await lives.Record(Lives.Procedure(i), Lives.All[0].Facts.Take(1).Numbered(i).Worded());
        await lives.CatchUp();

        using var done = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var fewest = Watch(lives.Store, done.Token);
        var rebuilt = Rebuild(lives, done.Token);
        for (var i = 0; i < Before && Volatile.Read(ref rebuilds) < Rebuilds; i++) await lives.Record(Lives.Procedure(i), Lives.All[0].Facts.Skip(1).Numbered(i).Worded());
        await done.CancelAsync();

        await rebuilt;
        Assert.True(rebuilds >= Rebuilds, "no rebuild ended while there were writers");
        Assert.Equal((Before, Before, Before), await fewest);

        await lives.CatchUp();
        await lives.StopDaemon();
        var made = await Snapshot(lives.Store);
        foreach (var view in Register.Views) await lives.Rebuilder.Make(view, (_, _) => { }, TestContext.Current.CancellationToken);
        Assert.Equal(await Snapshot(lives.Store), made);
    }

    private async Task Rebuild(RecordedLives lives, CancellationToken done)
    {
        var rebuild = lives.Rebuilder;
        for (; ; Interlocked.Increment(ref rebuilds))
        {
            foreach (var view in Register.Views)
            {
                if (done.IsCancellationRequested) return;
                await rebuild.Make(view, (_, _) => { }, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <returns>The fewest pages, procedures and notices that were ever to be seen.</returns>
    private static async Task<(int, int, int)> Watch(IDocumentStore store, CancellationToken done)
    {
        var (pages, procedures, notices) = (int.MaxValue, int.MaxValue, int.MaxValue);
        while (!done.IsCancellationRequested)
        {
            await using var session = store.QuerySession();
            pages = Math.Min(pages, await session.Query<ProcedurePage>().CountAsync(TestContext.Current.CancellationToken));
            procedures = Math.Min(procedures, await session.Query<ProcedureRow>().CountAsync(TestContext.Current.CancellationToken));
            notices = Math.Min(notices, await session.Query<NoticeRow>().CountAsync(TestContext.Current.CancellationToken));
        }

        return (pages, procedures, notices);
    }

    private static async Task<IReadOnlyList<string>> Snapshot(IDocumentStore store)
    {
        await using var session = store.QuerySession();
        return
        [
            .. (await session.Query<ProcedurePage>().OrderBy(page => page.Id).ToListAsync(TestContext.Current.CancellationToken)).Select(Stored.Json),
            .. (await session.Query<ProcedureRow>().OrderBy(row => row.Id).ToListAsync(TestContext.Current.CancellationToken)).Select(Stored.Json),
            .. (await session.Query<ProcedureVersion>().OrderBy(row => row.Id).ToListAsync(TestContext.Current.CancellationToken)).Select(Stored.Json),
            .. (await session.Query<NoticeRow>().OrderBy(row => row.Id).ToListAsync(TestContext.Current.CancellationToken)).Select(Stored.Json),
        ];
    }
}
