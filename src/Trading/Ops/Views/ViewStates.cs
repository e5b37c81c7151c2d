using Npgsql;
using Trading.Projections;
using Trading.Store.Schema;

namespace Trading.Ops.Views;

/// <summary>How the views in the database fit this build, as of at most <see cref="Validity"/> ago; one look serves all who ask meanwhile.</summary>
/// <param name="clock">Of real time.</param>
public sealed class ViewStates(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>A migration waits longer than this between asking for another version and changing tables.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private Task<IReadOnlyDictionary<string, ViewState>>? looked;
    private long lookedAt;

    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public Task<IReadOnlyDictionary<string, ViewState>> Read(CancellationToken ct)
    {
        lock (gate)
        {
            if (looked is null or { IsFaulted: true } || clock.GetElapsedTime(lookedAt) >= Validity) (looked, lookedAt) = (Look(), clock.GetTimestamp());
            return looked.IsCompletedSuccessfully ? looked : looked.WaitAsync(ct);
        }
    }

    private async Task<IReadOnlyDictionary<string, ViewState>> Look()
    {
        var stored = await ViewVersions.Read(database, CancellationToken.None);
        return Register.Views.ToDictionary(view => view.Name, view => stored.GetValueOrDefault(view.Name) switch
        {
            { IsBuilt: true } same when same.Version == view.Version => ViewState.Current,
            { } same when same.Version == view.Version => ViewState.Rebuilding,
            _ => ViewState.OtherVersion,
        });
    }
}
