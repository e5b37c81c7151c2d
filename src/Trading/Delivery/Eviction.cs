using Npgsql;
using Trading.Http;
using Trading.Log;
using Trading.Store;

namespace Trading.Delivery;

/// <summary>
/// Follows the feed. Before this node tells of a published event, its procedure has changed, so that whoever has the event from the feed
/// finds it on the page. A node that does not reach the database cannot hear of events, and says so by its silence.
/// </summary>
public sealed class Eviction : BackgroundService
{
    private const int MostFollowed = 10_000;
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(250);
    private readonly NpgsqlDataSource database;
    private readonly Freshness freshness;

    public Eviction([FromKeyedServices(Pool.Upkeep)] NpgsqlDataSource database, PublishedHead head, Freshness freshness)
    {
        (this.database, this.freshness) = (database, freshness);
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
                    await using var command = database.CreateCommand("select 1");
                    await command.ExecuteScalarAsync(stoppingToken);
                    freshness.UpToDate();
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
}
