using Npgsql;
using Trading.Http;
using Trading.Log;
using Trading.Store;

namespace Trading.Delivery;

/// <summary>
/// Follows the feed and the lists. Before this node tells of a published event, its procedure has changed, so that whoever has the event
/// from the feed finds it on the page; when the lists move on, they have.
/// </summary>
public sealed class Eviction : BackgroundService
{
    private const int MostFollowed = 10_000;
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(50);
    private readonly NpgsqlDataSource database;
    private readonly PublishedHead head;
    private readonly Freshness freshness;
    private long boards = -1;

    public Eviction(NpgsqlDataSource database, PublishedHead head, Freshness freshness)
    {
        (this.database, this.head, this.freshness) = (database, head, freshness);
        head.BeforeTelling(Published);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(pause);
        try
        {
            do
            {
                try
                {
                    await FollowBoards(stoppingToken);
                }
                catch (NpgsqlException)
                {
                    // without the database nothing is recorded either; /health/ready tells of it
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // it ends
        }
    }

    private async Task Published(long from, long until, CancellationToken ct)
    {
        if (until - from > MostFollowed)
        {
            freshness.EverythingChanged();
            return;
        }

        await using var command = database.CreateCommand($"select distinct stream from {LogSchema.Name}.leaf where position >= $1 and position < $2");
        command.Parameters.Add(new NpgsqlParameter { Value = from });
        command.Parameters.Add(new NpgsqlParameter { Value = until });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) freshness.Changed(Dependence.Procedure(reader.GetGuid(0)));
    }

    /// <summary>The lists tell positions too, so they change with the head as with what they tell of.</summary>
    private async Task FollowBoards(CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select coalesce(sum(last_seq_id), 0)::bigint from {StoreSetup.EventSchema}.mt_event_progression");
        var reached = (long)(await command.ExecuteScalarAsync(ct))! + head.Size;
        if (reached != boards) freshness.Changed(Dependence.Boards);
        boards = reached;
        freshness.UpToDate();
    }
}
