using Marten;
using Marten.Services;
using Trading.Events;
using Trading.Http;
using Trading.Kernel;
using Trading.Projections;

namespace Trading.Ops.Views;

/// <summary>
/// Lets a build write no view of another version. Events whose inline view is not current are refused: the projection continues the row that is
/// there, and there may be none or one of another shape. The daemon makes its rows from all events, so it stops only when the database asks for
/// another version than this build's; what it makes during a rebuild the rebuild passes over again.
/// </summary>
public sealed class ViewGuard(ViewStates views) : DocumentSessionListenerBase, IChangeListener
{
    private static readonly TimeSpan retryAfter = TimeSpan.FromSeconds(5);
    private static readonly Wording upgrading = new("系统正在升级，请稍后再试。", "The service is being upgraded. Try again later.");

    public override async Task BeforeSaveChangesAsync(IDocumentSession session, CancellationToken token)
    {
        var kinds = session.PendingChanges.Streams().SelectMany(stream => stream.Events).Select(e => e.Data is INoticed ? Register.ProcedurePages : Register.AlertBoard).Distinct().ToList();
        if (kinds.Count is 0) return;
        var states = await views.Read(token);
        if (kinds.Exists(view => states[view] is not ViewState.Current)) throw new UnavailableException(upgrading, retryAfter);
    }

    async Task IChangeListener.BeforeCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
    {
        var states = await views.Read(token);
        if (Register.Views.Any(view => view.Progress is not null && states[view.Name] is ViewState.OtherVersion)) throw new UnavailableException(upgrading, retryAfter);
    }

    Task IChangeListener.AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token) => Task.CompletedTask;
}
