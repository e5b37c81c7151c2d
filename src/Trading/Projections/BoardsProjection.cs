using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using Trading.Events;
using Trading.Vault;

namespace Trading.Projections;

/// <summary>
/// 看板: makes anew what lists find and show of a procedure whenever it has new events, out of all of them: what is made live and what is
/// made again are one.
/// </summary>
/// <param name="vault">Where the original wordings lie.</param>
public sealed class BoardsProjection(Func<PersonalVault> vault) : IProjection
{
    public async Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        var news = events.Where(e => e.Data is INoticed).GroupBy(e => e.StreamId).ToDictionary(stream => stream.Key, stream => stream.Min(e => e.Version));
        if (news.Count is 0) return;
        var (procedures, last) = (news.Keys.ToArray(), events.Max(e => e.Sequence));
        var all = await operations.Events.QueryAllRawEvents().Where(e => procedures.Contains(e.StreamId) && e.Sequence <= last).ToListAsync(cancellation);
        List<Lifecycle> lives = [.. all.GroupBy(e => e.StreamId).Select(stream => new Lifecycle(stream.OrderBy(e => e.Version).ToList().Readable(), news[stream.Key]))];
        foreach (var view in Register.Views.Where(view => view.Progress is Register.BoardsProgress)) await view.Store(operations, lives, vault(), cancellation);
    }
}

/// <summary>全生命周期: what happened in one procedure.</summary>
/// <param name="Events">All of them, in order.</param>
/// <param name="NewFrom">The version from which on they are new to a view; what those before changed it has.</param>
public sealed record Lifecycle(IReadOnlyList<IEvent> Events, long NewFrom = 0);
